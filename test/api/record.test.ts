import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { checkRecord } from '../../functions/services/audit/check-record.ts'
import { checkSummary } from '../../functions/services/audit/check-summary.ts'
import type { ProjectRecord } from '../../functions/services/audit/record.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
let id: string
let file: string
const CONTENT = '详细设计方案正文'

beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  id = await createProject(player)
  const stored = await player.world.call(
    'POST',
    `/api/hedong/materials?name=${encodeURIComponent('方案.txt')}`,
    {
      token: player.tokens.unit,
      body: CONTENT,
      headers: { 'content-type': 'application/octet-stream' },
    },
  )
  file = stored.body.id
  expect((await player.step('unit', id, 'declare', { materials: [{ id: 'design', file }] })).status).toBe(200)
  const records = { integrated: true, sharing: true, governmentNetwork: true }
  expect((await player.step('lead', id, 'preliminary-review', { outcome: 'pass', records })).status).toBe(200)
  expect(
    (
      await player.post('finance', `/projects/${id}/steps/expert-review/opinions`, {
        value: 'object',
        remark: '概算偏高',
      })
    ).status,
  ).toBe(200)
})
afterAll(() => player.world.close())

const exported = async (): Promise<ProjectRecord> =>
  (await player.get('auditor', `/projects/${id}/record`)).body as ProjectRecord

describe('the record of a project', () => {
  it('holds by itself: chains, policy text and file hashes', async () => {
    const record = await exported()
    expect(checkRecord(record)).toMatchObject({ bad: null, entries: 5, events: 5, files: 1 })
    expect(record.files[0]).toMatchObject({
      id: file,
      name: '方案.txt',
      sha256: createHash('sha256').update(CONTENT).digest('hex'),
    })
    expect(record.policies[0]!.hash).toBe(createHash('sha256').update(record.policies[0]!.text).digest('hex'))
    expect(record.facts.estimate).toBe('600万元')
    expect(record.chains.map((one) => one.chain)).toEqual([`project:${id}`, `material:${file}`])
  })

  it.each<[string, (record: ProjectRecord) => void, string]>([
    [
      'an edited payload',
      (record) => {
        const event = record.chains[0]!.events[1]!
        event.payload = event.payload.replace('done', 'pass')
      },
      '被改动',
    ],
    [
      'an edited day',
      (record) => {
        record.chains[0]!.events[2]!.effective_on = '2026-01-01'
      },
      '被改动',
    ],
    ['an entry left out', (record) => void record.chains[0]!.entries.splice(1, 1), '缺少条目'],
    ['an event left out', (record) => void record.chains[0]!.events.splice(1, 1), '缺少事件'],
    [
      'the tail cut off',
      (record) => {
        record.chains[0]!.entries.pop()
        record.chains[0]!.events.pop()
      },
      '链尾被截去',
    ],
    [
      'another text of the policy',
      (record) => {
        record.policies[0]!.text += '\n'
      },
      '文本被改动',
    ],
    [
      'another file hash',
      (record) => {
        record.files[0]!.sha256 = '0'.repeat(64)
      },
      '散列值不符',
    ],
    [
      'a file left out',
      (record) => {
        record.files = []
      },
      '缺少文件',
    ],
    ['the chain left out', (record) => void record.chains.shift(), '整条链不见了'],
  ])('shows %s', async (_, change, reason) => {
    const record = await exported()
    change(record)
    expect(checkRecord(record).bad?.reason).toContain(reason)
  })

  it.each<[string, (record: ProjectRecord) => void, string]>([
    ['another title', ({ project }) => void Object.assign(project, { title: '别的项目' }), '项目名称'],
    [
      'another unit',
      ({ project }) => void Object.assign(project, { organisationId: project.id }),
      '建设单位',
    ],
    ['another amount', ({ facts }) => void Object.assign(facts, { estimate: '60万元' }), '项目要素'],
    ['a fact left out', (record) => void delete record.facts.nature, '项目要素'],
    [
      'another name of the policy',
      ({ policies }) => void Object.assign(policies[0]!, { title: '新办法' }),
      '办法名称',
    ],
  ])('shows %s at its top, which stands in no chain', async (_, change, reason) => {
    const record = await exported()
    expect(checkSummary(record)).toBeUndefined()
    change(record)
    expect(checkRecord(record).bad).toBeNull()
    expect(checkSummary(record)).toContain(reason)
  })

  it('is saved under the name of its project', async () => {
    const { headers } = await player.get('auditor', `/projects/${id}/record`)
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toMatch(/''项目档案-.+\.json$/)
  })

  it('is checked by a command that needs nothing else, and names the place', async () => {
    const script = fileURLToPath(new URL('../../functions/cli/audit.ts', import.meta.url))
    const path = join(player.world.folder, 'record.json')
    const verify = () =>
      spawnSync(process.execPath, ['--import', 'tsx', script, 'verify', '--record', path], {
        encoding: 'utf8',
      })
    const record = await exported()
    writeFileSync(path, JSON.stringify(record))
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('相符, 5 条审计') })
    record.chains[0]!.events[1]!.type = 'x'
    writeFileSync(path, JSON.stringify(record))
    expect(verify()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`project:${id} 第 2 条: 事件 2 被改动`),
    })
    const forged = await exported()
    forged.facts.estimate = '60万元'
    writeFileSync(path, JSON.stringify(forged))
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining('摘要被改动: 项目要素') })
    writeFileSync(path, '{"format":"zhengxiang-record/1"}')
    expect(verify()).toMatchObject({ status: 2 })
    writeFileSync(path, '[]')
    expect(verify()).toMatchObject({ status: 2, stderr: expect.stringContaining('不是项目档案') })
  })
})

