import { optionalText, sql, text } from '../../../db/statement.ts'
import type { DueReason } from '../../core/case/due-ground.ts'
import type { RequestContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { enterOverseer } from './oversee-scope.ts'

/** What a project of a jurisdiction below owes by a day, and why by that day. */
export interface OverseenDues {
  /** The version of the jurisdiction's policy that judges the project; null until the feed has read on. */
  policy: string | null
  items: {
    item: string
    step: string
    title: string
    parties: string[]
    dueOn: string
    provisional: boolean
    /** Null until the feed has read on. */
    reason: DueReason | null
  }[]
}

/** The due days of one project with their reasons, the earliest first; two round trips. */
export async function overseeDues(
  ctx: RequestContext,
  asked: { jurisdiction: string; project: string },
): Promise<OverseenDues> {
  const { overseen, oversight } = await enterOverseer(ctx, asked.jurisdiction)
  const tenant = overseen.find(({ id }) => id === asked.jurisdiction)
  if (!tenant) throw notFound()
  const [projects = [], owed = []] = await oversight.read([
    sql`SELECT policy_hash FROM projects WHERE tenant_id = ${tenant.id} AND id = ${asked.project}`,
    sql`SELECT item, step, title, parties, due_on, provisional, reason FROM obligations
      INDEXED BY obligations_by_project WHERE tenant_id = ${tenant.id} AND project_id = ${asked.project}
      ORDER BY due_on`,
  ])
  if (!projects[0]) throw notFound()
  return {
    policy: optionalText(projects[0], 'policy_hash') ?? null,
    items: owed.map((row) => {
      const reason = optionalText(row, 'reason')
      return {
        item: text(row, 'item'),
        step: text(row, 'step'),
        title: text(row, 'title'),
        parties: JSON.parse(text(row, 'parties')) as string[],
        dueOn: text(row, 'due_on'),
        provisional: row.provisional === 1,
        reason: reason === undefined ? null : (JSON.parse(reason) as DueReason),
      }
    }),
  }
}
