import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

const declare = (window: string) => small(`{steps: {declare: {window: ${window}, article: 第四条}}}`)
const said = (window: string, on: string, at?: string) =>
  play(declare(window), {}, [{ on, step: 'declare', by: 'unit', ...(at ? { at } : {}) }])

describe('§9 the hour of closing, submission and receipt', () => {
  it('`at`: on the last day until that hour, with the hour in the reason; on other days all day', () => {
    const window = '{from: 07-01, to: 07-31, at: "17:00"}'
    expect(said(window, '2026-07-31', '17:00').said).toEqual(['ok'])
    const late = said(window, '2026-07-31', '17:01')
    expect(late.said).toEqual(['window'])
    expect(late.events[0]!.findings[0]).toMatchObject({
      facts: { to: '2026-07-31', at: '17:00' },
      message: '「declare」已于 2026-07-31 17:00 截止(本次为 2026-07-01 至 2026-07-31)(第四条)',
    })
    expect(said(window, '2026-07-30', '23:59').said).toEqual(['ok'])
    expect(said(window, '2026-07-31').said).toEqual(['ok'])
    expect(said(window, '2026-06-30', '18:00').said).toEqual(['window'])
  })

  it('`counts: receipt`: handed in on a day off it is received on the next working day', () => {
    // 2026-08-01 is a Saturday, 2026-07-31 a Friday.
    const until = (to: string, counts: string) => `{from: 07-01, to: ${to}, counts: ${counts}, at: "17:00"}`
    expect(said(until('08-01', 'submission'), '2026-08-01', '09:00').said).toEqual(['ok'])
    expect(said(until('08-01', 'receipt'), '2026-08-01', '09:00').said).toEqual(['window'])
    expect(said(until('08-02', 'receipt'), '2026-07-31', '16:00').said).toEqual(['ok'])
    expect(said(until('08-02', 'receipt'), '2026-07-31', '18:00').said).toEqual(['window'])
    expect(said(until('08-03', 'receipt'), '2026-07-31', '18:00').said).toEqual(['ok'])
  })

  it('what counts for an earlier day is not measured by the hour of its entry', () => {
    const policy = small(
      `{steps: {sign: {effective: signedOn, records: {signedOn: day}, window: {from: 07-01, to: 07-31, at: "17:00"}}}}`,
    )
    const run = play(policy, {}, [
      { on: '2026-08-03', at: '20:00', step: 'sign', by: 'unit', records: { signedOn: '2026-07-31' } },
    ])
    expect(run.said).toEqual(['ok'])
  })
})
