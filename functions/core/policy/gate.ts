import {
  applies,
  edgeGaps,
  edgeHolds,
  missingOfApplies,
  scopeRow,
  stands,
  trackOf,
  within,
} from './applies.ts'
import { formatValue } from './literal.ts'
import type {
  Bar,
  Env,
  Finding,
  Guard,
  OutcomeRule,
  Policy,
  ProcedureRule,
  Requirement,
  Step,
} from './model.ts'
import { nearest } from './nearest.ts'
import { stepState } from './read-state.ts'
import { finding, partyNames } from './say.ts'
import type { SanctionInForce } from './state.ts'
import { lookWindow } from './window.ts'

/** What stands between a step and being executed, before anyone acts: the findings that make it blocked (§1 open). */

export function unknownFacts(
  guard: { missing: (env: Env, into: Set<string>) => void },
  env: Env,
): Record<string, null> {
  const missing = new Set<string>()
  guard.missing(env, missing)
  return nulls(missing)
}

function nulls(names: Iterable<string>): Record<string, null> {
  const facts: Record<string, null> = {}
  for (const name of names) facts[name] = null
  return facts
}

/** Values of the facts that a guard read, for a finding. */
export function valuesOf(env: Env, reads: string[]): Finding['facts'] {
  const facts: Finding['facts'] = {}
  for (const name of reads) facts[name] = shownValue(env, name)
  return facts
}

function shownValue(env: Env, name: string): string | number | boolean | null {
  if (name === 'track') return env.policy.document.tracks[trackOf(env) ?? '']?.title ?? null
  const fact =
    env.policy.facts.get(name) ?? (env.instance && env.policy.facts.get(`${env.instance.procedure}.${name}`))
  if (fact) {
    const value = fact.read(env)
    return value === undefined ? null : formatValue(fact.type, value, fact.options)
  }
  const table = env.policy.tables.get(name)
  if (table) return (table.look(env).value as string | undefined) ?? null
  const decision = env.policy.decisions.get(name)
  if (decision) return env.state.decisions[name]?.value ?? decision.default ?? null
  const dot = name.indexOf('.')
  const step = env.policy.stepIndex.get(dot < 0 ? '' : name.slice(0, dot))
  if (step !== undefined) return recordValue(env, env.policy.steps[step]!, name.slice(dot + 1))
  const own = env.overlay && env.policy.steps[env.overlay.step]
  return own ? recordValue(env, own, name) : null
}

function recordValue(env: Env, step: Step, id: string): string | number | boolean | null {
  const overlay = env.overlay?.step === step.index ? env.overlay.records[id] : undefined
  const state = stepState(env, step)
  const value = overlay ?? state?.runs[state.runs.length - 1]?.records[id]
  if (value === undefined) {
    if (id === 'done') return state?.done ?? false
    if (id === 'overdue') return state?.stamp !== undefined && !state.done && state.stamp.dueOn < env.day
    return id === 'outcome' ? (state?.runs[state.runs.length - 1]?.outcome ?? null) : null
  }
  const rule = [...step.records, ...step.outcomes.flatMap((outcome) => outcome.records)].find(
    (record) => record.id === id,
  )
  return rule ? formatValue(rule.type, value, rule.text.options) : String(value)
}

/** Why a step does not apply, or undefined when it does. */
export function applicability(env: Env, step: Step): Finding | undefined {
  const value = applies(env, step)
  if (value === 1) return undefined
  if (value === 2) {
    const missing = new Set<string>()
    missingOfApplies(env, step, missing)
    return finding('undetermined', step.id, step.article, nulls(missing))
  }
  const owed = step.owed.fixed ?? step.owed.get(env)
  if (owed === 'on-demand') return finding('not-demanded', step.id, step.article)
  const guards = [step.stageWhen, step.when].filter((guard): guard is Guard => guard?.test(env) === 0)
  const outOfTrack = env.policy.restricted && env.policy.only.get(trackOf(env) ?? '')?.has(step.id) === false
  if (outOfTrack) {
    const row = scopeRow(env)
    return finding(
      'excluded',
      step.id,
      row?.article ?? step.article,
      valuesOf(env, ['track', ...(row?.when?.reads ?? [])]),
    )
  }
  if (guards.length === 0) {
    const merge = env.policy.merges.find((one) => one.drops.has(step.index) && one.when.test(env) === 1)
    if (merge) return finding('excluded', step.id, merge.article, { because: merge.title })
    return finding('passed', step.id, step.article)
  }
  const reads = guards.flatMap((guard) => guard.reads)
  return finding('excluded', step.id, excludingArticles(env, step, reads), valuesOf(env, reads))
}

/** The step's articles and those of the decision tables that excluded it. */
function excludingArticles(env: Env, step: Step, reads: string[]): string[] {
  const cited = reads.flatMap((name) => {
    const table = env.policy.tables.get(name)
    if (table) return table.rows[table.look(env).row]?.article ?? []
    return env.policy.decisions.get(name)?.article ?? []
  })
  return cited.length > 0 ? [...new Set([...step.article, ...cited])] : step.article
}

