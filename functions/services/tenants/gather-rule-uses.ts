import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import {
  forgetUsesStatements,
  type Gathered,
  gatheredOf,
  gatheredStatement,
  keepUsesStatements,
  pageStatement,
  uncountedSanctionsStatement,
} from '../../../db/tenant/rule-uses.ts'
import { ruleBook } from '../../core/policy/touch/rule-book.ts'
import { articleKey } from '../../core/policy/touch/rule-key.ts'
import { sanctionsByTime, touchedRules } from '../../core/policy/touch/touched-rules.ts'
import type { Deps } from '../../deps.ts'
import { seededCalendar } from '../calendar.ts'
import {
  adoptionsOf,
  adoptionsStatement,
  foldWritten,
  type LawBook,
  logStatement,
  type WrittenEvent,
  writtenEventOf,
} from '../cases/case-log.ts'
import {
  type LoadedUnit,
  type Surroundings,
  sanctionsOn,
  surroundingStatements,
  surroundingsOf,
  type TenantHome,
  unitsOf,
  unitsStatement,
} from '../cases/case-reads.ts'
import { shanghaiDay } from '../context.ts'

/** Projects that are walked through at once, and new entries of the log that are looked at at once. */
const PROJECTS = 20
const ENTRIES = 40

/**
 * Brings the rules that projects have met up to the end of a tenant's log; `anew` forgets what was gathered before.
 * When nothing is new, it is one read.
 */
export async function gatherRuleUses(deps: Deps, tenant: string, anew = false): Promise<void> {
  const db = deps.databases.tenant(tenant)
  const today = shanghaiDay(deps.now())
  if (anew) await db.write(forgetUsesStatements())
  for (;;) {
    const rows = await db.read([gatheredStatement(ENTRIES), uncountedSanctionsStatement(today)])
    if (isComplete(gatheredOf(rows[0])) && !rows[1]?.length) return
    const home = { deps, tenant }
    const page = await db.read(usesPageStatements(home, today))
    await db.write(usesOfPage(home, page, today).statements)
  }
}

/** Whether all of the log is counted, for all versions. */
function isComplete({ walked, outdated, pageEnd, seq }: Gathered): boolean {
  return walked === undefined && !outdated && pageEnd <= seq
}

/** Statements for the next page of projects; read their rows with `usesOfPage`. */
export function usesPageStatements(home: TenantHome, today: string): Statement[] {
  const page = pageStatement(PROJECTS, ENTRIES)
  return [
    gatheredStatement(ENTRIES),
    uncountedSanctionsStatement(today),
    adoptionsStatement,
    logStatement(page),
    unitsStatement(
      sql`SELECT DISTINCT p.organisation_id AS id FROM (${page}) s CROSS JOIN projects p ON p.id = substr(s.stream, 9)`,
    ),
    ...surroundingStatements(home, undefined),
  ]
}

/** What a page comes to. */
export interface UsesPage {
  /** What writes it down; none when nothing is new. */
  statements: Statement[]
  /** Whether after this page all of the log is counted. */
  complete: boolean
}

/**
 * The rules that the projects of a page have met. Each project's log is folded anew and looked at after each of its
 * entries, on the entry's own day, with what the case itself had seen of its unit and of other cases by then, with the
 * unit's sanctions of that day and with the windows as announced today. What only the passing of time brings about
 * between two entries is seen at the next of them, save sanctions from missed days. What was refused is in no log; that
 * a veto, a requirement or a sanction held a step up is seen by the state that the project was in.
 */
export function usesOfPage(home: TenantHome, rows: readonly Row[][], today: string): UsesPage {
  const gathered = gatheredOf(rows[0])
  const sanctions = rows[1] ?? []
  if (isComplete(gathered) && sanctions.length === 0) return { statements: [], complete: true }
  const around = surroundingsOf(home, rows.slice(5))
  const law = { ...around, adoptions: adoptionsOf(rows[2] ?? []) }
  const units = unitsOf(rows[4])
  const logs = logsOf(rows[3])
  const uses = new Map<string, Set<string>>()
  for (const [id, log] of logs) {
    try {
      uses.set(id, rulesMet(log, law, units, today))
    } catch (error) {
      const said = String(error).slice(0, 300)
      home.deps.log({ level: 'error', event: 'gather-rules', tenant: home.tenant, project: id, error: said })
    }
  }
  const walking = gathered.walked !== undefined || gathered.outdated
  const last = walking && logs.size >= PROJECTS ? `project:${[...logs.keys()].at(-1)}` : undefined
  for (const row of sanctions) {
    const id = text(row, 'project_id')
    uses.set(id, new Set([...(uses.get(id) ?? []), text(row, 'rule')]))
  }
  const starts = gathered.outdated || gathered.walked === 'project:'
  const seq = walking ? (starts ? gathered.head : gathered.seq) : Math.max(gathered.seq, gathered.pageEnd)
  return {
    statements: keepUsesStatements(
      [...uses].map(([id, keys]) => [id, withArticles(keys, around)]),
      gathered,
      { seq, walked: last },
    ),
    complete: last === undefined && seq >= gathered.head,
  }
}

function logsOf(rows: readonly Row[] = []): Map<string, WrittenEvent[]> {
  const logs = new Map<string, WrittenEvent[]>()
  for (const row of rows) {
    const id = text(row, 'stream').slice('project:'.length)
    const log = logs.get(id)
    if (log) log.push(writtenEventOf(row))
    else logs.set(id, [writtenEventOf(row)])
  }
  return logs
}

function rulesMet(
  log: readonly WrittenEvent[],
  law: LawBook & Pick<Surroundings, 'announced'>,
  units: ReadonlyMap<string, LoadedUnit>,
  today: string,
): Set<string> {
  const keys = new Set<string>()
  const { organisationId } = log[0]!.event as { organisationId?: string }
  const unit = organisationId === undefined ? undefined : units.get(organisationId)
  const outsideOn = (day: string) => ({
    unit: { facts: {}, sanctions: sanctionsOn(unit, day) },
    announced: law.announced,
    calendar: seededCalendar,
  })
  const { state, adopted } = foldWritten(log, law, ({ event }, { before, after, adopted: judge }) => {
    for (const key of touchedRules(judge.policy, { before, event, after }, outsideOn(event.on))) keys.add(key)
  })
  for (const key of sanctionsByTime(adopted.policy, state, today, outsideOn(today))) keys.add(key)
  return keys
}

/** The rules together with the articles that they stand by, in every version that has the rule. */
function withArticles(keys: ReadonlySet<string>, { versions }: Pick<Surroundings, 'versions'>): string[] {
  const found = new Set(keys)
  for (const { hash, policy } of versions) {
    const { unitsOf: cited } = ruleBook(policy.document)
    for (const key of keys) for (const unit of cited.get(key) ?? []) found.add(articleKey(hash, unit))
  }
  return [...found]
}
