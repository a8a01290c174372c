import { optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { PlatformContext } from '../context.ts'
import { enterPlatform } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** A jurisdiction on the platform, with the policy version that was adopted last. */
export interface Tenant {
  id: string
  name: string
  division: string
  level: string
  superior: string | null
  policy: { title: string; number: string | null; effectiveOn: string } | null
}

/** The tenants by id. Platform administrators only. */
export async function listTenants(ctx: PlatformContext, page: PageRequest): Promise<Page<Tenant>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const { rows } = await enterPlatform(ctx, (actor) => actor.role === 'platform-administrator', [
    sql`SELECT t.id, t.name, t.division, t.level, t.superior, p.title, p.number, p.effective_on FROM tenants t
      LEFT JOIN policies p ON p.tenant_id = t.id
        AND p.effective_on = (SELECT max(effective_on) FROM policies WHERE tenant_id = t.id)
      WHERE t.id > ${after} ORDER BY t.id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], page, tenantOf, (row) => [text(row, 'id')])
}

function tenantOf(row: Row): Tenant {
  const title = optionalText(row, 'title')
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    division: text(row, 'division'),
    level: text(row, 'level'),
    superior: optionalText(row, 'superior') ?? null,
    policy:
      title === undefined
        ? null
        : { title, number: optionalText(row, 'number') ?? null, effectiveOn: text(row, 'effective_on') },
  }
}
