import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../db/canonical.ts'
import { sql } from '../../db/statement.ts'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { addPlatform, PASSWORD, POLICY } from './harness.ts'
import { openPlayer, type Player } from './player.ts'

/** The texts here are invented; they are given as an administrator would paste them. */

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

const HASH = sha256(POLICY)
const TEXT = `第一章　总则
第一条　为管好笔墨,制定本办法。
第二条　笔墨包括:
（一）毛笔;
（二）墨锭。
领用的应当登记。
第八条　本办法自公布之日起施行。`

const give = (
  text: string,
  more: object = {},
  who = 'administrator',
  key: string | false = `k${Math.random()}`,
) =>
  player.world.call('PUT', '/api/hedong/policy/text', {
    token: player.tokens[who],
    json: { hash: HASH, text, ...more },
    key,
  })
const article = (cited: string, query = '') =>
  player.get('unit', `/policy/articles/${encodeURIComponent(cited)}${query}`)

describe("the regulation's own text", () => {
  it('is missing until the administrator gives it, and the answers say so', async () => {
    expect((await player.get('unit', '/policy/text')).body).toMatchObject({
      hash: HASH,
      given: null,
      parts: [],
    })
    expect(await article('第二条')).toMatchObject({
      status: 200,
      body: { given: null, unit: '第二条', paragraphs: null },
    })
    expect((await article('第九十九条')).status).toBe(404)
    expect((await article('第二条', `?hash=${'0'.repeat(64)}`)).status).toBe(404)
  })

  it('is looked through first: what is found, what the policy cites and the text lacks; nothing is kept', async () => {
    const tried = await give(TEXT, { dryRun: true })
    expect(tried).toMatchObject({ status: 200, body: { found: 3, given: false } })
    expect(tried.body.problems).toContainEqual({ code: 'missing', unit: '第三条', cited: true })
    expect((await give('没有条文', { dryRun: true })).body).toMatchObject({ found: 0, given: false })
    expect((await article('第二条')).body.given).toBeNull()
  })

  it('is read article by article by everyone, in one round trip, with the clause that was cited', async () => {
    expect((await give(TEXT)).body).toMatchObject({ found: 3, given: true })
    const answer = await article('第二条第一款(二)')
    expect(answer.body).toMatchObject({
      hash: HASH,
      given: { by: expect.any(String) },
      unit: '第二条',
      chapter: '第一章 总则',
      paragraphs: ['笔墨包括:', '（一）毛笔;', '（二）墨锭。', '领用的应当登记。'],
      meant: [2],
    })
    expect(player.world.logs.at(-1)?.trips).toBe(1)
    expect((await article('第三条')).body).toMatchObject({ given: {}, paragraphs: null })
    const whole = await player.get('auditor', `/policy/text?hash=${HASH}`)
    expect(whole.body.parts.map((one: { unit: string }) => one.unit)).toEqual(['第一条', '第二条', '第八条'])
    expect(whole.body.missing).toContain('第三条')
    expect(whole.headers.get('etag')).toMatch(/^"[0-9a-f]{16}-2026/)
  })

  it('is given once under a key, replaced under another, and taken away by an empty text', async () => {
    const events = async () =>
      (
        await player.world.deps.databases
          .tenant('hedong')
          .read([
            sql`SELECT type, payload FROM events WHERE stream = ${`regulation:${HASH}`} ORDER BY version`,
          ])
      )[0]!
    const before = (await events()).length
    const [first, again] = [
      await give('第一条 甲。', {}, 'administrator', 'once'),
      await give('第一条 甲。', {}, 'administrator', 'once'),
    ]
    expect(again.body).toEqual(first.body)
    expect((await events()).length).toBe(before + 1)
    expect((await give('第一条 乙。', {}, 'administrator', 'once')).body.code).toBe('key-reused')
    expect((await article('第二条')).body.paragraphs).toBeNull()
    await give(' \n')
    expect((await article('第一条')).body).toMatchObject({ given: null, paragraphs: null })
    const log = await events()
    expect(log.at(-1)?.type).toBe('regulation-removed')
    expect(JSON.parse(String(log.at(-2)?.payload))).toMatchObject({ sha256: sha256('第一条 甲。'), found: 1 })
  })

  it.each([
    ['no article at all', '某县笔墨管理办法', 400],
    ['markup for text', '<p>第一条 甲。</p>', 400],
    ['more than 400 KB', `第一条 ${'墨'.repeat(140_000)}`, 413],
    ['more than any request', `第一条 ${'墨'.repeat(500_000)}`, 413],
    ['characters that cannot be kept', '第一条 \u0000', 400],
  ])('is refused with %s', async (_what, text, status) => {
    expect((await give(text)).status).toBe(status)
    expect((await article('第一条')).body.given).toBeNull()
  })

  it('is for the administrator to give, for a version that is there', async () => {
    for (const who of ['unit', 'lead', 'auditor']) expect((await give(TEXT, {}, who)).status).toBe(403)
    expect((await give(TEXT, { hash: 'f'.repeat(64) })).status).toBe(404)
    expect((await give(TEXT, {}, 'administrator', false)).body.code).toBe('key-required')
  })

  it('a rebuild makes the same parts of it, and the chains stay whole', async () => {
    await give(TEXT)
    const { deps, folder } = player.world
    const before = await derivedContent(deps, 'hedong')
    expect(before.regulation_parts).toHaveLength(3)
    await deps.databases.tenant('hedong').write([sql`UPDATE regulation_parts SET paragraphs = '[]'`])
    await rebuildTenant(deps, 'hedong')
    expect(await derivedContent(deps, 'hedong')).toEqual(before)
    expect(verifyFile(join(folder, 'tenants', 'hedong.db'), new Map()).bad).toBeUndefined()
  })
})

describe('the text on adoption', () => {
  it('comes with a new version, which has none of the one before', async () => {
    await addPlatform(player.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
    const signedIn = await player.world.call('POST', '/api/session', {
      json: { login: 'boss', password: PASSWORD },
    })
    const next = POLICY.replace(/effective: \d{4}-\d\d-\d\d/, 'effective: 2027-01-01')
    expect(next).not.toBe(POLICY)
    const adopt = (regulation: string) =>
      player.world.call('POST', '/api/tenants/hedong/policies', {
        token: signedIn.body.token,
        json: { policy: next, regulation },
      })
    expect(await adopt('不成条文')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/regulation' }] },
    })
    const adopted = await adopt('第一条 新的一条。')
    expect(adopted.status).toBe(201)
    expect((await article('第一条')).body.paragraphs).toEqual(['为管好笔墨,制定本办法。'])
    const later = await article('第一条', `?hash=${adopted.body.hash}`)
    expect(later.body).toMatchObject({ effectiveOn: '2027-01-01', paragraphs: ['新的一条。'] })
  })
})
