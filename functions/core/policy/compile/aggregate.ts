import type { FactText } from '../document/document-facts.ts'
import type { Env } from '../model.ts'
import { latestRun, type ProcedureState, standingRuns, type Value } from '../state.ts'
import type { Compiler } from './compiler.ts'
import type { Name } from './names.ts'

/** What a computed fact is computed from, and how (§3). */

/** All values that a name stands for: over runs of a step, instances of a procedure, items of a batch. */
export function collect(
  compiler: Compiler,
  raw: string,
  found: Name | undefined,
  text: FactText,
  env: Env,
): (Value | undefined)[] {
  const dot = raw.indexOf('.')
  const head = dot < 0 ? raw : raw.slice(0, dot)
  const tail = dot < 0 ? '' : raw.slice(dot + 1)
  if (head === 'item') return (env.state.items ?? []).map((item) => item.records[tail])
  const procedure = compiler.document.procedures?.[head]
  const index = compiler.stepIndex.get(head)
  if (procedure?.facts?.[tail] !== undefined)
    return instances(compiler, head, text, env).map((one) =>
      compiler.facts.get(raw)?.read({ ...env, instance: one }),
    )
  if (index === undefined) return [found?.read(env)]
  const step = compiler.steps[index]!
  if (step.procedure && step.procedure !== env.state.procedure)
    return instances(compiler, step.procedure, text, env)
      .map((one) => latestRun(one.steps[step.id]))
      .filter((run) => run !== undefined)
      .map((run) => (tail ? run.records[tail] : 1))
  const runs = step.each
    ? (env.state.parts[step.each] ?? []).flatMap((part) =>
        standingRuns(env.state.steps[`${step.id}#${part.id}`]),
      )
    : standingRuns(env.state.steps[step.id])
  return runs.map((run) => (tail ? run.records[tail] : 1))
}

function instances(compiler: Compiler, procedure: string, text: FactText, env: Env): ProcedureState[] {
  const effective = new Set(compiler.document.procedures?.[procedure]?.effective ?? DEFAULT_EFFECTIVE)
  const since = text.since === undefined ? 0 : (latestRun(env.state.steps[text.since])?.seq ?? 0)
  return env.state.procedures.filter((one) => {
    if (one.procedure !== procedure || one.seq < since) return false
    if (env.instance?.id === one.id) return true
    return text.over === 'effective'
      ? one.result !== undefined && effective.has(one.result) && !awaitsRedo(env, one)
      : true
  })
}

/** A run whose effects reopened steps is in force only when these are done again (§14). */
function awaitsRedo(env: Env, one: ProcedureState): boolean {
  return Object.keys(one.undo ?? {}).some((id) => env.state.steps[id]?.reopened?.by === one.id)
}

export const DEFAULT_EFFECTIVE = ['approved', 'effective', 'filed']

export function aggregate(
  kind: 'sum' | 'latest' | 'earliest' | 'max' | 'count',
  values: (Value | undefined)[],
): Value | undefined {
  if (kind === 'count') return values.length
  if (kind === 'sum') {
    let sum = 0
    for (const value of values) {
      if (typeof value !== 'number') return undefined
      sum += value
    }
    return sum
  }
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined
  const known = values as (string | number)[]
  const sorted = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return kind === 'earliest' ? sorted[0] : sorted[sorted.length - 1]
}
