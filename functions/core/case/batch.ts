import type { CaseEvent, ExecuteCommand } from '../policy/command.ts'
import { parseValue } from '../policy/document/literal.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { applicability } from '../policy/engine/gate.ts'
import { finding, spoken } from '../policy/engine/say.ts'
import { isOpenNow } from '../policy/engine/survey.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { RecordRule } from '../policy/model-step.ts'
import type { BatchItem, CaseState, Values } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { decide } from './decide.ts'

/** A project that a batch may touch, with the policy version that judges it. */
export interface BatchProject {
  id: string
  state: CaseState
  policy: Policy
  outside: Outside
  /** What its counts over other cases come to once these, by id, have moved on. */
  recount?: (moved: ReadonlyMap<string, CaseState>) => Outside['counts']
}

export interface BatchDecision {
  ok: boolean
  findings: Finding[]
  /** Findings by project; on a refusal only those that refuse. */
  byProject: Record<string, Finding[]>
  batch?: { events: CaseEvent[]; state: CaseState }
  projects: { id: string; events: CaseEvent[]; state: CaseState }[]
  awaiting?: string[]
}

/** Opens a batch case: the plan of a year, a bundle, a collective round. */
export function openBatch(
  policy: Policy,
  input: { id: string; procedure: string; year?: number },
  outside: Outside,
  day: Day,
): { event: CaseEvent; state: CaseState } {
  const facts: Values = input.year === undefined ? {} : { planYear: input.year }
  const event: CaseEvent = {
    type: 'opened',
    on: day,
    id: input.id,
    facts,
    unit: {},
    kind: 'batch',
    procedure: input.procedure,
    ...(input.year === undefined ? {} : { year: input.year }),
  }
  return { event, state: applyEvent(policy, undefined, event, outside) }
}

/**
 * Executes a step of a batch (§10). Where its outcome carries, each item's step is executed in its project, judged as
 * if executed that day, and the rest where it is pending and open: all or nothing.
 */
export function decideBatch(
  policy: Policy,
  batch: CaseState,
  command: ExecuteCommand & {
    items?: { project: string; step?: string; outcome?: string; records?: Record<string, unknown> }[]
  },
  projects: BatchProject[],
  outside: Outside,
  day: Day,
  eventId: string,
): BatchDecision {
  const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
  const refused = (findings: Finding[], byProject: Record<string, Finding[]> = {}): BatchDecision => ({
    ok: false,
    findings,
    byProject,
    projects: [],
  })
  if (!step || step.procedure !== batch.procedure)
    return refused(spoken(policy, [finding('unknown', command.step, [], { name: command.step })]))
  let state = batch
  const events: CaseEvent[] = []
  const composes = composedSteps(policy, batch.procedure!)
  if (command.items) {
    const items = command.items.map((item) => ({
      project: item.project,
      step: item.step ?? composes[0] ?? '',
      ...(item.outcome ? { outcome: item.outcome } : {}),
      records: typedRecords(policy, item.step ?? composes[0] ?? '', item.records ?? {}),
    }))
    const wrong = items.find(
      (item) => !composes.includes(item.step) || !projects.some((one) => one.id === item.project),
    )
    if (wrong)
      return refused(spoken(policy, [finding('unknown', step.id, step.article, { name: wrong.project })]))
    const composed: CaseEvent = { type: 'composed', on: day, by: command.by, items }
    if (items.some((item) => !isKept(state, item))) {
      state = applyEvent(policy, state, composed, outside)
      events.push(composed)
    }
  }
  const { items: _, ...plain } = command
  const decision = decide(policy, state, plain, outside, day)
  if (!decision.ok) return refused(decision.findings)
  events.push(...decision.events)
  const outcome =
    step.outcomes.find((one) => one.id === command.outcome) ??
    (step.outcomes.length === 1 ? step.outcomes[0] : undefined)
  const carries = decision.awaiting ? undefined : outcome?.effects.carries
  const carried: BatchDecision['projects'] = []
  const byProject: Record<string, Finding[]> = {}
  const items = decision.state.items ?? []
  if (carries) {
    for (const item of items) carry(step.id, item, item.outcome ?? carries.items)
    if (carries.rest) {
      const listed = new Set(items.map((item) => item.project))
      for (const project of projects)
        if (!listed.has(project.id) && isRest(project, composes[0]!, batch.year, day))
          carry(step.id, { project: project.id, step: composes[0]!, records: {} }, carries.rest)
    }
    if (Object.keys(byProject).length > 0) return refused(Object.values(byProject).flat(), byProject)
  }
  const early = step.composes.length > 0 && !carries ? foreseen() : []
  return {
    ok: true,
    findings: [...decision.findings, ...early],
    byProject,
    batch: { events, state: decision.state },
    projects: carried,
    awaiting: decision.awaiting,
  }

  /** What would refuse the items if they were carried today, as notes. */
  function foreseen(): Finding[] {
    const carrier = carrierOf(policy, batch.procedure!)
    if (!carrier) return []
    for (const item of items) carry(carrier.step, item, item.outcome ?? carrier.items)
    carried.length = 0
    return Object.entries(byProject).flatMap(([project, findings]) =>
      findings.map((one) => ({ ...one, level: 'note' as const, facts: { ...one.facts, project } })),
    )
  }

  function carry(by: string, { project: id, step: stepId, records }: BatchItem, outcomeId: string): void {
    const refuse = (findings: Finding[]): void => {
      byProject[id] = [...(byProject[id] ?? []), ...findings]
    }
    const project = projects.find((one) => one.id === id)
    if (!project) return refuse(spoken(policy, [finding('unknown', by, [], { name: id })]))
    const known = carried.find((one) => one.id === id)
    const wrongYear = yearFinding(project, stepId, batch.year)
    if (wrongYear) refuse(spoken(project.policy, [wrongYear]))
    const inner = project.policy.steps[project.policy.stepIndex.get(stepId) ?? -1]
    const chosen =
      inner?.outcomes.find((one) => one.id === outcomeId) ?? inner?.outcomes.find((one) => one.settles)
    const moved = new Map(carried.map((one) => [one.id, one.state]))
    const around = project.recount ? { ...project.outside, counts: project.recount(moved) } : project.outside
    const result = decide(
      project.policy,
      known?.state ?? project.state,
      {
        type: 'execute',
        step: stepId,
        by: command.by,
        outcome: chosen?.id ?? outcomeId,
        records: rawRecords(project.policy, stepId, records),
        through: eventId,
      },
      around,
      day,
      { carriedBy: by },
    )
    if (!result.ok) return refuse(result.findings.filter((one) => one.level === 'block'))
    if (known) {
      known.events.push(...result.events)
      known.state = result.state
    } else carried.push({ id, events: result.events, state: result.state })
  }
}

