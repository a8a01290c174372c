import { integer, sql, text } from '../../../db/statement.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'

/** A file on its way out. */
export interface Download {
  name: string
  mediaType: string
  size: number
  sha256: string
  body: ReadableStream<Uint8Array>
}

/** A stored file, for its own organisation and for whoever may see a project that uses it. */
export async function fetchMaterial(ctx: TenantContext, id: string): Promise<Download> {
  const { actor, rows } = await enter(ctx, isMember, [
    sql`SELECT organisation_id, name, media_type, size, sha256, storage_key FROM materials WHERE id = ${id}`,
    sql`SELECT p.organisation_id AS owner, (SELECT json_group_array(organisation_id) FROM project_parties h
        WHERE h.project_id = p.id) AS holders
      FROM material_uses m JOIN projects p ON p.id = m.project_id WHERE m.material_id = ${id}`,
  ])
  const row = rows[0]?.[0]
  if (!row) throw notFound()
  const uses = rows[1] ?? []
  const visible =
    text(row, 'organisation_id') === actor.organisationId ||
    uses.some(
      (use) =>
        seesAllProjects(actor) ||
        use.owner === actor.organisationId ||
        (JSON.parse(text(use, 'holders')) as string[]).includes(actor.organisationId),
    )
  if (!visible) throw notFound()
  const body = await ctx.deps.files.get(text(row, 'storage_key'))
  if (!body) throw notFound()
  return {
    name: text(row, 'name'),
    mediaType: text(row, 'media_type'),
    size: integer(row, 'size'),
    sha256: text(row, 'sha256'),
    body,
  }
}