describe('the dossier of a project', () => {
  it('tells each execution with its file and hash, and the opinion with its remark', async () => {
    const { body } = await player.get('lead', `/projects/${id}/dossier`)
    expect(body.runs.map((one: { step: string }) => one.step)).toEqual(['declare', 'preliminary-review'])
    expect(body.runs[0].materials).toEqual([
      expect.objectContaining({ id: 'design', title: '项目详细设计方案', file }),
    ])
    expect(body.files).toEqual([expect.objectContaining({ id: file, name: '方案.txt', size: 24 })])
    expect(body.opinions).toEqual([
      expect.objectContaining({
        step: 'expert-review',
        from: 'finance',
        value: 'object',
        remark: '概算偏高',
      }),
    ])
    expect(body.money).toEqual([expect.objectContaining({ basis: 'estimate', amountFen: 600_000_000 })])
  })

  it('is read in one round trip to the tenant, as is the record', async () => {
    player.world.logs.length = 0
    await player.get('lead', `/projects/${id}/dossier`)
    await player.get('lead', `/projects/${id}/record`)
    expect(player.world.logs.filter((line) => line.event === 'request').map((line) => line.trips)).toEqual([
      1, 1,
    ])
  })
})

describe('the verification of a project', () => {
  it('gives the head, and the head that was kept elsewhere', async () => {
    const before = (await player.get('unit', `/projects/${id}/verification`)).body
    expect(before).toMatchObject({ bad: null, entries: 5, anchor: null, head: { n: 4 } })
    await sweep(player.world.deps)
    const after = (await player.get('unit', `/projects/${id}/verification`)).body
    expect(after.anchor).toMatchObject({ n: 4, hash: after.head.hash })
  })

  it('says where a chain that somebody changed is broken', async () => {
    const database = player.world.deps.databases.tenant('hedong')
    await database.write([
      sql`DROP TRIGGER events_stay`,
      sql`UPDATE events SET payload = json_set(payload, '$.outcome', 'return') WHERE stream = ${`project:${id}`} AND version = 3`,
    ])
    expect((await player.get('auditor', `/projects/${id}/verification`)).body.bad).toEqual({
      chain: `project:${id}`,
      n: 3,
      reason: '事件 3 被改动',
    })
  })
})
