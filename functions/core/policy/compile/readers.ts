import type { Guard } from '../model.ts'
import type { Step } from '../model-step.ts'
import { type Compiler, listOf } from './compiler.ts'

/** Which steps a name bears on, looked through tables and computed facts; a decision is fixed once one of them is past (§13). */
export function readersOfName(compiler: Compiler, name: string): number[] {
  const bearing = namesReading(compiler, name)
  const readers = new Set<number>()
  for (const step of compiler.steps)
    if (readsOf(step).some((read) => bearing.has(read))) readers.add(step.index)
  for (const [id, merge] of Object.entries(compiler.document.merges ?? {}))
    if (compiler.mergeReads.get(id)?.some((read) => bearing.has(read)))
      for (const step of merge.steps) readers.add(compiler.stepIndex.get(step) ?? -1)
  readers.delete(-1)
  return [...readers]
}

/** The name itself, and the tables and computed facts that read it. */
function namesReading(compiler: Compiler, name: string): Set<string> {
  const names = new Set([name])
  for (let grown = true; grown; ) {
    grown = false
    const add = (id: string, reads: string[]): void => {
      if (names.has(id) || !reads.some((read) => names.has(read))) return
      names.add(id)
      grown = true
    }
    for (const [id, table] of compiler.tables)
      add(
        id,
        table.rows.flatMap((row) => row.when?.reads ?? []),
      )
    for (const [id, text] of Object.entries(compiler.document.facts)) {
      const sources = [
        text.sum,
        text.latest,
        text.earliest,
        text.max,
        text.count,
        text.copy,
        text.difference,
        text.ratio,
      ]
      add(
        id,
        sources.flatMap((source) => listOf<string>(source)),
      )
    }
  }
  return names
}

/** The steps that a count or a table bears on; what the track hangs on bears on all. */
export function readersOf(compiler: Compiler, id: string): Set<number> {
  const reads = namesReading(compiler, id)
  return compiler.trackGuards.some((guard) => guard.reads.some((name) => reads.has(name)))
    ? new Set(compiler.stepIndex.values())
    : new Set(readersOfName(compiler, id))
}

/** Every name that a step's rules read. */
export function readsOf(step: Step): string[] {
  const guards: (Guard | undefined)[] = [step.when, step.stageWhen, step.window?.when, step.experts?.when]
  const rules = [...step.requires, ...step.outcomes.flatMap((outcome) => outcome.requires)]
  guards.push(...rules.flatMap((rule) => [rule.that, rule.when]))
  guards.push(...step.allEdges.map((edge) => edge.when), ...step.through.map((way) => way.when))
  guards.push(...step.records.map((rule) => rule.when), ...step.materials.map((rule) => rule.when))
  guards.push(...step.opinions.map((rule) => rule.when), ...step.checks.map((check) => check.when))
  guards.push(...step.dues.map((rule) => rule.when), ...step.unless.map((rule) => rule.when))
  guards.push(...[...step.vetoes, ...step.sanctions].flatMap((bar) => [bar.when, bar.guard]))
  for (const outcome of step.outcomes)
    guards.push(
      outcome.when,
      ...outcome.records.map((rule) => rule.when),
      ...outcome.materials.map((rule) => rule.when),
      ...outcome.registers.map((rule) => rule.when),
    )
  const choices: ({ reads: string[]; table?: string } | undefined)[] = [
    step.by,
    step.owed,
    step.force,
    step.to,
  ]
  choices.push(step.experts?.count, step.experts?.share)
  choices.push(...step.allEdges.map((edge) => edge.delay), ...step.dues.map((rule) => rule.within))
  choices.push(...step.opinions.flatMap((rule) => [rule.from, rule.within]))
  return [
    ...guards.flatMap((guard) => guard?.reads ?? []),
    ...choices.flatMap((choice) => choice?.reads ?? []),
    ...choices.flatMap((choice) => choice?.table ?? []),
  ]
}
