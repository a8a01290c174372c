import { insertAnswer, writeLedger } from '../../../db/ledger.ts'
import { integer, sql } from '../../../db/statement.ts'
import { retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { answerRow, enter, isOfficer, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { me } from '../notices/list-notices.ts'
import type { DraftItem } from './list-drafts.ts'

const MOST = 30
const LONGEST = 64 * 1024

export interface DraftInput {
  title: string
  content: Record<string, unknown>
}

/** Begins a draft of the person's own. A draft is nobody else's affair and no part of the log. */
export async function beginDraft(
  ctx: TenantContext,
  input: DraftInput & { kind: DraftItem['kind'] },
): Promise<DraftItem> {
  const content = contentOf(input)
  return retried(async () => {
    const { actor, rows, answered, touch } = await enter<DraftItem>(ctx, isOfficer, [
      sql`SELECT count(*) AS n FROM drafts WHERE user_id = ${me(ctx)}`,
    ])
    requireKey(ctx)
    if (answered) return answered
    if (integer(rows[0]![0]!, 'n') >= MOST)
      throw new AppError('conflict', `草稿至多 ${MOST} 份, 请先删去不用的`)
    const { kind, title } = input
    const draft = { id: ctx.deps.newId(), kind, title, version: 1, updatedAt: ctx.now.toISOString() }
    await writeLedger(ctx.db, [
      insertAnswer(answerRow(ctx, actor, draft), ctx.now),
      sql`INSERT INTO drafts (id, user_id, kind, title, content, version, updated_at) VALUES (${draft.id}, ${actor.userId},
        ${kind}, ${title}, ${content}, 1, ${draft.updatedAt})`,
      ...touch,
    ])
    return draft
  })
}

/** Saves a draft. Throws `stale` when it was saved elsewhere since `version` was read. */
export async function keepDraft(
  ctx: TenantContext,
  input: DraftInput & { id: string; version: number },
): Promise<DraftItem> {
  const content = contentOf(input)
  const { actor, rows, touch } = await enter(ctx, isOfficer, [
    sql`SELECT version FROM drafts WHERE id = ${input.id} AND user_id = ${me(ctx)}`,
  ])
  if (!rows[0]?.[0]) throw notFound()
  const updatedAt = ctx.now.toISOString()
  const [saved = []] = await ctx.db.write([
    sql`UPDATE drafts SET title = ${input.title}, content = ${content}, version = version + 1, updated_at = ${updatedAt}
      WHERE id = ${input.id} AND user_id = ${actor.userId} AND version = ${input.version} RETURNING version`,
    ...touch,
  ])
  if (!saved[0]) throw new AppError('stale', '这份草稿已在别处保存过, 请比较两份内容')
  const { id, title } = input
  return { id, kind: 'declaration', title, version: integer(saved[0], 'version'), updatedAt }
}

/** Throws a draft of the person's own away; one that is gone already stays so. */
export async function dropDraft(ctx: TenantContext, id: string): Promise<void> {
  const { actor, touch } = await enter(ctx, isOfficer, [])
  await ctx.db.write([sql`DELETE FROM drafts WHERE id = ${id} AND user_id = ${actor.userId}`, ...touch])
}

function contentOf({ content }: DraftInput): string {
  const text = JSON.stringify(content)
  if (text.length > LONGEST) throw new AppError('too-large', `草稿不得超过 ${LONGEST} 个字符`)
  return text
}
