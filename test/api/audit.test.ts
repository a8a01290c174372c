import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAnchors, verifyFile } from '../../functions/cli/audit-verify.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
let chain: string
let file: string
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  const id = await createProject(player)
  chain = `project:${id}`
  await createProject(player)
  await player.step('unit', id, 'declare', { materials: ['design'] })
  const records = { integrated: true, sharing: true, governmentNetwork: true }
  await player.step('lead', id, 'preliminary-review', { outcome: 'return', remark: '请补正', records })
  await player.step('unit', id, 'declare', { materials: ['design'] })
  await sweep(player.world.deps)
  player.world.deps.databases.close()
  file = join(player.world.folder, 'tenants', 'hedong.db')
})
afterAll(() => player.world.close())

let copies = 0
/** A copy whose owner has taken the triggers away and changed something. */
const tampered = (change: (database: Libsql.Database) => void) => {
  const copy = join(player.world.folder, `tampered-${copies++}.db`)
  const source = new Libsql(file)
  source.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  source.close()
  copyFileSync(file, copy)
  const database = new Libsql(copy)
  for (const trigger of [
    'events_in_order',
    'events_are_kept',
    'events_stay',
    'audit_head',
    'audit_is_kept',
    'audit_stays',
  ])
    database.exec(`DROP TRIGGER ${trigger}`)
  change(database)
  database.close()
  return copy
}
const anchors = () => readAnchors(join(player.world.folder, 'control.db')).get('hedong')!
const run = (sql: string) => (database: Libsql.Database) =>
  database.exec(sql.replaceAll('CHAIN', `'${chain}'`))

describe('the audit verifier', () => {
  it('finds an untouched database in order', () => {
    const verdict = verifyFile(file, anchors())
    expect(verdict.bad).toBeUndefined()
    expect(verdict.entries).toBeGreaterThanOrEqual(7)
    expect(verdict.events).toBe(verdict.entries)
  })

  it.each([
    [
      'an edited payload',
      "UPDATE events SET payload = json_set(payload, '$.outcome', 'pass') WHERE stream = CHAIN AND version = 3",
      3,
    ],
    ['another day', "UPDATE events SET effective_on = '2026-01-01' WHERE stream = CHAIN AND version = 2", 2],
    [
      'another person',
      `UPDATE events SET actor = '{"name":"x","user":"y"}' WHERE stream = CHAIN AND version = 2`,
      2,
    ],
    ['an event taken out', 'DELETE FROM events WHERE stream = CHAIN AND version = 2', 2],
    ['an entry taken out', 'DELETE FROM audit WHERE chain = CHAIN AND n = 2', 2],
    [
      'an edited entry',
      "UPDATE audit SET entry = json_set(entry, '$.action', 'nothing') WHERE chain = CHAIN AND n = 2",
      2,
    ],
    [
      'events swapped',
      'UPDATE events SET version = version + 100 WHERE stream = CHAIN AND version IN (2, 3); UPDATE events SET version = 105 - version WHERE stream = CHAIN AND version > 100',
      2,
    ],
    [
      'an event without an entry',
      'INSERT INTO events SELECT NULL, stream, 5, type, effective_on, recorded_at, actor, cause, payload FROM events WHERE stream = CHAIN AND version = 4',
      5,
    ],
    [
      'the tail cut off',
      'DELETE FROM events WHERE stream = CHAIN AND version = 4; DELETE FROM audit WHERE chain = CHAIN AND n = 4',
      4,
    ],
    [
      'the whole chain cut off',
      'DELETE FROM events WHERE stream = CHAIN; DELETE FROM audit WHERE chain = CHAIN',
      4,
    ],
  ])('finds %s', (_, change, n) => {
    expect(verifyFile(tampered(run(change)), anchors()).bad).toMatchObject({ chain, n })
  })

  it('finds a tail cut off with its state, by the head kept elsewhere', () => {
    const cut = tampered(
      run(`DELETE FROM events WHERE stream = CHAIN AND version = 4; DELETE FROM audit WHERE chain = CHAIN AND n = 4;
        UPDATE streams SET version = 3, n = 3, hash = (SELECT hash FROM audit WHERE chain = CHAIN AND n = 3) WHERE stream = CHAIN`),
    )
    expect(verifyFile(cut, anchors()).bad).toMatchObject({ chain, n: 4, reason: '链尾被截去' })
    expect(verifyFile(cut, new Map()).bad).toBeUndefined()
  })

  it('is a command that names the place and fails', () => {
    const script = fileURLToPath(new URL('../../functions/cli/audit.ts', import.meta.url))
    const verify = () =>
      spawnSync(process.execPath, ['--import', 'tsx', script, 'verify', '--data', player.world.folder], {
        encoding: 'utf8',
      })
    expect(verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('hedong: 相符') })
    copyFileSync(tampered(run("UPDATE events SET type = 'x' WHERE stream = CHAIN AND version = 2")), file)
    expect(verify()).toMatchObject({ status: 1, stdout: expect.stringContaining(`${chain} 第 2 条`) })
  })
})
