import { counted, type Database } from '../../../db/database.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { isBelow, statedSuperiors } from '../../core/oversight/superior.ts'
import { PLATFORM, type PlatformContext, type RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { enterPlatform } from '../enter.ts'
import { notFound } from '../errors.ts'

/** A jurisdiction on the platform as its overseers see it. */
export interface Overseen {
  id: string
  name: string
  division: string
  level: string
  superior: string | null
}

/** Which projects. `none` asks for those that have no such value. */
export interface OverseeFilter {
  /** A tenant's id, or a division: that jurisdiction and all below it. */
  jurisdiction?: string
  year?: number | 'none'
  stage?: string
  category?: string
}

/**
 * Opens an overseer's verb: the jurisdictions below the overseer's division, narrowed to the one asked for. Platform
 * administrators are refused; people of a tenant find nothing here, and neither does who asks beyond the own division.
 * `statements` of the control database are read on the way, in the same round trip.
 */
export async function enterOverseer(
  ctx: RequestContext,
  jurisdiction: string | undefined,
  statements: readonly Statement[] = [],
): Promise<{ division: string; overseen: Overseen[]; oversight: Database; rows: Row[][] }> {
  if (ctx.token && ctx.token.scope !== PLATFORM) throw notFound()
  const platform: PlatformContext = { ...ctx, db: databaseOf(ctx, undefined) }
  const { actor, rows } = await enterPlatform(platform, ({ role }) => role === 'overseer', [
    sql`SELECT id, name, division, level, superior FROM tenants ORDER BY division, id`,
    ...statements,
  ])
  const division = actor.division ?? ''
  const all = (rows[0] ?? []).map(overseenOf)
  const places = all.map((one) => ({ division: one.division, superior: one.superior ?? undefined }))
  const stated = statedSuperiors(places)
  const within = (one: Overseen, top: string): boolean =>
    isBelow({ division: one.division, superior: one.superior ?? undefined }, top, stated)
  const below = all.filter((one) => within(one, division))
  const overseen =
    jurisdiction === undefined
      ? below
      : below.filter(
          (one) => one.id === jurisdiction || one.division === jurisdiction || within(one, jurisdiction),
        )
  if (jurisdiction !== undefined && overseen.length === 0) throw notFound()
  const oversight = counted(ctx.deps.databases.oversight(), ctx.trips)
  return { division, overseen, oversight, rows: rows.slice(1) }
}

/** Conditions of a filter on `projects p`; which jurisdictions is a condition of its own. */
export function filterConditions({ year, stage, category }: OverseeFilter): Statement[] {
  return [
    ...(stage === undefined ? [] : [sql`p.stage = ${stage}`]),
    ...(year === undefined ? [] : [year === 'none' ? sql`p.plan_year IS NULL` : sql`p.plan_year = ${year}`]),
    ...(category === undefined
      ? []
      : [category === 'none' ? sql`p.category IS NULL` : sql`p.category = ${category}`]),
  ]
}

/** The ids as one argument. */
export function idsOf(overseen: readonly Overseen[]): string {
  return JSON.stringify(overseen.map(({ id }) => id).sort())
}

/** An amount in a row, null where it is not known. */
export function amountIn(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

function overseenOf(row: Row): Overseen {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    division: text(row, 'division'),
    level: text(row, 'level'),
    superior: optionalText(row, 'superior') ?? null,
  }
}
