import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { canonical } from '../../db/canonical.ts'
import type { Database, Databases } from '../../db/database.ts'
import { Conflict, ledgerStatements, type Position, START } from '../../db/ledger.ts'
import { openFiles } from '../../db/open-files.ts'
import { type Statement, sql } from '../../db/statement.ts'
import { append } from '../../db/tenant/append.ts'
import { verifyFile } from '../../functions/cli/audit-verify.ts'

let folder: string
let databases: Databases
let db: Database
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'append-'))
  databases = await openFiles(folder, () => new Date())
  await databases.createTenant('one')
  db = databases.tenant('one')
})
afterAll(() => {
  databases.close()
  rmSync(folder, { recursive: true, force: true })
})

const act = { at: new Date('2026-01-01T00:00:00Z'), actor: { user: 'u', name: '名' }, requestId: 'r' }
const onCase = (stream: string, position: Position, payload: object = {}) => ({
  stream,
  position,
  action: 'test',
  events: [{ type: 'tested', on: '2026-01-01', payload }],
  state: '{}',
})
const everything = async () =>
  JSON.stringify(
    await db.read(
      ['events', 'audit', 'streams', 'idempotency', 'guard'].map((table) => ({
        sql: `SELECT * FROM ${table}`,
        args: [],
      })),
    ),
  )

it('writes all streams of an act or none, wherever it fails', async () => {
  await append(db, { act, cases: [onCase('project:a', START)] })
  const before = await everything()
  const real = db.write.bind(db)
  const fail = sql`INSERT INTO idempotency (user_id, key, request, answer, created_at) VALUES ('u', '', '', '{}', '')`
  const answer = { user: 'u', key: 'k', request: 'h', answer: {} }
  let statements = 0
  const failing = (at: number): Database => ({
    read: db.read.bind(db),
    write(list: readonly Statement[]) {
      statements = list.length
      return real([...list.slice(0, at), fail, ...list.slice(at)])
    },
  })
  const input = { act, cases: [onCase('project:b', START), onCase('project:c', START)], answer }
  for (let at = 0; at <= 4; at++) {
    await expect(append(failing(at), input)).rejects.toThrow('CHECK constraint failed')
    expect(await everything()).toBe(before)
  }
  expect(statements).toBe(4)
  await append(db, input)
  expect(await everything()).not.toBe(before)
})

it('tells a lost race from a used key', async () => {
  const [position] = await append(db, { act, cases: [onCase('project:d', START)] })
  const again = (at: Position, key?: string) =>
    append(db, {
      act,
      cases: [onCase('project:d', at)],
      ...(key && { answer: { user: 'u', key, request: 'h', answer: {} } }),
    })
  await expect(again(START)).rejects.toMatchObject({ name: 'Conflict', on: 'position' })
  await expect(again({ ...position!, version: 7 })).rejects.toBeInstanceOf(Conflict)
  await expect(again({ ...position!, hash: 'f'.repeat(64) })).rejects.toMatchObject({ on: 'position' })
  await expect(again({ ...position!, n: 5 })).rejects.toMatchObject({ on: 'position' })
  const [next] = await again(position!, 'once')
  await expect(again(next!, 'once')).rejects.toMatchObject({ on: 'key' })
  const racers = await Promise.allSettled([again(next!), again(next!), again(next!)])
  expect(racers.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
})

it('keeps numbers whole and refuses to change or drop what is written', async () => {
  await expect(db.write([sql`INSERT INTO guard (ok) VALUES (${1.5})`])).rejects.toThrow('not a safe integer')
  for (const statement of [
    'UPDATE events SET type = 1',
    'DELETE FROM events',
    'UPDATE audit SET n = 1',
    'DELETE FROM audit',
  ])
    await expect(db.write([{ sql: statement, args: [] }])).rejects.toMatchObject({ kind: 'constraint' })
  await expect(db.read([sql`DELETE FROM throttle`])).rejects.toThrow('attempt to write')
  await expect(databases.tenant('absent').read([sql`SELECT 1`])).rejects.toMatchObject({ kind: 'missing' })
})

it('keeps each audit entry as canonical JSON, so that anyone can make its hash again', () => {
  const person = { user: 'u"1', organisation: 'o', name: '名' }
  const events = [1, 2].map((n) => ({ type: 'tested', on: '2026-01-01', payload: { n, a: '"' } }))
  const append = { stream: 's', position: START, action: 'a"b', events }
  const { statements } = ledgerStatements({ ...act, actor: person, requestId: 'r\\1' }, [append])
  const entry = String(statements[1]!.args[5])
  expect(JSON.parse(entry)).toMatchObject({ action: 'a"b', actor: person, request: 'r\\1' })
  expect(entry).toBe(canonical(JSON.parse(entry)))
})

it('survives kill -9 in the middle: nothing acknowledged is lost, nothing is half written', async () => {
  const child = fileURLToPath(new URL('append-child.ts', import.meta.url))
  for (const delay of [150, 230, 310]) {
    const killed = mkdtempSync(join(tmpdir(), 'killed-'))
    const acked = await new Promise<string>((done, failed) => {
      const process_ = spawn(process.execPath, ['--import', 'tsx', child, killed], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let out = ''
      let errors = ''
      process_.stderr.on('data', (text) => {
        errors += text
      })
      process_.stdout.on('data', (text) => {
        if (!out) setTimeout(() => process_.kill('SIGKILL'), delay)
        out += text
      })
      process_.on('exit', (_, signal) => (signal === 'SIGKILL' ? done(out) : failed(new Error(errors))))
    })
    const acks = acked.slice(0, acked.lastIndexOf('\n')).split('\n')
    const last = Object.fromEntries(acks.map((ack) => ack.split(' ').map(Number)))
    expect(Object.keys(last)).toEqual(['1', '2', '3', '4'])
    const reopened = await openFiles(killed, () => new Date())
    const [stored = [], check] = await reopened
      .tenant('killed')
      .read([
        sql`SELECT stream, max(version) AS version FROM events GROUP BY stream`,
        sql`PRAGMA integrity_check`,
      ])
    for (const writer of [1, 2, 3, 4]) {
      const own = stored.filter((row) => String(row.stream).startsWith(`project:${writer}-`))
      const [version, ...others] = [...new Set(own.map((row) => Number(row.version)))]
      expect(own).toHaveLength(3)
      expect(others).toEqual([])
      expect(version).toBeGreaterThanOrEqual(last[writer]!)
    }
    expect(check).toEqual([{ integrity_check: 'ok' }])
    reopened.close()
    const verdict = verifyFile(join(killed, 'tenants', 'killed.db'), new Map())
    expect(verdict.chains).toBe(12)
    expect(verdict.bad).toBeUndefined()
    rmSync(killed, { recursive: true, force: true })
  }
}, 30_000)