/** Everything that blocks the step itself, whoever acts and whatever the outcome. */
export function blockers(env: Env, step: Step, judged: boolean): Finding[] {
  const findings: Finding[] = []
  for (const edge of step.edges) edgeFindings(env, step, edge, findings)
  unlessFindings(env, step.unless, step.id, findings)
  for (const index of step.until) {
    const closer = env.policy.steps[index]!
    if (stepState(env, closer)?.done)
      findings.push(finding('too-late', step.id, step.article, { closedBy: closer.title }))
  }
  for (const rule of step.requires)
    if (judged || !rule.readsOwn) requirementFinding(env, step.id, rule, findings)
  windowFinding(env, step, findings)
  return findings
}

export function edgeFindings(
  env: Env,
  step: { id: string; article: string[] },
  edge: Step['edges'][number],
  into: Finding[],
): void {
  if (edgeHolds(env, edge) === 1) return
  for (const gap of edgeGaps(env, edge, step.article))
    into.push(
      gap.code === 'undetermined'
        ? finding('undetermined', step.id, gap.article, nulls(gap.missing ?? []))
        : finding(gap.code, step.id, cited(edge, step, gap), {
            waitsFor: gap.step.title,
            waitsForStep: gap.step.id,
            ...(gap.from ? { from: gap.from } : {}),
          }),
    )
}

/** Articles of what has to come before: those of the relation, else of both steps. */
function cited(
  edge: Step['edges'][number],
  step: { article: string[] },
  gap: { step: Step; article: string[] },
): string[] {
  return edge.article.length > 0 ? edge.article : [...new Set([...step.article, ...gap.step.article])]
}

export function unlessFindings(env: Env, rules: Step['unless'], id: string, into: Finding[]): void {
  for (const rule of rules) {
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 0) continue
    if (when === 2) {
      into.push(finding('undetermined', id, rule.article, unknownFacts(rule.when!, env)))
      continue
    }
    if (
      rule.procedure &&
      env.state.procedures.some(
        (one) => one.procedure === rule.procedure && !one.result && one !== env.instance,
      )
    )
      into.push(
        finding('outstanding', id, rule.article, {
          waitsFor: env.policy.procedures.get(rule.procedure)?.title ?? rule.procedure,
        }),
      )
    if (rule.step === undefined) continue
    const other = env.policy.steps[rule.step]!
    if (isOutstanding(within(env, other), other))
      into.push(finding('outstanding', id, rule.article, { waitsFor: other.title, waitsForStep: other.id }))
  }
}

/** Outstanding: demanded or reopened, and not yet done again. */
export function isOutstanding(env: Env, step: Step): boolean {
  const state = stepState(env, step)
  return (
    state !== undefined &&
    (state.demands.length > 0 || (state.reopened !== undefined && !state.done && applies(env, step) !== 0))
  )
}

export function requirementFinding(
  env: Env,
  id: string,
  rule: Requirement,
  into: Finding[],
  level: Finding['level'] = 'block',
): void {
  const when = rule.when ? rule.when.test(env) : 1
  if (when === 0) return
  if (when === 2) {
    into.push(finding('undetermined', id, rule.article, unknownFacts(rule.when!, env), level))
    return
  }
  const value = rule.that.test(env)
  if (value === 1) return
  const facts =
    value === 2
      ? unknownFacts(rule.that, env)
      : { ...(rule.title ? { title: rule.title } : {}), ...failing(env, rule.that) }
  into.push(finding(value === 2 ? 'undetermined' : 'requires', id, rule.article, facts, level))
}

function failing(env: Env, guard: Guard): Finding['facts'] {
  return valuesOf(env, guard.reads)
}

function windowFinding(env: Env, step: Step, into: Finding[]): void {
  const state = stepState(env, step)
  if (state?.reopened && !state.reopened.anew) return
  if (state && state.demands.length > 0) return
  const look = lookWindow(env, step)
  if (!look || look.state === 'open') return
  const article = step.window!.article
  if (look.state === 'undetermined')
    into.push(finding('undetermined', step.id, article, nulls(look.missing ?? [])))
  else if (look.state === 'unannounced')
    into.push(finding('window', step.id, article, { unannounced: true }, 'note'))
  else
    into.push(
      finding(
        'window',
        step.id,
        article,
        { from: look.from ?? null, to: look.to ?? null, day: env.day },
        look.late === 'note' ? 'note' : 'block',
      ),
    )
}

