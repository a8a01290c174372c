import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { type Line, play, small, smallText } from '../small.ts'

const POLICY = `
  steps:
    declare:
    dividing: {by: lead, after: declare, owed: never, withdrawable: true, outcomes: {keep: {}, divide: {divides: true, article: 第十条}}}
    build: {after: declare}
`
const policy = small(POLICY)
const declare: Line = { on: '01-01', step: 'declare', by: 'unit' }
const divide: Line = { on: '02-01', step: 'dividing', by: 'lead', outcome: 'divide' }
const build: Line = { on: '03-01', step: 'build', by: 'unit' }

describe('§10 a project is divided', () => {
  it('it ends under that name, and nothing of it is done any more', () => {
    expect(play(policy, {}, [declare, divide, build]).said).toEqual(['ok', 'ok', 'ended'])
    expect(play(policy, {}, [declare, divide]).state.ended?.result).toBe('divided')
  })

  it('without the division it goes on', () => {
    const kept: Line = { on: '02-01', step: 'dividing', by: 'lead', outcome: 'keep' }
    expect(play(policy, {}, [declare, kept, build]).said).toEqual(['ok', 'ok', 'ok'])
  })

  it('cannot be taken back, whatever the policy says: projects may have come of it', () => {
    const back: Line = { on: '02-02', withdraw: 'dividing', by: 'lead', reason: '填错' }
    expect(play(policy, {}, [declare, divide, back]).said).toEqual(['ok', 'ok', 'withdrawal'])
  })

  it('the file says what is wrong: another end beside it, a result after which the step is due again', () => {
    const wrong = (to: string) =>
      loadPolicy(smallText(POLICY.replace('divides: true', to)), 'small').problems.map((one) =>
        one.path.at(-1),
      )
    expect(wrong('divides: true, ends: rejected')).toEqual(['divides'])
    expect(wrong('divides: true, again: true')).toEqual(['divides'])
    expect(wrong('divides: true')).toEqual([])
  })
})
