import type { TenantContext } from '../context.ts'
import { type Actor, isOfficer } from '../enter.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { seesAllProjects } from './visibility.ts'
import { inTheNameOf } from './wanted-parties.ts'

export interface ChangeSanction {
  projectId: string
  sanction: string
  act: 'impose' | 'lift'
  reason: string
  as?: string
}

/** Imposes or lifts a sanction by decision of an authority; a unit cannot. */
export function changeSanction(ctx: TenantContext, input: ChangeSanction): Promise<Result<CaseAnswer>> {
  const { projectId, sanction, act, reason } = input
  return runOnProject(ctx, {
    projectId,
    action: `${act}:${sanction}`,
    may: isAuthority,
    input,
    command: (hand) => {
      const lifter = hand.adopted.policy.sanctions.get(sanction)?.lifted?.by
      const [by = ''] = inTheNameOf(hand, act === 'lift' && lifter ? [lifter] : undefined, input.as)
      return { type: 'sanction', sanction, act, by, reason }
    },
  })
}

function isAuthority(actor: Actor): boolean {
  return isOfficer(actor) && seesAllProjects(actor)
}
