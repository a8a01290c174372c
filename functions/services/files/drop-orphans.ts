import { sql, text } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'

const GRACE_MS = 24 * 3_600_000
const CHUNK = 200

/**
 * Deletes stored files of a tenant that no row names: uploads that were cut off after the file and before its row. A
 * file younger than a day may still get its row.
 * @returns how many were deleted.
 */
export async function dropOrphans(deps: Deps, tenant: string): Promise<number> {
  const before = deps.now().getTime() - GRACE_MS
  let dropped = 0
  let keys: string[] = []
  const flush = async (): Promise<void> => {
    if (!keys.length) return
    const [rows = []] = await deps.databases.tenant(tenant).read([
      sql`SELECT value FROM json_each(${JSON.stringify(keys)}) WHERE value NOT IN (SELECT storage_key FROM materials
        WHERE storage_key IN (SELECT value FROM json_each(${JSON.stringify(keys)})))`,
    ])
    for (const row of rows) {
      await deps.files.delete(text(row, 'value'))
      dropped++
    }
    keys = []
  }
  for await (const { key, storedAt } of deps.files.list(`${tenant}/`)) {
    if (storedAt.getTime() < before) keys.push(key)
    if (keys.length >= CHUNK) await flush()
  }
  await flush()
  return dropped
}
