import { formatValue } from '../policy/document/literal.ts'
import type { Policy } from '../policy/model.ts'
import type { MaterialRule, RecordRule, Step } from '../policy/model-step.ts'
import type { CaseState, Row, Run, StepState, Value } from '../policy/state.ts'
import { type Comparison, comparisons } from './comparisons.ts'
import type { DossierRecord, DossierRun } from './dossier-view.ts'
import { type MoneyLine, moneyLines } from './money-lines.ts'

/** Everything that was filled in and handed in over the life of a case, and its money by basis. */
export interface Dossier {
  /** Oldest first, by the order of the log. */
  runs: DossierRun[]
  money: MoneyLine[]
  comparisons: Comparison[]
}

/** The dossier of a case; what the policy of today no longer names keeps its id as its title. */
export function dossierOf(policy: Policy, state: CaseState): Dossier {
  const runs: { seq: number; run: DossierRun }[] = []
  const collect = (steps: Record<string, StepState>, procedure?: string): void => {
    for (const [key, own] of Object.entries(steps)) {
      const [id = '', part] = key.split('#')
      const step = policy.steps[policy.stepIndex.get(id) ?? -1]
      for (const run of own.runs)
        runs.push({ seq: run.seq, run: dossierRun(id, step, run, { part, procedure }) })
    }
  }
  collect(state.steps)
  for (const one of state.procedures) collect(one.steps, one.id)
  return {
    runs: runs.sort((a, b) => a.seq - b.seq).map(({ run }) => run),
    money: moneyLines(policy, state),
    comparisons: comparisons(policy, state),
  }
}

function dossierRun(
  id: string,
  step: Step | undefined,
  run: Run,
  at: { part?: string; procedure?: string },
): DossierRun {
  const outcome = step?.outcomes.find((one) => one.id === run.outcome)
  const records = [...(step?.records ?? []), ...(outcome?.records ?? [])]
  const materials = [...(step?.materials ?? []), ...(outcome?.materials ?? [])]
  return {
    step: id,
    title: step?.title ?? id,
    stage: step?.stage ?? '',
    ...(at.procedure ? { procedure: at.procedure } : {}),
    ...(at.part ? { part: at.part } : {}),
    ...(run.period ? { period: run.period } : {}),
    n: run.n,
    on: run.on,
    by: run.by,
    outcome: run.outcome,
    outcomeTitle: outcome?.title ?? run.outcome,
    settles: run.settles,
    ...(run.undone ? { undone: true } : {}),
    ...(run.through ? { through: run.through } : {}),
    ...(run.remark ? { remark: run.remark } : {}),
    records: Object.entries(run.records).map(([name, value]) => recordShown(name, value, records)),
    materials: run.materials.map(({ id: material, file, reason, contents }) => {
      const rule: MaterialRule | undefined = materials.find((one) => one.id === material)
      return {
        id: material,
        title: rule?.title ?? material,
        ...(file ? { file } : {}),
        ...(reason ? { reason } : {}),
        ...(contents ? { contents } : {}),
        article: rule?.article ?? [],
      }
    }),
    article: step?.article ?? [],
  }
}

function recordShown(id: string, value: Value, rules: readonly RecordRule[]): DossierRecord {
  const rule = rules.find((one) => one.id === id)
  const type = rule?.type ?? 'text'
  const rows = type === 'list' && Array.isArray(value) ? value : undefined
  return {
    id,
    title: rule?.title ?? id,
    type,
    value: rows ? rows.length : formatValue(type, value, rule?.text.options),
    ...(type === 'money' && typeof value === 'number' ? { amountFen: value } : {}),
    ...(rows
      ? {
          rows: rows.map((row) => (typeof row === 'string' ? { name: row } : (row as Row))),
          columns: Object.fromEntries(
            Object.entries(rule?.text.columns ?? {}).map(([column, one]) => [column, one.title ?? column]),
          ),
        }
      : {}),
    article: rule?.article ?? [],
  }
}
