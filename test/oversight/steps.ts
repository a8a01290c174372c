import type { ScenarioEvent } from '../../functions/core/policy/scenario.ts'
import { FACTS } from '../api/player.ts'
import type { Scribe } from './scribe.ts'

/** Steps of the test policy's life, each as it is accepted, on a day. */

const REVIEWED = { integrated: true, sharing: true, governmentNetwork: true }
const SOUND = {
  policyConform: true,
  planConform: true,
  reuse: true,
  soundDesign: true,
  sharingList: true,
  securityPlan: true,
  soundEstimate: true,
  otherConditions: true,
  governmentCloud: true,
}
const AGREED = { finance: 'agree', approver: 'agree', cryptography: 'agree' }

type Step = (on: string) => ScenarioEvent

export const declare: Step = (on) => ({ on, step: 'declare', by: 'unit', materials: ['design'] })
export const firstReview: Step = (on) => ({
  on,
  step: 'preliminary-review',
  by: 'lead',
  outcome: 'pass',
  records: REVIEWED,
})
export const review: Step = (on) => ({
  on,
  step: 'expert-review',
  by: 'lead',
  outcome: 'pass',
  experts: ['张三'],
  opinions: AGREED,
  records: SOUND,
})
export const propose: Step = (on) => ({ on, step: 'proposal', by: 'unit', materials: ['proposal', 'scheme'] })
export const approve = (on: string, estimate: string): ScenarioEvent => ({
  on,
  step: 'approval',
  by: 'approver',
  outcome: 'approve',
  records: { estimate },
})
export const list = (on: string, budget: string, category = 'construction'): ScenarioEvent => ({
  on,
  step: 'plan-listing',
  by: 'government',
  outcome: 'listed',
  records: { category, budget },
})
export const supervise: Step = (on) => ({
  on,
  step: 'supervision',
  by: ['unit', 'lead'],
  records: { firm: '某监理公司' },
})
export const procure: Step = (on) => ({
  on,
  step: 'procurement',
  by: ['unit', 'lead'],
  materials: ['tender'],
})
export const contract = (on: string, amount: string, acceptanceOn: string): ScenarioEvent => ({
  on,
  step: 'contract',
  by: ['unit', 'lead'],
  records: {
    signedOn: on,
    amount,
    acceptanceOn,
    responsibilityList: ['人口'],
    demandList: [],
    negativeList: [],
  },
})
export const startPayment: Step = (on) => ({ on, procedure: 'payment', start: {} })
export const pay = (on: string, amount: string): ScenarioEvent => ({
  on,
  procedure: 'payment',
  step: 'payment',
  by: 'lead',
  records: { amount },
})
export const reject: Step = (on) => ({
  on,
  step: 'preliminary-review',
  by: 'lead',
  outcome: 'reject',
  records: REVIEWED,
})

/** Opens a project on a day and has it go through steps, each of which must be accepted. */
export async function life(
  scribe: Scribe,
  title: string,
  on: string,
  over: Record<string, unknown>,
  ...events: ScenarioEvent[]
): Promise<string> {
  scribe.world.clock.now = new Date(`${on}T02:00:00.000Z`)
  const experts = { 'expert-pool': [{ name: '张三' }] }
  const id = await scribe.open(title, { ...FACTS, ...over }, on, 0, experts)
  for (const event of events) {
    scribe.world.clock.now = new Date(`${event.on}T02:00:00.000Z`)
    await scribe.must(id, event)
  }
  return id
}
