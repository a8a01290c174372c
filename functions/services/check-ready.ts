import { sql } from '../../db/statement.ts'
import type { RequestContext } from './context.ts'
import { databaseOf } from './database-of.ts'
import { AppError } from './errors.ts'

/** Throws `busy` unless the control database answers. */
export async function checkReady(ctx: RequestContext): Promise<void> {
  try {
    await databaseOf(ctx, undefined).read([sql`SELECT 1 AS one`])
  } catch {
    throw new AppError('busy', '控制库不可用')
  }
}