/** Vetoes and sanctions that bar an outcome (§2, §12); a demanded step is never barred by a sanction (†). */
export function barFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule | undefined,
  into: Finding[],
  sure = false,
): void {
  const bears = (bar: Bar): boolean =>
    outcome === undefined
      ? bar.outcome === undefined ||
        step.outcomes.filter((one) => one.settles).every((one) => one.id === bar.outcome)
      : bar.outcome === undefined
        ? outcome.settles
        : bar.outcome === outcome.id
  for (const bar of step.vetoes) {
    if (!bears(bar)) continue
    const when = bar.when ? bar.when.test(env) : 1
    if (when === 0) continue
    const value = bar.guard!.test(env)
    if (value === 0 || bar.lifted?.test(env) === 1) continue
    if (value === 2 || when === 2) {
      if (!sure)
        into.push(
          finding('undetermined', step.id, bar.article, {
            ...unknownFacts(bar.guard!, env),
            ...(bar.when ? unknownFacts(bar.when, env) : {}),
          }),
        )
    } else
      into.push(
        finding('veto', step.id, bar.article, { veto: bar.title, ...valuesOf(env, bar.guard!.reads) }),
      )
  }
  if (step.sanctions.length === 0 || (stepState(env, step)?.demands.length ?? 0) > 0) return
  for (const bar of step.sanctions) {
    if (!bears(bar)) continue
    const inForce = sanctionInForce(env, bar)
    if (!inForce) continue
    const when = bar.when ? bar.when.test(env) : 1
    if (when === 0) continue
    if (when === 2) into.push(finding('undetermined', step.id, bar.article, unknownFacts(bar.when!, env)))
    else
      into.push(
        finding('sanction', step.id, bar.article, {
          sanction: bar.title,
          since: inForce.on,
          cause: inForce.cause,
        }),
      )
  }
}

function sanctionInForce(env: Env, bar: Bar): SanctionInForce | undefined {
  const rule = env.policy.sanctions.get(bar.id)
  const list: SanctionInForce[] =
    bar.on === 'unit' ? [...env.outside.unit.sanctions, ...ownUnitSanctions(env)] : env.state.sanctions
  return list.find((one) => {
    if (one.id !== bar.id || one.on > env.day || (one.liftedOn !== undefined && one.liftedOn <= env.day))
      return false
    if (bar.spares && one.project === env.state.id) return false
    if (rule?.lifted?.when && rule.lifted.when.test(env) === 1) return false
    return !(rule?.lifted?.after !== undefined && isLiftedByStep(env, rule.lifted.after, one))
  })
}

function isLiftedByStep(env: Env, index: number, sanction: SanctionInForce): boolean {
  if (sanction.project !== undefined && sanction.project !== env.state.id) return false
  const step = env.policy.steps[index]!
  return stands(env, step) && (stepState(env, step)?.runs.some((run) => run.seq > sanction.seq) ?? false)
}

/** Sanctions that this very case has put on its unit, before the service has written them there. */
function ownUnitSanctions(env: Env): SanctionInForce[] {
  const list: SanctionInForce[] = []
  for (const act of env.state.unitSanctions) {
    if (act.act === 'impose')
      list.push({ id: act.id, on: act.on, cause: act.cause, seq: act.seq, project: env.state.id })
    else for (const one of list) if (one.id === act.id && one.liftedOn === undefined) one.liftedOn = act.on
  }
  return list
}

/** Whether the parties that act are those that the step names; lists who would be. */
export function actorFinding(env: Env, step: Step, by: string[]): Finding | undefined {
  if (!step.by) return undefined
  const rule = step.by.get(env)
  if (!rule) return finding('undetermined', step.id, step.article, unknownFacts(step.by, env))
  const roots = new Set(by.map((party) => rootParty(env.policy, party)))
  if (rule.parties.some((party) => roots.has(rootParty(env.policy, party)))) return undefined
  const names = rule.parties.map((party) => env.policy.document.parties[party]?.name ?? party)
  return finding('actor', step.id, step.by.article(env), {
    party: names.join(rule.kind === 'any' ? ' 或 ' : '、'),
    parties: rule.parties.join(','),
    by: partyNames(env.policy, by),
  })
}

/** The party itself, or the one that it is the same body as. */
export function rootParty(policy: Policy, party: string): string {
  const same = policy.document.parties[party]?.same
  return same && same !== party ? rootParty(policy, same) : party
}

/** What keeps a procedure from being started. */
export function startFindings(env: Env, rule: ProcedureRule): Finding[] {
  const findings: Finding[] = []
  const self = { id: rule.id, article: rule.article }
  if (rule.when) {
    const when = rule.when.test(env)
    if (when === 2)
      findings.push(finding('undetermined', rule.id, rule.article, unknownFacts(rule.when, env)))
    if (when === 0) findings.push(finding('excluded', rule.id, rule.article, valuesOf(env, rule.when.reads)))
  }
  for (const edge of rule.edges) edgeFindings(env, self, edge, findings)
  unlessFindings(env, rule.unless, rule.id, findings)
  for (const index of rule.until) {
    const closer = env.policy.steps[index]!
    if (stepState(env, closer)?.done)
      findings.push(finding('too-late', rule.id, rule.article, { closedBy: closer.title }))
  }
  for (const requirement of rule.requires) requirementFinding(env, rule.id, requirement, findings)
  const open = env.state.procedures.filter(
    (one) => one.procedure === rule.id && !one.result && one !== env.instance,
  ).length
  if (open >= rule.atOnce)
    findings.push(finding('outstanding', rule.id, rule.article, { waitsFor: rule.title }))
  return findings
}

/** The refusal for a step that the policy does not have. */
export function stepUnknown(policy: Policy, id: string): Finding {
  const guess = nearest(id, policy.stepIndex.keys())
  return finding('unknown', id, [], { name: id, ...(guess ? { guess } : {}) })
}
