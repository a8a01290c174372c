import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DatabaseError } from '../../db/database.ts'
import { FileDatabase } from '../../db/file-database.ts'
import { type Statement, sql } from '../../db/statement.ts'
import { openSmall } from './small-world.ts'

let folder: string
let path: string
let db: FileDatabase
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'turns-'))
  path = join(folder, 'one.db')
  db = new FileDatabase(path, { create: true })
  await db.write([
    sql`CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL CHECK (text <> 'refused')) STRICT`,
  ])
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const note = (id: number, text = `note ${id}`): Statement[] => [
  sql`INSERT INTO notes (id, text) VALUES (${id}, ${text}) RETURNING id`,
  sql`SELECT count(*) AS n FROM notes`,
]
const ids = async () => (await db.read([sql`SELECT id FROM notes ORDER BY id`]))[0]!.map((row) => row.id)
/** Rows as another connection finds them on the disk. */
const committed = () => {
  const other = new Libsql(path, { readonly: true })
  const rows = other.prepare('SELECT id FROM notes ORDER BY id').raw(true).all() as number[][]
  other.close()
  return rows.flat()
}
const settled = async (promises: Promise<unknown>[]) =>
  (await Promise.allSettled(promises)).map((one) =>
    one.status === 'fulfilled' ? 'written' : (one.reason as DatabaseError).kind,
  )

it('answers each write of a turn with its own rows, in the order of their coming', async () => {
  const answers = await Promise.all([1, 2, 3, 4, 5].map((id) => db.write(note(id))))
  expect(answers).toEqual([1, 2, 3, 4, 5].map((id) => [[{ id }], [{ n: id }]]))
  expect(committed()).toEqual([1, 2, 3, 4, 5])
})

it('answers nobody before what it answers is on the disk', async () => {
  const seen = await Promise.all([1, 2, 3].map((id) => db.write(note(id)).then(() => committed())))
  expect(seen).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ])
})

it('lets the refusal of one write be its own', async () => {
  const writes = [note(1), note(2, 'refused'), note(3), [...note(4), ...note(1)], note(5)]
  expect(await settled(writes.map((one) => db.write(one)))).toEqual([
    'written',
    'constraint',
    'written',
    'constraint',
    'written',
  ])
  expect(committed()).toEqual([1, 3, 5])
})

it('keeps the others where SQLite itself undoes the whole transaction', async () => {
  await db.write([
    sql`CREATE TRIGGER undoing BEFORE INSERT ON notes WHEN new.text = 'undo' BEGIN SELECT RAISE(ROLLBACK, 'undone'); END`,
  ])
  const writes = [note(1), note(2, 'undo'), note(3)]
  expect(await settled(writes.map((one) => db.write(one)))).toEqual(['written', 'constraint', 'written'])
  expect(committed()).toEqual([1, 3])
})

it('writes nothing of a turn, nor leaves anyone without an answer, while another process holds the file', async () => {
  const other = new Libsql(path, { timeout: 0 })
  other.exec('BEGIN IMMEDIATE')
  expect(await settled([db.write(note(1)), db.write(note(2))])).toEqual(['busy', 'busy'])
  const late = [db.write(note(3)), db.write(note(4))]
  setTimeout(() => other.exec('ROLLBACK'), 25)
  expect(await settled(late)).toEqual(['written', 'written'])
  other.close()
  expect(await ids()).toEqual([3, 4])
})

it('serves the writes of a turn before its reads, and each read with its own rows', async () => {
  const found = (id: number) => sql`SELECT text FROM notes WHERE id = ${id}`
  const [one, , none, both] = await Promise.all([
    db.read([found(1)]),
    db.write([...note(1), ...note(2)]),
    db.read([found(9), found(2)]),
    db.read([sql`SELECT id FROM notes ORDER BY id`, found(1), found(2)]),
  ])
  expect(one).toEqual([[{ text: 'note 1' }]])
  expect(none).toEqual([[], [{ text: 'note 2' }]])
  expect(both).toEqual([[{ id: 1 }, { id: 2 }], [{ text: 'note 1' }], [{ text: 'note 2' }]])
})

it('lets the error of one read be its own', async () => {
  await db.write(note(1))
  const asked = [sql`SELECT id FROM notes`, sql`SELECT x FROM nowhere`, sql`SELECT text FROM notes`]
  expect(await settled(asked.map((one) => db.read([one])))).toEqual(['written', 'unknown', 'written'])
  await expect(db.read([sql`DELETE FROM notes`])).rejects.toThrow(DatabaseError)
  expect(await ids()).toEqual([1])
})

it('serves what waits before it closes', async () => {
  const waiting = [db.write(note(1)), db.write(note(2)), db.read([sql`SELECT count(*) AS n FROM notes`])]
  db.close()
  expect(await Promise.all(waiting)).toEqual([
    [[{ id: 1 }], [{ n: 1 }]],
    [[{ id: 2 }], [{ n: 2 }]],
    [[{ n: 2 }]],
  ])
  expect(committed()).toEqual([1, 2])
})

it('bodies of a joint review that speak in one moment are all heard', async () => {
  const bodies = ['approver', 'finance', 'audit', 'office', 'government']
  const small = await openSmall(
    `steps: {declare: {}, review: {after: declare, by: lead, opinions: {from: [${bodies}]}}}`,
  )
  try {
    for (let round = 0; round < 5; round += 1) {
      const id = await small.project()
      expect(await small.said(small.step('unit', id, 'declare'))).toBe('200')
      const said = await Promise.all(
        bodies.map((body) =>
          small.said(small.post(body, `/projects/${id}/steps/review/opinions`, { value: 'agree' })),
        ),
      )
      expect(said).toEqual(bodies.map(() => '200'))
      const { steps } = (await small.get('lead', `/projects/${id}/case`)).body
      const review = steps.find((step: { id: string }) => step.id === 'review')
      expect(review.opinions.map((one: { value?: string }) => one.value)).toEqual(bodies.map(() => 'agree'))
    }
  } finally {
    small.world.close()
  }
})
