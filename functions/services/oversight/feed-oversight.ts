import {
  type Cursor,
  cursorStatements,
  cursorsOf,
  type FeedNote,
  noteStatement,
} from '../../../db/oversight/cursor.ts'
import { sql, text } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'
import { shanghaiDay } from '../context.ts'
import { type Pulled, pullTenant } from './pull-tenant.ts'

const TENANTS_AT_ONCE = 500
const PULLS_AT_ONCE = 4
const PAGES_A_ROUND = 20
const DEADLINE_MS = 30_000

/** Which tenants, and how far in one go. */
export interface FeedOptions {
  /** Only these; all without. */
  tenants?: readonly string[]
  pages?: number
}

/** What a round did with one tenant. */
export type Fed = Pick<Pulled, 'tenant' | 'state' | 'applied'> & { error: string | undefined }

/**
 * One round: reads on in the log of each tenant and makes the rows that follow. A tenant that does not answer, or whose
 * log cannot be read on, is noted and does not hold up the others. Safe to run twice at once.
 */
export async function feedOversight(deps: Deps, options: FeedOptions = {}): Promise<Fed[]> {
  const day = shanghaiDay(deps.now())
  const fed: Fed[] = []
  for await (const tenants of registered(deps, options.tenants)) {
    const ids = tenants.map(({ tenant }) => tenant)
    const { cursors, notes } = cursorsOf(await deps.databases.oversight().read(cursorStatements(ids)))
    const round = await eachOf(tenants, PULLS_AT_ONCE, ({ tenant, division }) =>
      pullOrNote(deps, {
        tenant,
        division,
        day,
        cursor: cursors.get(tenant),
        note: notes.get(tenant),
        pages: options.pages ?? PAGES_A_ROUND,
      }),
    )
    const kept = round.filter(({ state }) => state !== 'raced').map(({ note }) => note)
    if (kept.length) await deps.databases.oversight().write([noteStatement(kept)])
    fed.push(
      ...round.map(({ tenant, state, applied, note }) => ({ tenant, state, applied, error: note.error })),
    )
  }
  return fed
}

interface Registered {
  tenant: string
  division: string
}

/** The tenants as the control database names them, page by page. */
async function* registered(deps: Deps, only: readonly string[] | undefined): AsyncGenerator<Registered[]> {
  const wanted =
    only === undefined ? sql`true` : sql`id IN (SELECT value FROM json_each(${JSON.stringify(only)}))`
  let after = ''
  for (;;) {
    const [rows = []] = await deps.databases
      .control()
      .read([
        sql`SELECT id, division FROM tenants WHERE id > ${after} AND ${wanted} ORDER BY id LIMIT ${TENANTS_AT_ONCE}`,
      ])
    if (rows.length) yield rows.map((row) => ({ tenant: text(row, 'id'), division: text(row, 'division') }))
    if (rows.length < TENANTS_AT_ONCE) return
    after = text(rows.at(-1)!, 'id')
  }
}

async function pullOrNote(
  deps: Deps,
  pull: Registered & { day: string; cursor: Cursor | undefined; note: FeedNote | undefined; pages: number },
): Promise<Pulled> {
  try {
    return await beforeDeadline(pullTenant(deps, pull))
  } catch (error) {
    const { tenant, note } = pull
    const told = String(error).slice(0, 300)
    deps.log({ level: 'error', event: 'oversight', tenant, error: told })
    return {
      tenant,
      state: 'down',
      applied: 0,
      note: {
        tenant,
        head: note?.head ?? 0,
        pulledAt: note?.pulledAt,
        triedAt: deps.now().toISOString(),
        error: told,
        stuck: note?.stuck,
        tries: note?.tries ?? 0,
      },
    }
  }
}

/** Gives up waiting; what is still under way can do no harm, since every write is bound to its cursor. */
async function beforeDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Results in the order of the items, a few at a time. */
async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
