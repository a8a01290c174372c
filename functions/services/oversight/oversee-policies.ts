import { optionalText, sql, text } from '../../../db/statement.ts'
import { type ComparedRow, compareRules } from '../../core/policy/compare.ts'
import type { RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { decodeCursor, encodeCursor } from '../page.ts'
import { enterOverseer, type Overseen } from './oversee-scope.ts'

/** A jurisdiction and the policy that it has in force. */
export interface OverseenPolicy extends Overseen {
  /** Null where none is in force on the day. */
  policy: {
    hash: string
    title: string
    number: string | null
    effectiveOn: string
    /** How good the text at hand is: `full-text`, `reprint`, `commentary`. */
    source: string
    /** What the text at hand does not show. */
    unseen: string[]
  } | null
}

/** Policies side by side; `next` leads to the jurisdictions that follow. */
export interface ComparedPolicies {
  on: string
  jurisdictions: OverseenPolicy[]
  rows: ComparedRow[]
  next: string | null
}

/**
 * What the jurisdictions below the overseer's rule about the same things on a day, some jurisdictions at a time; two
 * round trips. Expired policies rule nothing.
 */
export async function overseePolicies(
  ctx: RequestContext,
  filter: { jurisdiction?: string; on?: string; limit: number; after?: string },
): Promise<ComparedPolicies> {
  const on = filter.on ?? ctx.today
  const after = decodeCursor(filter.after, 2)
  const { overseen } = await enterOverseer(ctx, filter.jurisdiction)
  const ahead = overseen.filter(
    ({ division, id }) => !after || division > after[0]! || (division === after[0] && id > after[1]!),
  )
  const shown = ahead.slice(0, filter.limit)
  const ids = JSON.stringify(shown.map(({ id }) => id))
  const [rows = []] = await databaseOf(ctx, undefined).read([
    sql`SELECT p.tenant_id, p.hash, p.effective_on, p.title, p.number, p.text FROM policies p
      WHERE p.tenant_id IN (SELECT value FROM json_each(${ids})) AND p.effective_on =
        (SELECT max(q.effective_on) FROM policies q WHERE q.tenant_id = p.tenant_id AND q.effective_on <= ${on})`,
  ])
  const found = rows.map((row) => {
    const id = text(row, 'tenant_id')
    const version = ctx.deps.policies.compiled(id, {
      hash: text(row, 'hash'),
      effectiveOn: text(row, 'effective_on'),
      text: text(row, 'text'),
    })
    return { id, version, title: text(row, 'title'), number: optionalText(row, 'number') ?? null }
  })
  const inForce = found.filter(({ version }) => !((version.policy.document.policy.expires ?? '9') < on))
  const last = shown.at(-1)
  return {
    on,
    jurisdictions: shown.map((one) => {
      const own = inForce.find(({ id }) => id === one.id)
      const header = own?.version.policy.document.policy
      return {
        ...one,
        policy:
          own && header
            ? {
                hash: own.version.hash,
                title: own.title,
                number: own.number,
                effectiveOn: own.version.effectiveOn,
                source: header.source,
                unseen: header.unseen ?? [],
              }
            : null,
      }
    }),
    rows: compareRules(inForce.map(({ id, version }) => ({ id, policy: version.policy }))),
    next: ahead.length > shown.length && last ? encodeCursor([last.division, last.id]) : null,
  }
}
