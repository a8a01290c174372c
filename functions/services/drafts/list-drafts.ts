import { integer, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { me } from '../notices/list-notices.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** A form that a person has begun to fill in, as lists show it. */
export interface DraftItem {
  id: string
  kind: 'declaration'
  title: string
  /** Number of the last saving; the entity tag of an edit. */
  version: number
  updatedAt: string
}

/** A draft with what was filled in. */
export interface Draft extends DraftItem {
  content: Record<string, unknown>
}

/** The person's own drafts, the newest begun first. */
export async function listDrafts(ctx: TenantContext, page: PageRequest): Promise<Page<DraftItem>> {
  const before = decodeCursor(page.after, 1)?.[0] ?? '~'
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT id, kind, title, version, updated_at FROM drafts WHERE user_id = ${me(ctx)} AND id < ${before}
      ORDER BY id DESC LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], page, draftItem, (row) => [text(row, 'id')])
}

/** One draft of the person's own. Throws `not-found` for anybody else's. */
export async function readDraft(ctx: TenantContext, id: string): Promise<Draft> {
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT id, kind, title, version, updated_at, content FROM drafts WHERE id = ${id} AND user_id = ${me(ctx)}`,
  ])
  const row = rows[0]?.[0]
  if (!row) throw notFound()
  return { ...draftItem(row), content: JSON.parse(text(row, 'content')) as Record<string, unknown> }
}

/** A row of `drafts` without its content. */
export function draftItem(row: Row): DraftItem {
  return {
    id: text(row, 'id'),
    kind: text(row, 'kind') as DraftItem['kind'],
    title: text(row, 'title'),
    version: integer(row, 'version'),
    updatedAt: text(row, 'updated_at'),
  }
}
