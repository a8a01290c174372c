import { reminderStatements } from '../../../db/tenant/notices.ts'
import { addDays } from '../../core/values/day.ts'
import type { Deps } from '../../deps.ts'
import { shanghaiDay } from '../context.ts'

/** Reminds the organisations of a tenant of what falls due within three days and of what has. Part of the sweep. */
export async function remind(deps: Deps, tenant: string): Promise<void> {
  const now = deps.now()
  const today = shanghaiDay(now)
  await deps.databases.tenant(tenant).write(reminderStatements(today, addDays(today, 3), now.toISOString()))
}
