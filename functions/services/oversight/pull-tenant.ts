import { advance, type Cursor, type FeedNote, LostRace } from '../../../db/oversight/cursor.ts'
import {
  dropTenantStatements,
  foldOf,
  keepStatements,
  parkStatement,
  remakeLater,
  tenantFoldStatement,
  withdrawStatements,
} from '../../../db/oversight/rows.ts'
import { type Statement, sql, text } from '../../../db/statement.ts'
import { applyPage, type PageResult } from '../../core/oversight/apply-page.ts'
import { type LogEntry, type PolicyVersion, projectOfStream } from '../../core/oversight/log-entry.ts'
import type { ProjectFold } from '../../core/oversight/project-fold.ts'
import { NO_TENANT, type TenantFold } from '../../core/oversight/tenant-fold.ts'
import type { Deps } from '../../deps.ts'
import { seededCalendar } from '../calendar.ts'
import { madeRows, remakeRows } from './remake-rows.ts'
import {
  consecutive,
  entryOf,
  historiesOf,
  type LoggedEntry,
  type LogLook,
  lookAtLog,
  markOf,
  versionsOf,
  wholeActs,
} from './tenant-log.ts'

/** How often a stream is tried before it is read no more. */
export const MAX_TRIES = 10

/** A tenant to pull and what is known of it. */
export interface Pull {
  tenant: string
  division: string
  cursor: Cursor | undefined
  note: FeedNote | undefined
  /** The day that rows are made for. */
  day: string
  /** Pages at most, so that one tenant does not hold up the others. */
  pages: number
}

/** `behind`: more to read · `stuck`: an entry cannot be folded, to be tried again · `raced`: another feeder is at it. */
export interface Pulled {
  tenant: string
  state: 'current' | 'behind' | 'stuck' | 'down' | 'raced'
  applied: number
  note: FeedNote
}

/** The state of one pull. */
export interface Pulling extends Pull {
  deps: Deps
  versions: PolicyVersion[] | undefined
  applied: number
  head: number
  failed: { stream: string; error: string; tries: number } | undefined
}

/** Reads on in one tenant's log and makes the rows that follow. Throws what the databases throw. */
export async function pullTenant(deps: Deps, pull: Pull): Promise<Pulled> {
  const work: Pulling = { ...pull, deps, versions: undefined, applied: 0, head: 0, failed: undefined }
  try {
    const state = await readOn(work)
    return { tenant: pull.tenant, state, applied: work.applied, note: noteOf(work) }
  } catch (error) {
    if (!(error instanceof LostRace)) throw error
    return { tenant: pull.tenant, state: 'raced', applied: work.applied, note: noteOf(work) }
  }
}

async function readOn(work: Pulling): Promise<Pulled['state']> {
  const { deps, tenant } = work
  const log = deps.databases.tenant(tenant)
  for (let page = 0; ; page++) {
    const look = await lookAtLog(log, work.cursor?.seq ?? 0)
    work.head = look.head
    const reason = otherLog(work.cursor, look, deps.build.version)
    if (reason !== undefined) {
      await begin(work, look, reason)
      continue
    }
    const cursor = work.cursor!
    const { entries, gap } = consecutive(look.following, cursor.seq)
    if (gap !== undefined && entries.length === 0) throw new Error(`gap: ${cursor.seq + 1} expected, ${gap} found`)
    if (look.policies !== cursor.policies) await remakeAll(work, look)
    if (entries.length === 0 && look.head > cursor.seq) throw new Error(`gap: ${cursor.seq + 1} expected, none found`)
    if (entries.length === 0) break
    if (page >= work.pages) return 'behind'
    await fold(work, wholeActs(entries), look)
    if (work.failed) break
  }
  if (work.cursor!.asOf !== work.day) await remakeRows(work)
  return work.failed ? 'stuck' : work.cursor!.asOf === work.day ? 'current' : 'behind'
}

/** Why what was read belongs to another log, or was folded by another program; undefined when one may read on. */
function otherLog(cursor: Cursor | undefined, look: LogLook, program: string): string | undefined {
  if (!cursor) return 'new'
  if (cursor.madeBy !== program) return 'program'
  if (cursor.epoch !== look.epoch) return 'epoch'
  if (cursor.seq > look.head) return 'shorter'
  if (cursor.seq > 0 && cursor.mark !== look.mark) return 'different'
  return undefined
}

/** Begins a tenant anew: what was read of another log is no fact any more. */
async function begin(work: Pulling, look: LogLook, reason: string): Promise<void> {
  const { deps, tenant } = work
  if (reason !== 'new') deps.log({ level: 'warn', event: 'oversight-anew', tenant, reason })
  work.cursor = await advance(
    deps.databases.oversight(),
    tenant,
    work.cursor,
    {
      epoch: look.epoch,
      seq: 0,
      mark: '',
      policies: look.policies,
      madeBy: deps.build.version,
      asOf: '',
    },
    dropTenantStatements(tenant),
  )
  work.note = undefined
}

