import { integer, type Row, sql, text } from '../../../db/statement.ts'
import { type Dossier, dossierOf } from '../../core/case/dossier.ts'
import type { TenantContext } from '../context.ts'
import { isMember } from '../enter.ts'
import { takeInHand } from './case-command.ts'

/** A file that the project uses. */
export interface DossierFile {
  id: string
  name: string
  size: number
  sha256: string
  storedAt: string
}

/** An opinion as it was given, of this round or of an earlier one. */
export interface DossierOpinion {
  step: string
  procedure?: string
  from: string
  value: string
  aspect?: string
  remark?: string
  on: string
}

/** The dossier of a project with its files and every opinion that was given. */
export interface DossierView extends Dossier {
  files: DossierFile[]
  opinions: DossierOpinion[]
}

/** What was filled in and handed in over the project's life, for whoever may see the project. */
export async function readDossier(ctx: TenantContext, projectId: string): Promise<DossierView> {
  const { hand, rest } = await takeInHand(ctx, {
    projectId,
    may: isMember,
    input: undefined,
    more: [
      sql`SELECT DISTINCT m.id, m.name, m.size, m.sha256, m.created_at FROM material_uses u
        JOIN materials m ON m.id = u.material_id WHERE u.project_id = ${projectId} ORDER BY m.id`,
      sql`SELECT payload FROM events WHERE stream = ${`project:${projectId}`} AND type = 'opinion' ORDER BY version`,
    ],
  })
  return {
    ...dossierOf(hand.adopted.policy, hand.project.state),
    files: (rest[0] ?? []).map(fileOf),
    opinions: (rest[1] ?? []).map(opinionOf),
  }
}

function fileOf(row: Row): DossierFile {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    size: integer(row, 'size'),
    sha256: text(row, 'sha256'),
    storedAt: text(row, 'created_at'),
  }
}

function opinionOf(row: Row): DossierOpinion {
  const { step, instance, from, value, aspect, remark, on } = JSON.parse(
    text(row, 'payload'),
  ) as DossierOpinion & { instance?: string }
  return {
    step,
    ...(instance ? { procedure: instance } : {}),
    from,
    value,
    ...(aspect ? { aspect } : {}),
    ...(remark ? { remark } : {}),
    on,
  }
}
