import { DatabaseError, GUARD } from '../../../db/database.ts'
import { type Statement, sql } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, enter, isMember } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { type SavedView, VIEW_COLUMNS, type ViewContent, viewOf } from './saved-views.ts'

/** Replaces a view of the person's own. Throws `not-found` for one of others, `stale` when it was changed meanwhile. */
export async function changeView(
  ctx: TenantContext,
  input: ViewContent & { viewId: string; version: number },
): Promise<SavedView> {
  const { viewId, version, ...content } = input
  const { actor, touch, view } = await ownView(ctx, viewId, version)
  await writeGuarded(ctx, [
    sql`UPDATE views SET name = ${content.name}, shared = ${content.shared}, query = ${content.query},
      columns = ${JSON.stringify(content.columns)}, version = version + 1, updated_at = ${ctx.now.toISOString()}
      WHERE id = ${viewId} AND user_id = ${actor.userId} AND version = ${version}`,
    ...CHANGED,
    ...touch,
  ])
  return { ...view, ...content, version: version + 1 }
}

/** Removes a view of the person's own. */
export async function dropView(
  ctx: TenantContext,
  input: { viewId: string; version: number },
): Promise<void> {
  const { actor, touch } = await ownView(ctx, input.viewId, input.version)
  await writeGuarded(ctx, [
    sql`DELETE FROM views WHERE id = ${input.viewId} AND user_id = ${actor.userId} AND version = ${input.version}`,
    ...CHANGED,
    ...touch,
  ])
}

/** Fails the batch unless the statement before it changed a row. */
export const CHANGED: readonly Statement[] = [
  sql`INSERT INTO guard (ok) SELECT changes()`,
  sql`DELETE FROM guard`,
]

/** Writes a guarded batch. Throws `stale` when the guard stopped it. */
export async function writeGuarded(ctx: TenantContext, statements: readonly Statement[]): Promise<void> {
  try {
    await ctx.db.write(statements)
  } catch (error) {
    if (error instanceof DatabaseError && error.violates(GUARD)) throw stale()
    throw error
  }
}

async function ownView(
  ctx: TenantContext,
  viewId: string,
  version: number,
): Promise<{ actor: Actor; touch: readonly Statement[]; view: SavedView }> {
  const { actor, rows, touch } = await enter(ctx, isMember, [
    sql`SELECT ${VIEW_COLUMNS} FROM views v WHERE v.id = ${viewId}`,
  ])
  const row = rows[0]?.[0]
  const view = row && viewOf(row, actor.userId)
  if (!view?.mine) throw notFound()
  if (view.version !== version) throw stale()
  return { actor, touch, view }
}

function stale(): AppError {
  return new AppError('stale', '内容已有更新, 请重新读取')
}
