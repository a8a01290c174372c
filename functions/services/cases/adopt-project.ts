import type { TenantContext } from '../context.ts'
import { isAdministrator } from '../enter.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'

export interface AdoptProject {
  projectId: string
  reason: string
  steps: { step: string; on: string; outcome?: string; records?: Record<string, unknown> }[]
}

/** Takes a project over in mid-life: steps done before the platform, entered once by the administrator. */
export function adoptProject(ctx: TenantContext, input: AdoptProject): Promise<Result<CaseAnswer>> {
  const { projectId, reason, steps } = input
  return runOnProject(ctx, {
    projectId,
    action: 'adopt',
    may: isAdministrator,
    input,
    command: () => ({ type: 'adopt', by: 'administrator', reason, steps }),
  })
}
