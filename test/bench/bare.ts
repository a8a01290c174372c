import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { serve } from '@hono/node-server'
import { createClient } from '@libsql/client'
import { Hono } from 'hono'
import Libsql from 'libsql'
import { FileDatabase } from '../../db/file-database.ts'
import { bindable, type Statement } from '../../db/statement.ts'
import type { Recorded } from './recorded.ts'

/**
 * Bare routes that write and read what the service does, in a process of their own: through the database room that the
 * service itself uses, which writes what comes in one turn in one transaction; by `libsql` with a transaction for each
 * request; through `batch` of @libsql/client.
 */

const { writes, list, paths } = deserialize(readFileSync(process.argv[2]!)) as Recorded
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1000'
const bare = new Hono()

const room = new FileDatabase(paths.bare)
bare.post('/bare/step', async (c) => {
  const { n } = await c.req.json<{ n: number }>()
  await room.write(writes[n]!)
  return c.json({ ok: true })
})
bare.get('/bare/list', async (c) => {
  const [rows] = await room.read(list)
  return c.json({ items: rows })
})

const single = new Libsql(paths.single)
single.exec(PRAGMAS)
const prepared = new Map<string, Libsql.Statement>()
const prepare = (text: string) => {
  const known = prepared.get(text) ?? single.prepare(text)
  prepared.set(text, known)
  return known
}
bare.post('/bare/single-step', async (c) => {
  const { n } = await c.req.json<{ n: number }>()
  single.exec('BEGIN IMMEDIATE')
  for (const one of writes[n]!) prepare(one.sql).run(one.args.map(bindable))
  single.exec('COMMIT')
  return c.json({ ok: true })
})

const plain = createClient({ url: `file:${paths.plain}`, concurrency: 1 })
await plain.executeMultiple(PRAGMAS)
const asBatch = (statements: readonly Statement[]) =>
  statements.map((one) => ({ sql: one.sql, args: one.args.map(bindable) }))
bare.post('/bare/plain-step', async (c) => {
  const { n } = await c.req.json<{ n: number }>()
  await plain.batch(asBatch(writes[n]!), 'write')
  return c.json({ ok: true })
})
bare.get('/bare/plain-list', async (c) => {
  const [found] = await plain.batch(asBatch(list), 'read')
  return c.json({ items: found?.rows })
})

serve({ port: 0, hostname: '127.0.0.1', fetch: bare.fetch }, (info) => {
  process.send?.({ url: `http://127.0.0.1:${info.port}` })
})
