import { canonical } from '../../../db/canonical.ts'
import type { EventActor } from '../../../db/ledger.ts'
import { integer, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { upsertStates } from '../../../db/tenant/append.ts'
import { announcementStatement, registerEntryStatement } from '../../../db/tenant/batch-projections.ts'
import { deskStatement, type NoticeRow, noticeStatements } from '../../../db/tenant/notices.ts'
import { documentStatements, materialUseStatements } from '../../../db/tenant/projections.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import type { Values } from '../../core/policy/state.ts'
import type { Deps } from '../../deps.ts'
import { refreshBatches } from '../batches/refresh-batches.ts'
import {
  adoptionsOf,
  adoptionsStatement,
  foldWritten,
  type LawBook,
  type WrittenEvent,
} from '../cases/case-log.ts'
import { type Holders, surroundingStatements, surroundingsOf } from '../cases/case-reads.ts'
import { noticesOf } from '../cases/notices-of.ts'
import { documentsOf, usesOf } from '../cases/projection.ts'
import { refreshProjects } from '../cases/refresh-projects.ts'
import { shanghaiDay } from '../context.ts'
import { deskOf } from '../desk/desk-events.ts'
import { gatherRuleUses } from './gather-rule-uses.ts'
import { holdersThen, holdingStatements } from './holders-then.ts'
import { splitAnew } from './regulation-text.ts'

const CHUNK = 100

/** Tables that are made from the events, children before their parents. */
export const DERIVED = [
  'todos',
  'documents',
  'material_uses',
  'unit_sanctions',
  'project_parties',
  'project_words',
  'projects',
  'batch_items',
  'batches',
  'register_entries',
  'announcements',
  'desk',
  'regulation_parts',
  'streams',
] as const

/** An event as the log has it. */
interface Logged {
  seq: number
  stream: string
  version: number
  recordedAt: string
  actor: EventActor
  payload: unknown
}

/**
 * Empties every derived table of a tenant and makes it again from the events. Run it alone: it can be started anew
 * after a crash, but not beside a server.
 */
export async function rebuildTenant(
  deps: Deps,
  tenant: string,
): Promise<{ streams: number; events: number }> {
  const db = deps.databases.tenant(tenant)
  await db.write([
    ...DERIVED.map((table) => ({ sql: `DELETE FROM ${table}`, args: [] })),
    // Reminders were made of the to-dos of their day, which no event tells.
    sql`DELETE FROM notices WHERE origin IS NULL`,
  ])
  const then = holdersThen(await db.read(holdingStatements()))
  const counted = { streams: 0, events: 0 }
  const home = { deps, tenant }
  for (const [kind, rows] of Object.entries(REBUILDERS)) {
    const [adoptions = [], ...surrounding] = await db.read([
      adoptionsStatement,
      ...surroundingStatements(home, undefined),
    ])
    const around = { ...surroundingsOf(home, surrounding), adoptions: adoptionsOf(adoptions) }
    let after = `${kind}:`
    for (;;) {
      const page = sql`SELECT DISTINCT stream FROM events WHERE stream > ${after} AND stream < ${`${kind};`} ORDER BY stream LIMIT ${CHUNK}`
      const [events = [], heads = []] = await db.read([
        sql`SELECT seq, stream, version, recorded_at, actor, payload FROM events WHERE stream IN (${page}) ORDER BY stream, version`,
        sql`SELECT a.chain, a.n, a.hash FROM audit a WHERE a.chain IN (${page})
          AND a.n = (SELECT max(n) FROM audit WHERE chain = a.chain)`,
      ])
      if (!events.length) break
      const positions = new Map(heads.map((row) => [text(row, 'chain'), row]))
      const statements: Statement[] = []
      for (const [stream, log] of grouped(events)) {
        after = stream
        counted.streams++
        counted.events += log.length
        const made = rows(stream.slice(kind.length + 1), log, {
          around,
          then,
          today: shanghaiDay(deps.now()),
        })
        statements.push(...made.statements)
        if (made.state !== undefined)
          statements.push(stateRow(stream, log.length, positions.get(stream), made.state))
      }
      await db.write(statements)
    }
  }
  await splitAnew(deps, tenant)
  await refreshProjects(deps, tenant)
  await refreshBatches(deps, tenant)
  await gatherRuleUses(deps, tenant, true)
  return counted
}

interface Made {
  statements: Statement[]
  state?: unknown
}

/** What a stream's rows hang on. */
interface Place {
  around: LawBook
  then: (seq: number) => Holders
  today: string
}

/** How each kind of stream becomes rows; units, registers and announcements before what hangs on them. */
const REBUILDERS: Record<string, (id: string, log: Logged[], place: Place) => Made> = {
  unit(_id, log) {
    let facts: Values = {}
    for (const { payload } of log) facts = { ...facts, ...(payload as { facts: Values }).facts }
    return { statements: [], state: { facts } }
  },
  register(_id, log) {
    type Entry = {
      id: string
      name: string
      level: string | null
      from: string | null
      to: string | null
      organisation?: string | null
    }
    const changes = log.map(({ payload }) => payload as { register: string; entry: Entry })
    return {
      statements: changes.map(({ register, entry }) =>
        registerEntryStatement(register, {
          id: entry.id,
          name: entry.name,
          level: entry.level ?? undefined,
          from: entry.from ?? undefined,
          to: entry.to ?? undefined,
          organisation: entry.organisation ?? undefined,
        }),
      ),
    }
  },
  announcement(_id, log) {
    type Days = { step: string; year: number; from: string | null; to: string }
    const last = log.at(-1)!.payload as Days
    return { statements: [announcementStatement({ ...last, from: last.from ?? undefined })] }
  },
  project(id, log, { around, then, today }) {
    const opened = log[0]!.payload as { title: string; organisationId: string }
    const effects: Statement[] = []
    const notices: NoticeRow[] = []
    const { state, adopted, counting } = foldWritten(log.map(writtenOf), around, (entry, seen) => {
      effects.push(...materialUseStatements(id, usesOf(entry.event)))
      const scope = { policy: seen.adopted.policy, units: [opened.organisationId], holders: then(entry.seq) }
      notices.push(...noticesOf(scope, { projectId: id, ...entry, ...seen }))
    })
    for (const { entry, adopted: judge } of counting)
      effects.push(...documentStatements(id, documentsOf(judge.policy, id, entry.event, entry.version)))
    effects.push(...noticeStatements(notices))
    const statements: Statement[] = [
      sql`INSERT INTO projects (id, organisation_id, title, policy, secret, stage, settled, version, as_of, next_change_on,
          created_at, updated_at) VALUES (${id}, ${opened.organisationId}, ${opened.title}, ${adopted.hash}, 0, '', 0,
          ${log.length}, ${today}, ${today}, ${log[0]!.recordedAt}, ${log.at(-1)!.recordedAt})`,
    ]
    return { statements: [...statements, ...effects], state }
  },
  desk(subject, log) {
    const rows = deskOf(subject, log)
    return {
      statements: [...rows.desk.map(deskStatement), ...noticeStatements(rows.notices)],
    }
  },
  batch(id, log, { around }) {
    const opened = log[0]!.payload as { title: string; once?: string }
    const { state, adopted } = foldWritten(log.map(writtenOf), around)
    return {
      statements: [
        sql`INSERT INTO batches (id, procedure, year, once, policy, title, version, created_at, updated_at) VALUES (${id},
          ${state.procedure}, ${state.year}, ${opened.once}, ${adopted.hash}, ${opened.title}, ${log.length},
          ${log[0]!.recordedAt}, ${log.at(-1)!.recordedAt})`,
      ],
      state,
    }
  },
}

function writtenOf({ seq, version, recordedAt: at, payload }: Logged): WrittenEvent {
  return { seq, version, at, event: payload as CaseEvent }
}

function stateRow(stream: string, version: number, head: Row | undefined, state: unknown): Statement {
  if (!head) throw new Error(`${stream} has events but no audit entry`)
  const position = { version, n: integer(head, 'n'), hash: text(head, 'hash') }
  return upsertStates([{ stream, state: JSON.stringify(state) }], [position])
}

function grouped(rows: readonly Row[]): Map<string, Logged[]> {
  const streams = new Map<string, Logged[]>()
  for (const row of rows) {
    const stream = text(row, 'stream')
    const entry: Logged = {
      seq: integer(row, 'seq'),
      actor: JSON.parse(text(row, 'actor')) as EventActor,
      stream,
      version: integer(row, 'version'),
      recordedAt: text(row, 'recorded_at'),
      payload: JSON.parse(text(row, 'payload')),
    }
    const log = streams.get(stream)
    if (log) log.push(entry)
    else streams.set(stream, [entry])
  }
  return streams
}

/** One text for all that is derived, for comparing a rebuild with what was there. */
export async function derivedContent(deps: Deps, tenant: string): Promise<Record<string, string[]>> {
  const shown = [...DERIVED, 'notices']
  const tables = await deps.databases
    .tenant(tenant)
    .read(shown.map((table) => ({ sql: `SELECT * FROM ${table}`, args: [] })))
  return Object.fromEntries(shown.map((table, i) => [table, (tables[i] ?? []).map(comparable).sort()]))
}

/** States are compared as values, whose keys may come in another order; how often rows were made does not count. */
function comparable({ made: _, ...row }: Row): string {
  // A place in the search index means nothing.
  if ('initials' in row) delete row.n
  const state = typeof row.state === 'string' ? JSON.parse(row.state) : undefined
  return canonical(state === undefined ? row : { ...row, state })
}
