import { checkPolicy } from '../../core/policy/check.ts'
import type { PolicyDocument } from '../../core/policy/document/document.ts'
import { loadPolicy } from '../../core/policy/load.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../errors.ts'

/** A policy that may be adopted. Throws `policy-refused` with every problem and its position. */
export async function checkedPolicy(
  text: string,
  file: string,
  { provePolicy }: Pick<Deps, 'provePolicy'>,
): Promise<PolicyDocument> {
  const { problems } = provePolicy ? await provePolicy(text, file) : checkPolicy(text, file)
  const errors = problems.filter((problem) => problem.severity === 'error')
  const { policy } = errors.length ? {} : loadPolicy(text, file)
  if (!policy)
    throw new AppError('policy-refused', `办法有 ${errors.length} 处错误, 不能采用`, { problems: errors })
  return policy.document
}

/**
 * A policy whose proofs have been run elsewhere: one that ships with the program and is checked by its tests. Throws
 * `policy-refused` when it does not even compile.
 */
export async function loadedPolicy(text: string, file: string): Promise<PolicyDocument> {
  const { policy, problems } = loadPolicy(text, file)
  if (!policy) throw new AppError('policy-refused', '办法不能读取', { problems })
  return policy.document
}

/** The day from which a policy is in force: its own, or the one given where the text does not show it. */
export function effectiveDay(document: PolicyDocument, given: string | undefined): string {
  const { effective } = document.policy
  if (effective === 'unseen') {
    if (given) return given
    throw new AppError('malformed', '文本看不到施行日期, 请给出采用的日期', {
      errors: [{ pointer: '#/effectiveOn', detail: '必填' }],
    })
  }
  if (given && given !== effective)
    throw new AppError('malformed', `文本写明自 ${effective} 起施行`, {
      errors: [{ pointer: '#/effectiveOn', detail: '与文本不一致' }],
    })
  return effective
}
