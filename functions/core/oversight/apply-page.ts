import { readsLog } from '../case/fold-log.ts'
import type { Calendar } from '../values/workdays.ts'
import { type LogEntry, type PolicyVersion, projectOfStream } from './log-entry.ts'
import { foldProject, isSecret, type ProjectFold, type VersionsAt } from './project-fold.ts'
import { foldTenant, type Reach, type TenantFold, versionsKnown } from './tenant-fold.ts'

/** A run of consecutive entries of a tenant's log and what is known before them. */
export interface Page {
  entries: readonly LogEntry[]
  tenant: TenantFold
  /** Folds of the projects that the entries are about, where one is kept. */
  folds: ReadonlyMap<string, ProjectFold>
  /**
   * By stream, all earlier events of projects that are not kept (secret ones, which leave no trace but in passing) and of
   * those in which something is taken back or read anew.
   */
  histories: ReadonlyMap<string, readonly LogEntry[]>
  /** Streams that are not read any more. */
  parked: ReadonlySet<string>
  versions: readonly PolicyVersion[]
  calendar: Calendar
}

/** What a page changes. */
export interface PageResult {
  /** How many entries were folded; the next one failed when it is fewer than given. */
  applied: number
  tenant: TenantFold
  /** Organisations whose other projects must be looked at again. */
  reach: Reach
  /** Folds by project; undefined for a project that must not be kept. */
  projects: Map<string, ProjectFold | undefined>
  failure?: { seq: number; stream: string; error: string }
}

/** Folds a page entry by entry, up to the first that cannot be folded. */
export function applyPage(page: Page): PageResult {
  const projects = new Map<string, ProjectFold | undefined>()
  const withheld = new Set<string>()
  let tenant = page.tenant
  const reached = new Set<string>()
  let all = false
  const versionsAt: VersionsAt = (entry) => versionsKnown(page.versions, tenant, entry.seq)
  const isKeptBack = (fold: ProjectFold): boolean => isSecret(fold, versionsKnown(page.versions, tenant))
  const pasts = new Map<string, LogEntry[]>()
  for (const { stream, type } of page.entries)
    if (readsLog(type)) pasts.set(stream, [...(page.histories.get(stream) ?? [])])
  const foldOne = (entry: LogEntry): void => {
    const id = projectOfStream(entry.stream)
    if (id === undefined) {
      const folded = foldTenant(tenant, entry)
      tenant = folded.fold
      if (folded.reach === 'all') all = true
      else for (const organisation of folded.reach) reached.add(organisation)
      return
    }
    if (withheld.has(id)) return
    const known = projects.get(id) ?? page.folds.get(id) ?? recalled(page, versionsAt, entry.stream)
    if (known === 'withheld') {
      withheld.add(id)
      return
    }
    try {
      const past = pasts.get(entry.stream)
      projects.set(id, foldProject(known, entry, versionsAt, page.calendar, past))
      past?.push(entry)
    } catch (error) {
      if (!known || !isKeptBack(known)) throw error
      // INVARIANT: of a secret project not even its failure goes up.
      withheld.add(id)
    }
  }
  let applied = 0
  let failure: PageResult['failure']
  for (const entry of page.entries) {
    if (!page.parked.has(entry.stream))
      try {
        foldOne(entry)
      } catch (error) {
        failure = { seq: entry.seq, stream: entry.stream, error: String(error).slice(0, 300) }
        break
      }
    applied++
  }
  for (const [id, fold] of projects)
    if (withheld.has(id) || (fold && isKeptBack(fold))) projects.set(id, undefined)
  return { applied, tenant, reach: all ? 'all' : [...reached].sort(), projects, failure }
}

/** A project of which nothing is kept, from its whole history; one that cannot be read stays withheld. */
function recalled(page: Page, versionsAt: VersionsAt, stream: string): ProjectFold | 'withheld' | undefined {
  let fold: ProjectFold | undefined
  const past: LogEntry[] = []
  try {
    for (const entry of page.histories.get(stream) ?? []) {
      fold = foldProject(fold, entry, versionsAt, page.calendar, past)
      past.push(entry)
    }
  } catch {
    return 'withheld'
  }
  return fold
}
