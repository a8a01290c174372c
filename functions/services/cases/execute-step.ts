import type { ExecuteCommand } from '../../core/policy/command.ts'
import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { type CaseInHand, runOnProject } from './case-command.ts'
import { inTheNameOf, partiesForStep, requireHeld } from './wanted-parties.ts'

/** A material as handed in: one of the policy's, with the uploaded file or the reason why there is none. */
export interface HandedIn {
  id: string
  file?: string
  reason?: string
  contents?: string[]
}

/** What an execution states. Which of it is needed, the policy says. */
export interface StepInput {
  as?: string
  outcome?: string
  records?: Record<string, unknown>
  materials?: (string | HandedIn)[]
  opinions?: Record<string, unknown>
  witness?: string[]
  experts?: (string | { name: string; agrees?: boolean })[]
  checks?: Record<string, string>
  minute?: { number: string; heldOn: string; file?: string }
  remark?: string
  period?: string
  part?: string
}

/** Which step of which project; `procedure` names an instance such as `change-1`. */
export interface ExecuteStep extends StepInput {
  projectId: string
  step: string
  procedure?: string
}

/**
 * Executes one step on behalf of the actor's organisation. Opinions and attestations of other organisations are given
 * by themselves; here only those of parties that the acting organisation holds or records for are taken.
 */
export function executeStep(ctx: TenantContext, input: ExecuteStep): Promise<Result<CaseAnswer>> {
  return runOnProject(ctx, {
    projectId: input.projectId,
    action: `execute:${input.step}`,
    input,
    files: [...filesOf(input.materials), ...(input.minute?.file ? [input.minute.file] : [])],
    command: (hand) => executeCommand(hand, input),
  })
}

/** The engine's command for an execution by the person in hand. */
export function executeCommand(hand: CaseInHand, input: Omit<ExecuteStep, 'projectId'>): ExecuteCommand {
  requireHeld(hand, [...Object.keys(input.opinions ?? {}), ...(input.witness ?? [])])
  const { as, ...stated } = input
  const by = inTheNameOf(hand, partiesForStep(hand, input.step, input.procedure), as)
  return { type: 'execute', ...stated, by }
}

/** Ids of the uploaded files that materials refer to. */
export function filesOf(materials: StepInput['materials']): string[] {
  return (materials ?? []).flatMap((one) =>
    typeof one === 'object' && one.file !== undefined ? [one.file] : [],
  )
}
