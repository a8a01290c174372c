import { counted, type Database } from '../../db/database.ts'
import type { RequestContext } from './context.ts'

/** The tenant's database, or the control database without a tenant; its round trips count for the request. */
export function databaseOf(ctx: RequestContext, tenant: string | undefined): Database {
  const { databases } = ctx.deps
  return counted(tenant === undefined ? databases.control() : databases.tenant(tenant), ctx.trips)
}
