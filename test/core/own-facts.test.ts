import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'

const read = (path: string) => {
  const file = join(import.meta.dirname, '../../tenants', path)
  return loadPolicy(readFileSync(file, 'utf8'), file).policy!
}

describe('§1, §9 what a step itself supplies', () => {
  it('a window that needs a fact which the step supplies does not block its look', () => {
    const policy = read('gulou/2021-12-31.yaml')
    const { state } = simulate(policy, { facts: {}, on: '2026-08-03' }, seededCalendar)
    const declare = state.steps.find((step) => step.id === 'declare')!
    expect(declare.findings.filter((one) => one.level === 'block' && 'planYear' in one.facts)).toEqual([])
  })
})

describe('§14 a track that names its steps', () => {
  it('has no procedures of others', () => {
    const policy = read('luan/2021-08-06.yaml')
    const facts = {
      unitKind: 'other',
      funding: 'other',
      nature: 'new',
      entry: 'annual',
      planYear: 2027,
      estimate: '20万元',
      secret: false,
      crossLevel: false,
    }
    const { events } = simulate(
      policy,
      { facts, events: [{ on: '2026-07-01', procedure: 'payment', by: 'lead', start: {} }] },
      seededCalendar,
    )
    expect(events[0]).toMatchObject({
      accepted: false,
      findings: expect.arrayContaining([expect.objectContaining({ code: 'excluded' })]),
    })
  })
})
