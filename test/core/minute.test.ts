import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'

/** §11: a collective body decides through its office; the day of its meeting counts, not the day of entry. */

const file = join(import.meta.dirname, '../../tenants/luan/2021-08-06.yaml')
const { policy } = loadPolicy(readFileSync(file, 'utf8'), file)
const facts = {
  unitKind: 'party-government',
  funding: 'city-fiscal',
  nature: 'new',
  entry: 'off-plan',
  planYear: 2026,
  estimate: '620万元',
  softwareDevelopment: false,
  secret: true,
  crossLevel: false,
}
const request = { on: '2026-03-01', step: 'off-plan-request', by: 'unit', materials: ['request'] }
const rejected = (minute: object | undefined) =>
  ({ on: '2026-03-20', step: 'off-plan-addition', by: 'government', outcome: 'reject', minute }) as never

describe('the minute of a collective body', () => {
  it('the meeting day is the day that counts', () => {
    const { state } = simulate(
      policy!,
      { facts, events: [request, rejected({ number: '2026年第3次', heldOn: '2026-03-12' })] },
      seededCalendar,
    )
    expect(state.steps.find((step) => step.id === 'off-plan-addition')?.executedOn).toBe('2026-03-12')
  })

  it('a meeting after the day of entry is refused', () => {
    const { events } = simulate(
      policy!,
      { facts, events: [request, rejected({ number: '2026年第3次', heldOn: '2026-03-21' })] },
      seededCalendar,
    )
    expect(events[1]).toMatchObject({
      accepted: false,
      findings: expect.arrayContaining([expect.objectContaining({ code: 'record', level: 'block' })]),
    })
  })

  it('without a minute it is entered with a note', () => {
    const { events } = simulate(policy!, { facts, events: [request, rejected(undefined)] }, seededCalendar)
    expect(events[1]!.accepted).toBe(true)
    expect(events[1]!.findings.map((one) => one.code)).toContain('norm')
  })
})
