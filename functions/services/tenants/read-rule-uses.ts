import { integer, text } from '../../../db/statement.ts'
import { countUsesStatement } from '../../../db/tenant/rule-uses.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'

export const RULE_KINDS = ['step', 'decision', 'procedure', 'sanction'] as const

/** How many projects have met a rule. */
export interface RuleUse {
  kind: (typeof RULE_KINDS)[number]
  rule: string
  projects: number
}

/** Projects by rule of the policy, as of now; rules that no project has met are missing. */
export async function readRuleUses(ctx: TenantContext): Promise<RuleUse[]> {
  const { rows } = await enter(ctx, isMember, [countUsesStatement()])
  return (rows[0] ?? []).map((row) => ({
    kind: text(row, 'kind') as RuleUse['kind'],
    rule: text(row, 'rule'),
    projects: integer(row, 'projects'),
  }))
}
