import { payingSteps } from '../oversight/amounts.ts'
import { applies } from '../policy/engine/applies.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { startFindings } from '../policy/engine/start.ts'
import { lookStep } from '../policy/engine/survey.ts'
import type { Env } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'

/** What bars the next spending of a project: its procurement, or a payment. The findings have no sentences yet. */
export interface Gate {
  step: string
  title: string
  findings: Finding[]
}

/** Reasons beyond these say nothing more to a reader of a list. */
const MOST = 4

/** The gates that are shut for procurement and for each kind of payment; none once a project has ended. */
export function gatesOf(env: Env): Gate[] {
  if (env.state.ended) return []
  const procurement = env.policy.steps[env.policy.stepIndex.get('procurement') ?? -1]
  const steps = [...(procurement ? [procurement] : []), ...payingSteps(env.policy)]
  return steps.flatMap((step) => {
    const findings = (step.procedure === undefined ? barred(env, step) : barredPayment(env, step))
      .filter((one) => one.level === 'block' && one.code !== 'undetermined')
      .slice(0, MOST)
    return findings.length === 0 ? [] : [{ step: step.id, title: step.title, findings }]
  })
}

function barred(env: Env, step: Step): Finding[] {
  if (applies(env, step) !== 1) return []
  const look = lookStep(env, step, true)
  return look.state === 'blocked' ? look.findings : []
}

/** A payment that runs is looked at where it stands, one to come as though it were started today. */
function barredPayment(env: Env, step: Step): Finding[] {
  const rule = env.policy.procedures.get(step.procedure!)
  if (!rule) return []
  const { policy, state, outside, day } = env
  const running = state.procedures.findLast((one) => one.procedure === rule.id && !one.result)
  const probe = {
    id: `${rule.id}-probe`,
    procedure: rule.id,
    openedOn: day,
    seq: state.seq,
    facts: {},
    steps: {},
  }
  const within = lookAt(policy, state, outside, day, running ?? probe)
  const start = running ? [] : startFindings(within, rule)
  if (start.some((one) => one.code === 'excluded')) return []
  const own = new Set(rule.steps.map((index) => policy.steps[index]!.id))
  const later = barred(within, step).filter((one) => running || !own.has(String(one.facts.waitsForStep)))
  return [...start, ...later]
}
