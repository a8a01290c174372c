import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { ActorRule, Step } from '../model-step.ts'
import { applies, edgeHolds } from './applies.ts'
import { barFindings } from './bars.ts'
import { dueDay } from './due.ts'
import { applicability, blockers, surelyBlocks } from './gate.ts'
import { periodsOf } from './periods.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'

/** How each step stands on a day: state, who, when due and why. The light look that lists, to-dos and stages use. */
export interface StepLook {
  step: Step
  state: 'excluded' | 'blocked' | 'open' | 'done'
  actor: ActorRule | undefined
  dueOn: string | undefined
  provisional: boolean
  overdue: boolean
  /** Still to be done, whatever blocks it now. */
  pending: boolean
  demanded: boolean
  reopened: boolean
  findings: Finding[]
}

const NONE: Finding[] = []

/** Looks at one step; brief does not say why it does not apply, nor everything that blocks it. */
export function lookStep(env: Env, step: Step, brief = false): StepLook {
  const own = env.memo.executed ? stepState(env, step) : undefined
  const value = applies(env, step)
  const demanded = (own?.demands.length ?? 0) > 0
  const look: StepLook = {
    step,
    state: 'excluded',
    actor: undefined,
    dueOn: undefined,
    provisional: false,
    overdue: false,
    pending: false,
    demanded,
    reopened: own?.reopened !== undefined,
    findings: NONE,
  }
  if (value !== 1) {
    const why = brief ? undefined : applicability(env, step)
    look.findings = why ? [why] : NONE
    if (value === 2) look.state = 'blocked'
    return look
  }
  look.actor = actorOf(env, step)
  if (step.each !== undefined && env.part === undefined) {
    const maker = env.policy.steps.find((one) => one.creates === step.each)
    look.state = 'blocked'
    look.findings = [
      finding('not-done', step.id, step.article, {
        waitsFor: maker?.title ?? step.each,
        waitsForStep: maker?.id ?? null,
      }),
    ]
    return look
  }
  if (own?.done && !demanded && !step.repeatEach) {
    look.state = 'done'
    return look
  }
  const due = own ? dueDay(env, step) : undefined
  if (due) {
    look.dueOn = due.dueOn
    look.provisional = due.provisional
    look.overdue = due.dueOn < env.day
  }
  const findings = blockers(env, step, false, brief)
  if (!brief || !findings.some(surelyBlocks)) barFindings(env, step, undefined, findings, true)
  for (const one of findings) if (suppliesWhatLacks(step, one)) one.level = 'note'
  if (step.repeatEach) return periodicLook(env, step, look, findings)
  look.pending = demanded || look.reopened || step.owed.get(env) === 'always'
  look.findings = findings
  look.state = findings.some((one) => one.level === 'block') ? 'blocked' : 'open'
  return look
}

/** What only waits for facts that this step itself supplies does not stand before it: executing it makes them known. */
function suppliesWhatLacks(step: Step, one: Finding): boolean {
  if (one.code !== 'undetermined') return false
  const missing = Object.keys(one.facts).filter((name) => one.facts[name] === null)
  return missing.length > 0 && missing.every((name) => step.facts.includes(name))
}

function periodicLook(env: Env, step: Step, look: StepLook, findings: Finding[]): StepLook {
  const periods = periodsOf(env, step)
  const owing = periods.find((period) => !period.done)
  look.findings = findings
  if (!owing) {
    look.state = periods.length > 0 ? 'done' : 'blocked'
    return look
  }
  look.pending = true
  look.state = findings.some((one) => one.level === 'block') ? 'blocked' : 'open'
  if (owing.bound) {
    look.dueOn = owing.dueOn
    look.overdue = owing.dueOn < env.day
  }
  return look
}

/** Who may act: the step's party, or that of the batch step through which it goes. */
export function actorOf(env: Env, step: Step): ActorRule | undefined {
  for (const way of step.through)
    if (!way.when || way.when.test(env) === 1) {
      const batch = env.policy.steps[env.policy.stepIndex.get(way.step) ?? -1]
      return batch?.by?.get(env)
    }
  return step.by?.get(env)
}

/** Whether the step could be executed now by its party, as far as anyone but the actor matters. */
export function isOpenNow(env: Env, step: Step): boolean {
  if (applies(env, step) !== 1) return false
  const own = stepState(env, step)
  if (own?.done && own.demands.length === 0 && step.repeat === undefined) return false
  if (step.repeatEach && periodsOf(env, step).every((period) => period.done)) return false
  if (step.edges.some((edge) => edgeHolds(env, edge) !== 1)) return false
  return !blockers(env, step, false).some((one) => one.level === 'block')
}

/** All steps of the main procedure. */
export function surveyCase(env: Env): StepLook[] {
  const looks: StepLook[] = []
  for (const index of env.policy.main) looks.push(lookStep(env, env.policy.steps[index]!))
  return looks
}
