import { describe, expect, it } from 'vitest'
import { toldBy } from '../../../functions/core/case/told.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { type Line, openAndPlay, play, small, smallText } from '../small.ts'

const POLICY = `
  facts: {cost: money}
  steps:
    declare:
    merging: {by: lead, after: declare, owed: never, withdrawable: true, outcomes: {keep: {}, absorb: {absorbedBy: into, records: {into: project}, article: 第十条}}}
    build: {after: declare}
`
const policy = small(POLICY)
const world = { projects: { A: {}, B: {}, C: {} } }
const declare = (project: string): Line => ({ on: '01-01', step: 'declare', by: 'unit', project })
const merge = (project: string, into?: string): Line => ({
  on: '02-01',
  step: 'merging',
  by: 'lead',
  outcome: 'absorb',
  project,
  ...(into ? { records: { into } } : {}),
})
const build = (project: string): Line => ({ on: '03-01', step: 'build', by: 'unit', project })
const said = (lines: Line[]) =>
  play(policy, world, [declare('A'), declare('B'), declare('C'), ...lines]).said.slice(3)

describe('§10 a project goes into another', () => {
  it('it ends, the other goes on', () => {
    expect(said([merge('A', 'B'), build('A'), build('B')])).toEqual(['ok', 'ended', 'ok'])
    const { projects } = play(policy, world, [declare('A'), declare('B'), merge('A', 'B')])
    expect([projects.A!.ended?.result, projects.B!.ended]).toEqual(['absorbed', undefined])
  })

  it('not into itself, into none, into what there is not or what has ended', () => {
    expect(said([merge('A', 'A'), merge('A'), merge('A', 'X')])).toEqual(['record', 'record', 'record'])
    expect(said([merge('B', 'C'), merge('A', 'B'), merge('A', 'C')])).toEqual(['ok', 'record', 'ok'])
    const { events } = play(policy, world, [declare('A'), merge('A', 'A')])
    expect(events.at(-1)!.findings).toMatchObject([{ code: 'record', article: ['第十条'] }])
  })

  it('cannot be taken back, nor does the other take back what it did before', () => {
    const back = (project: string, step: string, by: string): Line => ({
      on: '02-02',
      withdraw: step,
      by,
      project,
      reason: '填错',
    })
    expect(said([merge('A', 'B'), back('A', 'merging', 'lead'), back('B', 'declare', 'unit')])).toEqual([
      'ok',
      'withdrawal',
      'withdrawal',
    ])
  })

  it('the other is told, but for whoever did it in a project of his own', () => {
    const { state } = openAndPlay(policy, {}, [
      ['2026-01-01', { type: 'execute', step: 'declare', by: ['unit'] }],
    ])
    const event = (by: string[], own: boolean) =>
      toldBy(policy, state, state, {
        type: 'absorbed',
        on: '2026-02-01',
        project: 'A',
        title: '甲项目',
        by,
        own,
      })
    expect(event(['lead'], false)).toMatchObject({
      doers: ['lead'],
      told: [{ party: 'unit', about: { title: '「甲项目」并入本项目' } }],
    })
    expect(event(['unit'], true).doers).toEqual(['unit'])
    expect(event(['unit'], false).doers).toEqual([])
  })

  it('the file says what is wrong: no such record, an optional one, a place where no project ends', () => {
    const wrong = (from: string, to: string) =>
      loadPolicy(smallText(POLICY.replace(from, to)), 'small').problems.map((one) => one.path.at(-1))
    expect(wrong('absorbedBy: into', 'absorbedBy: other')).toEqual(['absorbedBy'])
    expect(wrong('into: project', 'into: {type: project, optional: true}')).toEqual(['absorbedBy'])
    expect(wrong('into: project', 'into: text')).toEqual(['absorbedBy'])
    expect(wrong('absorbedBy: into', 'again: true, absorbedBy: into')).toEqual(['absorbedBy'])
  })
})
