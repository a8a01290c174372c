import { advance, type Cursor, type FeedNote, LostRace } from '../../../db/oversight/cursor.ts'
import {
  dropTenantStatements,
  foldOf,
  keepStatements,
  remakeLater,
  tenantFoldStatement,
  withdrawStatements,
} from '../../../db/oversight/rows.ts'
import { sql, text } from '../../../db/statement.ts'
import { readsLog } from '../../core/case/fold-log.ts'
import { applyPage } from '../../core/oversight/apply-page.ts'
import { type LogEntry, projectOfStream } from '../../core/oversight/log-entry.ts'
import type { ProjectFold } from '../../core/oversight/project-fold.ts'
import { NO_TENANT, type TenantFold } from '../../core/oversight/tenant-fold.ts'
import type { Deps } from '../../deps.ts'
import { seededCalendar } from '../calendar.ts'
import { countTry, noteOf, type Pull, type Pulling, parkStatements } from './pulling.ts'
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

/** `behind`: more to read · `stuck`: an entry cannot be folded, to be tried again · `raced`: another feeder is at it. */
export interface Pulled {
  tenant: string
  state: 'current' | 'behind' | 'stuck' | 'down' | 'raced'
  applied: number
  note: FeedNote
}

/** Reads on in one tenant's log and makes the rows that follow. Throws what the databases throw. */
export async function pullTenant(deps: Deps, pull: Pull): Promise<Pulled> {
  const work: Pulling = {
    ...pull,
    deps,
    versions: undefined,
    applied: 0,
    head: 0,
    failed: undefined,
    unmade: undefined,
  }
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
  let begun = false
  for (let page = 0; ; page++) {
    const look = await lookAtLog(log, work.cursor?.seq ?? 0)
    work.head = look.head
    const reason = otherLog(work.cursor, look, deps.build.version)
    if (reason !== undefined) {
      if (begun) throw new Error(`another log from one look to the next: ${reason}`)
      begun = true
      await begin(work, look, reason)
      continue
    }
    const cursor = work.cursor!
    const entries = consecutive(look.following, cursor.seq)
    if (cursor.asOf > work.day) await remakeAll(work)
    if (entries.length === 0) {
      if (look.head > cursor.seq)
        throw new Error(`gap: ${cursor.seq + 1} has not come, ${look.head} is there`)
      break
    }
    if (page >= work.pages) return 'behind'
    await fold(work, wholeActs(entries), look)
    if (work.failed) break
  }
  if (work.cursor!.asOf < work.day) await remakeRows(work)
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
      madeBy: deps.build.version,
      asOf: '',
    },
    dropTenantStatements(tenant),
  )
  work.note = undefined
}

/** Has all rows made anew, for a clock that was put back. */
async function remakeAll(work: Pulling): Promise<void> {
  const { deps, tenant, cursor } = work
  const to = { ...cursor!, asOf: '' }
  work.cursor = await advance(deps.databases.oversight(), tenant, cursor, to, remakeLater(tenant, 'all'))
}

/** Folds entries and writes what follows with the cursor, up to the first that cannot be folded. */
async function fold(work: Pulling, entries: readonly LoggedEntry[], look: LogLook): Promise<void> {
  const { deps, tenant } = work
  const cursor = work.cursor!
  const log = deps.databases.tenant(tenant)
  const read = entries.map(entryOf)
  if (read.some(({ stream }) => stream === 'directory')) work.versions = undefined
  work.versions ??= await versionsOf(log, deps.policies, tenant)
  const kept = await keptOf(work, read)
  const histories = await historiesOf(log, streamsToRecall(read, kept), cursor.seq, look.epoch)
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

/** Streams of projects that go on here but of which nothing is kept, and those that an event takes back in or reads anew. */
function streamsToRecall(entries: readonly LogEntry[], kept: Kept): string[] {
  const begun = new Set<string>()
  const unkept = new Set<string>()
  for (const { stream, version, type } of entries) {
    if (readsLog(type)) unkept.add(stream)
    const id = projectOfStream(stream)
    if (version === 1) begun.add(stream)
    else if (id !== undefined && !begun.has(stream) && !kept.folds.has(id) && !kept.parked.has(stream))
      unkept.add(stream)
  }
  return [...unkept]
}
