import { type Act, positionOf, positionStatement } from '../../../db/ledger.ts'
import { append } from '../../../db/tenant/append.ts'
import type { RegulationProblem } from '../../core/policy/regulation/parts.ts'
import type { Deps } from '../../deps.ts'
import { commit, retried } from '../commit.ts'
import { shanghaiDay, type TenantContext } from '../context.ts'
import { enter, isAdministrator, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { versionOn } from './policies.ts'
import { keepable, regulationStream, regulationWrite, takenApart } from './regulation-text.ts'

/** The text of the regulation that a version was written from; an empty one takes it away. */
export interface RegulationText {
  /** Hash of the policy version. */
  hash: string
  text: string
  /** Only says what would be found. */
  dryRun?: boolean
}

/** What was found in a text, and where it and the policy disagree. */
export interface GivenRegulation {
  hash: string
  found: number
  problems: RegulationProblem[]
  /** Whether the text is kept now. */
  given: boolean
}

/** Gives a version of the policy its regulation's own text. Only the tenant's administrator may. */
export async function giveRegulation(ctx: TenantContext, input: RegulationText): Promise<GivenRegulation> {
  const { policies } = ctx.deps
  const { hash, text } = input
  return retried(async () => {
    const entry = await enter<GivenRegulation>(ctx, isAdministrator, [
      policies.statement(ctx.tenant),
      positionStatement(regulationStream(hash)),
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const adopted = policies.versions(ctx.tenant, entry.rows[0] ?? []).find((one) => one.hash === hash)
    if (!adopted) throw notFound()
    const take = input.dryRun ? takenApart : keepable
    const regulation = text.trim() === '' ? undefined : take(text, adopted.policy)
    const { found, problems } = regulation ?? { found: 0, problems: [] }
    const result = { hash, found, problems, given: regulation !== undefined }
    if (input.dryRun) return { ...result, given: false }
    const position = positionOf(entry.rows[1]?.[0])
    const by = { name: entry.actor.name, at: ctx.now, today: ctx.today, position }
    return commit(ctx, entry, regulationWrite(hash, regulation && { text, regulation }, by), result)
  })
}

/** The same from the command line, for the version in force on `on` (default today). */
export async function giveRegulationOutside(
  deps: Deps,
  act: Act,
  input: { tenant: string; text: string; on?: string },
): Promise<GivenRegulation & { effectiveOn: string }> {
  const db = deps.databases.tenant(input.tenant)
  const [rows = []] = await db.read([deps.policies.statement(input.tenant)])
  const today = shanghaiDay(act.at)
  const adopted = versionOn(deps.policies.versions(input.tenant, rows), input.on ?? today)
  if (!adopted) throw new AppError('no-policy', `${input.on ?? today} 没有生效的办法`)
  const { hash, effectiveOn } = adopted
  const regulation = keepable(input.text, adopted.policy)
  const [head = []] = await db.read([positionStatement(regulationStream(hash))])
  const by = { name: act.actor.name, at: act.at, today, position: positionOf(head[0]) }
  await append(db, { act, ...regulationWrite(hash, { text: input.text, regulation }, by) })
  const { found, problems } = regulation
  return { hash, effectiveOn, found, problems, given: true }
}
