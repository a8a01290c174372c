import { optionalText, sql, text } from '../../../db/statement.ts'
import type { PlatformContext } from '../context.ts'
import { enterPlatform } from '../enter.ts'
import { notFound } from '../errors.ts'

const MOST = 20

/** A policy version of a tenant, as its author wrote it. */
export interface PolicyVersion {
  hash: string
  effectiveOn: string
  title: string
  number: string | null
  text: string
  adoptedAt: string
  adoptedBy: string
}

/** The newest versions of a tenant's policy, newest first. Platform administrators only. */
export async function listVersions(
  ctx: PlatformContext,
  tenant: string,
): Promise<{ tenant: string; name: string; items: PolicyVersion[] }> {
  const { rows } = await enterPlatform(ctx, (actor) => actor.role === 'platform-administrator', [
    sql`SELECT name FROM tenants WHERE id = ${tenant}`,
    sql`SELECT p.hash, p.effective_on, p.title, p.number, p.text, p.adopted_at, ifnull(u.name, p.adopted_by) AS adopted_by
      FROM policies p LEFT JOIN platform_users u ON u.id = p.adopted_by
      WHERE p.tenant_id = ${tenant} ORDER BY p.effective_on DESC LIMIT ${MOST}`,
  ])
  const found = rows[0]?.[0]
  if (!found) throw notFound()
  const items = (rows[1] ?? []).map((row) => ({
    hash: text(row, 'hash'),
    effectiveOn: text(row, 'effective_on'),
    title: text(row, 'title'),
    number: optionalText(row, 'number') ?? null,
    text: text(row, 'text'),
    adoptedAt: text(row, 'adopted_at'),
    adoptedBy: text(row, 'adopted_by'),
  }))
  return { tenant, name: text(found, 'name'), items }
}
