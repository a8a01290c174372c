import { positionOf, positionStatement } from '../../../db/ledger.ts'
import { integer, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import { announcementStatement } from '../../../db/tenant/batch-projections.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import { organisationsOf } from '../cases/acting.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf, versionFor } from '../cases/case-reads.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember, isOfficer, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { noPolicy } from './no-policy.ts'

/** The days on which a step is open in a year, where the policy lets a party set them. */
export interface Announcement {
  step: string
  year: number
  from: string | null
  to: string
}

/** Announces the days of a step; a later announcement replaces an earlier one. */
export async function announceWindow(
  ctx: TenantContext,
  input: { step: string; year: number; from?: string; to: string },
): Promise<Announcement> {
  const stream = `announcement:${input.step}:${input.year}`
  return retried(async () => {
    const entry = await enter<Announcement>(ctx, isOfficer, [
      ...surroundingStatements(ctx, undefined),
      positionStatement(stream),
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const around = surroundingsOf(ctx, entry.rows)
    const adopted = versionFor(around, undefined, ctx.today)
    if (!adopted) throw noPolicy(ctx.today)
    const { policy } = adopted
    const party = policy.steps[policy.stepIndex.get(input.step) ?? -1]?.window?.text.announced
    if (party === undefined) throw notFound()
    const scope = { policy, units: [], holders: around.holders }
    if (!organisationsOf(scope, party).includes(entry.actor.organisationId))
      throw new AppError('forbidden', `办理时间由 ${policy.document.parties[party]?.name} 公布`)
    if (input.from !== undefined && input.from > input.to)
      throw new AppError('malformed', '起日不得晚于止日', {
        errors: [{ pointer: '#/from', detail: '不得晚于 to' }],
      })
    const announcement: Announcement = {
      step: input.step,
      year: input.year,
      from: input.from ?? null,
      to: input.to,
    }
    const others = [
      {
        stream,
        position: positionOf(entry.rows[SURROUNDINGS]?.[0]),
        action: 'announce',
        events: [{ type: 'window-announced', on: ctx.today, payload: announcement }],
      },
    ]
    const projections = [announcementStatement(input), lookAgainEverywhere(ctx.today)]
    return commit(ctx, entry, { others, projections }, announcement)
  })
}

/** All announcements; a step and year has one. */
export async function listAnnouncements(ctx: TenantContext): Promise<{ items: Announcement[] }> {
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT step, year, from_on, to_on FROM announcements ORDER BY step, year LIMIT 500`,
  ])
  return { items: (rows[0] ?? []).map(announcementOf) }
}

function announcementOf(row: Row): Announcement {
  return {
    step: text(row, 'step'),
    year: integer(row, 'year'),
    from: optionalText(row, 'from_on') ?? null,
    to: text(row, 'to_on'),
  }
}