async function remakeAll(work: Pulling, look: LogLook): Promise<void> {
  const { deps, tenant, cursor } = work
  const to = { ...cursor!, policies: look.policies, asOf: '' }
  work.cursor = await advance(deps.databases.oversight(), tenant, cursor, to, remakeLater(tenant, 'all'))
  work.versions = undefined
}

/** Folds entries and writes what follows with the cursor, up to the first that cannot be folded. */
async function fold(work: Pulling, entries: readonly LoggedEntry[], look: LogLook): Promise<void> {
  const { deps, tenant } = work
  const cursor = work.cursor!
  const log = deps.databases.tenant(tenant)
  work.versions ??= await versionsOf(log, deps.policies, tenant)
  const read = entries.map(entryOf)
  const kept = await keptOf(work, read)
  const histories = await historiesOf(log, unkeptStreams(read, kept), cursor.seq, look.epoch)
  const { versions } = work
  const result = applyPage({ entries: read, ...kept, histories, versions, calendar: seededCalendar })
  const parked = result.failure && countTry(work, result.failure)
  if (result.applied === 0 && !parked) return
  const made = [...result.projects.values()].flatMap((one) =>
    one ? [{ fold: one, rows: madeRows(work, versions, result.tenant, one) }] : [],
  )
  const gone = [...result.projects].flatMap(([id, one]) => (!one && kept.folds.has(id) ? [id] : []))
  const reached = result.reach === 'all' || result.reach.length > 0
  const last = entries[result.applied - 1]
  work.cursor = await advance(
    deps.databases.oversight(),
    tenant,
    cursor,
    {
      ...cursor,
      seq: last?.seq ?? cursor.seq,
      mark: last ? markOf(last.row) : cursor.mark,
      asOf: reached || made.some((one) => one.rows === undefined) ? '' : cursor.asOf,
    },
    [
      ...(result.tenant === kept.tenant ? [] : [tenantFoldStatement(tenant, result.tenant)]),
      ...keepStatements(tenant, work.division, work.day, made),
      ...withdrawStatements(tenant, gone),
      ...remakeLater(tenant, result.reach),
      ...(parked ? parkStatements(work, result.failure!) : []),
    ],
  )
  work.applied += result.applied
}

interface Kept {
  tenant: TenantFold
  folds: Map<string, ProjectFold>
  parked: Set<string>
}

async function keptOf(work: Pulling, entries: readonly LogEntry[]): Promise<Kept> {
  const ids = JSON.stringify([...new Set(entries.flatMap(({ stream }) => projectOfStream(stream) ?? []))])
  const [tenant = [], folds = [], parked = []] = await work.deps.databases.oversight().read([
    sql`SELECT fold FROM tenant_folds WHERE tenant_id = ${work.tenant}`,
    sql`SELECT project_id, fold FROM folds WHERE tenant_id = ${work.tenant}
      AND project_id IN (SELECT value FROM json_each(${ids}))`,
    sql`SELECT stream FROM parked WHERE tenant_id = ${work.tenant}`,
  ])
  return {
    tenant: tenant[0] ? (JSON.parse(text(tenant[0], 'fold')) as TenantFold) : NO_TENANT,
    folds: new Map(folds.map((row) => [text(row, 'project_id'), foldOf(row)])),
    parked: new Set(parked.map((row) => text(row, 'stream'))),
  }
}

/** Streams of projects that go on here but of which nothing is kept. */
function unkeptStreams(entries: readonly LogEntry[], kept: Kept): string[] {
  const begun = new Set<string>()
  const unkept = new Set<string>()
  for (const { stream, version } of entries) {
    const id = projectOfStream(stream)
    if (version === 1) begun.add(stream)
    else if (id !== undefined && !begun.has(stream) && !kept.folds.has(id) && !kept.parked.has(stream))
      unkept.add(stream)
  }
  return [...unkept]
}

/** Counts a failed try; true when it was the last and the stream is to be read no more. */
function countTry(work: Pulling, failure: { stream: string; error: string }): boolean {
  const tries = (work.note?.stuck === failure.stream ? work.note.tries : 0) + 1
  work.note = undefined
  if (tries >= MAX_TRIES) return true
  work.failed = { stream: failure.stream, error: failure.error, tries }
  return false
}

/** The rows of a project whose log cannot be read are no longer what the log says: they go. */
function parkStatements(work: Pulling, failure: NonNullable<PageResult['failure']>): Statement[] {
  const { stream, seq, error } = failure
  const id = projectOfStream(stream)
  work.deps.log({ level: 'error', event: 'oversight-parked', tenant: work.tenant, seq })
  return [
    parkStatement(work.tenant, { stream, seq, error, at: work.deps.now().toISOString() }),
    ...(id === undefined ? [] : withdrawStatements(work.tenant, [id])),
  ]
}

function noteOf({ deps, tenant, head, failed }: Pulling): FeedNote {
  const at = deps.now().toISOString()
  const trouble = { error: failed?.error, stuck: failed?.stream, tries: failed?.tries ?? 0 }
  return { tenant, head, pulledAt: at, triedAt: at, ...trouble }
}
