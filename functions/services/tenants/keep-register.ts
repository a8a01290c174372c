import { positionOf, positionStatement } from '../../../db/ledger.ts'
import { optionalText, type Row, sql, text } from '../../../db/statement.ts'
import { registerEntryStatement } from '../../../db/tenant/batch-projections.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import { organisationsOf } from '../cases/acting.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf, versionFor } from '../cases/case-reads.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember, isOfficer, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { noPolicy } from './no-policy.ts'

/** An entry of a register, valid from day to day. */
export interface RegisterEntry {
  id: string
  name: string
  level: string | null
  from: string | null
  to: string | null
  /** Where a person of the register works. */
  organisation: string | null
}

/** A new entry, or the end of the validity of one that is there. */
export type RegisterChange =
  | {
      register: string
      add: { name: string; level?: string; from?: string; to?: string; organisation?: string }
    }
  | { register: string; end: { id: string; to: string } }

/** Adds an entry to a register or ends one. Only the organisation that keeps the register may. */
export async function changeRegister(ctx: TenantContext, change: RegisterChange): Promise<RegisterEntry> {
  const { register } = change
  const stream = `register:${register}`
  return retried(async () => {
    const entry = await enter<RegisterEntry>(ctx, isOfficer, [
      ...surroundingStatements(ctx, undefined),
      positionStatement(stream),
      sql`SELECT id, name, level, from_on, to_on, organisation FROM register_entries WHERE register = ${register}
        AND (id = ${'end' in change ? change.end.id : ''} OR to_on IS NULL OR to_on >= ${ctx.today})`,
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const around = surroundingsOf(ctx, entry.rows)
    const adopted = versionFor(around, undefined, ctx.today)
    if (!adopted) throw noPolicy(ctx.today)
    const rule = adopted.policy.document.registers?.[register]
    if (!rule) throw notFound()
    const scope = { policy: adopted.policy, units: [], holders: around.holders }
    if (!organisationsOf(scope, rule.keptBy).includes(entry.actor.organisationId))
      throw new AppError('forbidden', `这一名录由 ${adopted.policy.document.parties[rule.keptBy]?.name} 管理`)
    const valid = (entry.rows[SURROUNDINGS + 1] ?? []).map(entryOf)
    const changed = 'add' in change ? added(ctx, rule, valid, change.add) : ended(valid, change.end)
    const others = [
      {
        stream,
        position: positionOf(entry.rows[SURROUNDINGS]?.[0]),
        action: 'add' in change ? 'add-entry' : 'end-entry',
        events: [{ type: 'register-changed', on: ctx.today, payload: { register, entry: changed } }],
      },
    ]
    const { id, name } = changed
    const row = {
      id,
      name,
      level: changed.level ?? undefined,
      from: changed.from ?? undefined,
      to: changed.to ?? undefined,
      organisation: changed.organisation ?? undefined,
    }
    const projections = [registerEntryStatement(register, row), lookAgainEverywhere(ctx.today)]
    return commit(ctx, entry, { others, projections }, changed)
  })
}

/** The entries of a register, in the order they were added. */
export async function listRegister(
  ctx: TenantContext,
  register: string,
  page: PageRequest,
): Promise<Page<RegisterEntry>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT id, name, level, from_on, to_on, organisation FROM register_entries WHERE register = ${register} AND id > ${after}
      ORDER BY id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], page, entryOf, (row) => [text(row, 'id')])
}

function added(
  ctx: TenantContext,
  rule: { levels?: string[]; size?: { atMost?: number } },
  valid: readonly RegisterEntry[],
  entry: { name: string; level?: string; from?: string; to?: string; organisation?: string },
): RegisterEntry {
  if (entry.level !== undefined && !rule.levels?.includes(entry.level))
    throw new AppError('malformed', '没有这一等级', {
      errors: [{ pointer: '#/level', detail: `可为: ${rule.levels?.join(', ') ?? '(无等级)'}` }],
    })
  if (valid.some((one) => one.name === entry.name)) throw new AppError('taken', '名录中已有这一条目')
  if (rule.size?.atMost !== undefined && valid.length >= rule.size.atMost)
    throw new AppError('conflict', `名录至多 ${rule.size.atMost} 条`)
  const { name, level = null, from = null, to = null, organisation = null } = entry
  return { id: ctx.deps.newId(), name, level, from, to, organisation }
}

function ended(valid: readonly RegisterEntry[], { id, to }: { id: string; to: string }): RegisterEntry {
  const entry = valid.find((one) => one.id === id)
  if (!entry) throw notFound()
  return { ...entry, to }
}

function entryOf(row: Row): RegisterEntry {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    level: optionalText(row, 'level') ?? null,
    from: optionalText(row, 'from_on') ?? null,
    to: optionalText(row, 'to_on') ?? null,
    organisation: optionalText(row, 'organisation') ?? null,
  }
}