/** Whether the batch holds this very item already; naming it again changes nothing. */
export function isKept(batch: CaseState, item: BatchItem): boolean {
  const same = (batch.items ?? []).find((one) => one.project === item.project && one.step === item.step)
  return JSON.stringify(same) === JSON.stringify(item)
}

/** The batch step whose outcome carries the items, and the outcome that they get. */
function carrierOf(policy: Policy, procedure: string): { step: string; items: string } | undefined {
  for (const index of policy.procedures.get(procedure)?.steps ?? []) {
    const step = policy.steps[index]!
    for (const outcome of step.outcomes)
      if (outcome.effects.carries) return { step: step.id, items: outcome.effects.carries.items }
  }
  return undefined
}

/** A first listing that the project owes belongs to the plan of its own year (§10). */
function yearFinding(project: BatchProject, stepId: string, year: number | undefined): Finding | undefined {
  const step = project.policy.steps[project.policy.stepIndex.get(stepId) ?? -1]
  const { planYear } = project.state.facts
  if (!step || year === undefined || typeof planYear !== 'number' || planYear === year) return undefined
  const env = lookAt(project.policy, project.state, project.outside, project.state.openedOn)
  if (project.state.steps[stepId]?.done || step.owed.get(env) === 'never') return undefined
  const title = `该项目的计划年度为 ${planYear}, 不能列入 ${year} 年度计划`
  return finding('requires', stepId, step.article, { title, planYear, year })
}

/** Records of an item by their types; one that cannot be read stays as written and is refused when it is carried. */
export function typedRecords(policy: Policy, stepId: string, raw: Record<string, unknown>): Values {
  const rules = recordRules(policy, stepId)
  const typed: Values = {}
  for (const [name, value] of Object.entries(raw)) {
    const rule = rules.find((one) => one.id === name)
    const parsed =
      rule && parseValue({ type: rule.type, options: rule.text.options, columns: rule.text.columns }, value)
    typed[name] = parsed?.ok ? parsed.value : String(value)
  }
  return typed
}

function rawRecords(policy: Policy, stepId: string, typed: Values): Record<string, unknown> {
  const rules = recordRules(policy, stepId)
  const isMoney = (name: string) => rules.find((one) => one.id === name)?.type === 'money'
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      isMoney(name) && typeof value === 'number' ? { fen: value } : value,
    ]),
  )
}

/** What a step and its outcomes record. */
export function recordRules(policy: Policy, stepId: string): RecordRule[] {
  const step = policy.steps[policy.stepIndex.get(stepId) ?? -1]
  return step ? [...step.records, ...step.outcomes.flatMap((outcome) => outcome.records)] : []
}

/** The steps that a batch composes, in the order of its file. */
export function composedSteps(policy: Policy, procedure: string): string[] {
  return (policy.procedures.get(procedure)?.steps ?? []).flatMap((index) => policy.steps[index]!.composes)
}

/** Projects of the same year in which the composed step is pending and open, but which are no item. */
export function isRest(project: BatchProject, stepId: string, year: number | undefined, day: Day): boolean {
  const step = project.policy.steps[project.policy.stepIndex.get(stepId) ?? -1]
  if (!step || project.state.ended || (year !== undefined && project.state.facts.planYear !== year))
    return false
  const env = lookAt(project.policy, project.state, project.outside, day)
  if (applicability(env, step) !== undefined || step.owed.get(env) === 'never') return false
  return isOpenNow(env, step) && !project.state.steps[stepId]?.done
}
