import { declaredFields } from '../../core/case/fields.ts'
import type { FormField } from '../../core/case/form-view.ts'
import { openCase } from '../../core/case/open.ts'
import { standing } from '../../core/case/standing.ts'
import type { Standing } from '../../core/case/standing-view.ts'
import { lookAt } from '../../core/policy/engine/environment.ts'
import type { Finding } from '../../core/policy/model-finding.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { ok, type Result, refused } from '../result.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { outsideOf, surroundingStatements, surroundingsOf, versionFor, wordsOf } from './case-reads.ts'

/** What a project with these facts would have before it. */
export interface Explanation {
  policy: { hash: string; effectiveOn: string; title: string }
  findings: Finding[]
  standing: Standing
  /** What a declaration with these facts states; fields whose condition fails are left out. */
  fields: FormField[]
}

/** Explains, without storing anything, which steps a project with these facts has, by whom, when and why. */
export async function explainFacts(
  ctx: TenantContext,
  input: { facts: Record<string, unknown>; on?: string },
): Promise<Result<Explanation>> {
  const { rows } = await enter(ctx, isMember, surroundingStatements(ctx, wordsOf(input.facts)))
  const around = surroundingsOf(ctx, rows)
  const day = input.on ?? ctx.today
  const adopted = versionFor(around, undefined, day)
  if (!adopted) throw noPolicy(day)
  const { policy, hash, effectiveOn } = adopted
  const outside = outsideOf(policy, around, undefined, day)
  const opened = openCase(policy, { id: 'explained', facts: input.facts }, outside, day)
  if (!opened.ok) return refused(opened.findings)
  const unit = { ...outside.unit, facts: opened.state.unit }
  return ok({
    policy: { hash, effectiveOn, title: policy.document.policy.title },
    findings: opened.findings,
    standing: standing(policy, opened.state, { ...outside, unit }, day),
    fields: declaredFields(lookAt(policy, opened.state, { ...outside, unit }, day)),
  })
}
