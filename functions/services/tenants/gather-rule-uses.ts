import { integer } from '../../../db/statement.ts'
import {
  forgetUsesStatements,
  gatherUsesStatements,
  ungatheredStatement,
} from '../../../db/tenant/rule-uses.ts'
import type { Deps } from '../../deps.ts'

const AT_ONCE = 5_000

/** Brings the uses of rules up to the end of a tenant's log; `anew` forgets what was gathered before. */
export async function gatherRuleUses(deps: Deps, tenant: string, anew = false): Promise<void> {
  const db = deps.databases.tenant(tenant)
  if (anew) await db.write(forgetUsesStatements())
  for (;;) {
    const [rows = []] = await db.read([ungatheredStatement()])
    if (!rows[0] || integer(rows[0], 'entries') <= 0) return
    await db.write(gatherUsesStatements(AT_ONCE))
  }
}
