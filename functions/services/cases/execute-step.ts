import { isRemarked, sendsBack } from '../../core/case/return-of.ts'
import type { ExecuteCommand } from '../../core/policy/command.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { CaseState } from '../../core/policy/state.ts'
import type { TenantContext } from '../context.ts'
import { AppError } from '../errors.ts'
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
    command(hand) {
      const command = executeCommand(hand, input)
      requireReason(hand.adopted.policy, hand.project.state, command)
      return command
    },
  })
}

/** The engine's command for an execution by the person in hand. */
export function executeCommand(hand: CaseInHand, input: Omit<ExecuteStep, 'projectId'>): ExecuteCommand {
  requireHeld(hand, [...Object.keys(input.opinions ?? {}), ...(input.witness ?? [])])
  const { as, ...stated } = input
  const by = inTheNameOf(hand, partiesForStep(hand, input.step, input.procedure), as)
  return { type: 'execute', ...stated, by }
}

/**
 * Throws `malformed` for a return that does not say why: whoever has to correct reads nothing else of it first. Where
 * several act together, one of them says it.
 */
export function requireReason(policy: Policy, state: CaseState, command: ExecuteCommand): void {
  if (command.remark !== undefined) return
  const { step: id, outcome, procedure, part } = command
  const merged = policy.merges.find((one) => one.id === id)?.steps
  const steps = (merged ?? [policy.stepIndex.get(id) ?? -1]).flatMap((index) => policy.steps[index] ?? [])
  const returns = steps.some(({ outcomes }) =>
    outcomes.some((one) => (one.id === outcome || outcomes.length === 1) && sendsBack(one)),
  )
  if (!returns) return
  const home = procedure ? state.procedures.find((one) => one.id === procedure)?.steps : state.steps
  if (isRemarked(home?.[part === undefined ? id : `${id}#${part}`], state.rev)) return
  throw new AppError('malformed', '这一结果退回重办, 须写明理由, 让对方知道要补正什么', {
    errors: [{ pointer: '#/remark', detail: '请写明退回的理由和要补正的内容' }],
  })
}

/** Ids of the uploaded files that materials refer to. */
export function filesOf(materials: StepInput['materials']): string[] {
  return (materials ?? []).flatMap((one) =>
    typeof one === 'object' && one.file !== undefined ? [one.file] : [],
  )
}
