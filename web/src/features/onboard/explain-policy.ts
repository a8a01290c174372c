import { declaredFields } from '../../../../functions/core/case/fields.ts'
import { openCase } from '../../../../functions/core/case/open.ts'
import { standing } from '../../../../functions/core/case/standing.ts'
import { lookAt } from '../../../../functions/core/policy/engine/environment.ts'
import type { Outside, Policy } from '../../../../functions/core/policy/model.ts'
import type { Calendar } from '../../../../functions/core/values/workdays.ts'
import type { Explanation } from '../../shared/explanation.ts'

/** What a project with these facts would go through under a policy that nobody has adopted yet; `on` is an ISO day. */
export function explainWith(
  policy: Policy,
  facts: Record<string, unknown>,
  calendar: Calendar,
  on: string,
): Explanation {
  const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar }
  const opened = openCase(policy, { id: 'tried', facts }, outside, on)
  const { title, effective } = policy.document.policy
  const head = { hash: '', effectiveOn: effective, title }
  if (!opened.ok) {
    // With facts that cannot be, the fields still show, so that they can be put right.
    const blank = openCase(policy, { id: 'tried', facts: {} }, outside, on)
    if (!blank.ok) throw new Error('a project without facts cannot be opened')
    const fields = declaredFields(lookAt(policy, blank.state, outside, on))
    return {
      policy: head,
      findings: opened.findings,
      standing: standing(policy, blank.state, outside, on),
      fields,
    }
  }
  const around = { ...outside, unit: { ...outside.unit, facts: opened.state.unit } }
  return {
    policy: head,
    findings: opened.findings,
    standing: standing(policy, opened.state, around, on),
    fields: declaredFields(lookAt(policy, opened.state, around, on)),
  }
}
