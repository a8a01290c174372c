import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integer, sql, text } from '../../db/statement.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
beforeAll(async () => {
  small = await openSmall(`
    steps:
      declare: {}
      review: {after: declare, by: lead, opinions: {from: [finance, audit], on: [资金, 绩效]}}
  `)
})
afterAll(() => small.world.close())

const KEY = 'a'.repeat(20)
const path = (id: string) => `/projects/${id}/steps/review/opinions`
const declared = async (): Promise<string> => {
  const id = await small.project()
  expect(await small.said(small.step('unit', id, 'declare'))).toBe('200')
  return id
}
const spoken = async (id: string) => {
  const { steps } = (await small.get('lead', `/projects/${id}/case`)).body
  return steps
    .find((step: { id: string }) => step.id === 'review')
    .opinions.map((one: { from: string; aspects: { aspect: string; value?: string }[] }) => [
      one.from,
      ...one.aspects.map(({ value }) => value ?? null),
    ])
}
/** How many events a project's stream has, and how many audit entries stand for them. */
const written = async (id: string): Promise<[number, number]> => {
  const [events = [], entries = []] = await small.world.deps.databases
    .tenant('small')
    .read([
      sql`SELECT count(*) AS n FROM events WHERE stream = ${`project:${id}`}`,
      sql`SELECT count(*) AS n FROM audit WHERE chain = ${`project:${id}`}`,
    ])
  return [integer(events[0]!, 'n'), integer(entries[0]!, 'n')]
}

describe('opinions sent together', () => {
  it('are one act: as many events, one entry of the audit chain, one key', async () => {
    const id = await declared()
    const [events, entries] = await written(id)
    const opinions = [
      { value: 'agree', aspect: '资金', remark: '资金已落实' },
      { value: 'object', aspect: '绩效', remark: '指标不可考核' },
    ]
    const first = await small.post('finance', path(id), { opinions }, KEY)
    expect(first.status).toBe(200)
    expect(await spoken(id)).toEqual([
      ['finance', 'agree', 'object'],
      ['audit', null, null],
    ])
    expect(await written(id)).toEqual([events + 2, entries + 1])
    const again = await small.post('finance', path(id), { opinions }, KEY)
    expect(again.body).toEqual(first.body)
    expect(await written(id)).toEqual([events + 2, entries + 1])
    const [rows = []] = await small.world.deps.databases
      .tenant('small')
      .read([
        sql`SELECT payload FROM events WHERE stream = ${`project:${id}`} AND type = 'opinion' ORDER BY version`,
      ])
    expect(rows.map((row) => JSON.parse(text(row, 'payload')).remark)).toEqual(['资金已落实', '指标不可考核'])
  })

  it('are all or nothing: one that is refused leaves none, and says why once', async () => {
    const id = await declared()
    const before = await written(id)
    const opinions = [
      { value: 'agree', aspect: '资金' },
      { value: 'agree', aspect: '绩效', as: 'lead' },
    ]
    expect((await small.post('finance', path(id), { opinions })).status).toBe(403)
    expect(await written(id)).toEqual(before)
    for (const body of ['finance', 'audit'])
      expect(await small.said(small.post(body, path(id), { value: 'agree' }))).toBe('200')
    expect(await small.said(small.step('lead', id, 'review'))).toBe('200')
    const done = await written(id)
    const late = await small.post('finance', path(id), {
      opinions: [
        { value: 'agree', aspect: '资金' },
        { value: 'agree', aspect: '绩效' },
      ],
    })
    expect(late.status).toBe(422)
    expect(late.body.findings.map((one: { code: string }) => one.code)).toEqual(['already-done'])
    expect(await written(id)).toEqual(done)
  })

  it('are said once of each aspect, and either alone or together', async () => {
    const id = await declared()
    const word = { value: 'agree', aspect: '资金' }
    for (const json of [
      {},
      { opinions: [] },
      { ...word, opinions: [word] },
      { opinions: [word, { ...word, value: 'object' }] },
      { aspect: '资金' },
      { opinions: [{ aspect: '资金' }] },
    ])
      expect((await small.post('finance', path(id), json)).status, JSON.stringify(json)).toBe(400)
    expect(await small.said(small.post('finance', path(id), word))).toBe('200')
    expect(await spoken(id)).toEqual([
      ['finance', 'agree', null],
      ['audit', null, null],
    ])
  })

  it('may be those of several parties that one body holds', async () => {
    const id = await declared()
    const both = [
      { as: 'finance', value: 'agree' },
      { as: 'audit', value: 'agree' },
    ]
    expect((await small.post('finance', path(id), { opinions: both })).status).toBe(403)
    expect(await spoken(id)).toEqual([
      ['finance', null, null],
      ['audit', null, null],
    ])
  })
})
