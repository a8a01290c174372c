import type { Decision } from '../../core/case/decide.ts'
import { startFields } from '../../core/case/fields.ts'
import type { FormField, StepForm } from '../../core/case/form-view.ts'
import { standing } from '../../core/case/standing.ts'
import type { Standing } from '../../core/case/standing-view.ts'
import { stepForm } from '../../core/case/step-form.ts'
import type { Command } from '../../core/policy/command.ts'
import { lookAt } from '../../core/policy/engine/environment.ts'
import type { Finding } from '../../core/policy/model-finding.ts'
import type { TenantContext } from '../context.ts'
import { isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { type CaseInHand, decideOn, takeInHand } from './case-command.ts'
import { type ExecuteStep, executeCommand } from './execute-step.ts'
import { type StartProcedure, startCommand } from './start-procedure.ts'
import { writtenFacts } from './written-facts.ts'

/** What an act would bring about; nothing of it is stored. */
export interface ActPreview {
  ok: boolean
  findings: Finding[]
  /** Where the case would stand; null for a refusal by the law. */
  standing: Standing | null
}

/** What doing a step asks for, with the facts that are already known. */
export interface StepFormView extends StepForm {
  known: Record<string, unknown>
}

/** The form of a step of a project. Throws `not-found` for a step that the policy does not have. */
export async function readStepForm(
  ctx: TenantContext,
  input: { projectId: string; step: string; procedure?: string },
): Promise<StepFormView> {
  const { hand } = await takeInHand(ctx, { projectId: input.projectId, may: isMember, input: undefined })
  const { adopted, project, outside, today } = hand
  const form = stepForm(adopted.policy, project.state, input.step, outside, today, input.procedure)
  if (!form) throw notFound()
  return { ...form, known: knownFacts(hand) }
}

/** The facts that a procedure of a project is started with. */
export async function readStartForm(
  ctx: TenantContext,
  input: { projectId: string; procedure: string },
): Promise<{ procedure: string; title: string; article: string[]; fields: FormField[] }> {
  const { hand } = await takeInHand(ctx, { projectId: input.projectId, may: isMember, input: undefined })
  const { policy } = hand.adopted
  const rule = policy.procedures.get(input.procedure)
  if (!rule) throw notFound()
  const env = lookAt(policy, hand.project.state, hand.outside, hand.today)
  const { id: procedure, title, article } = rule
  return { procedure, title, article, fields: startFields(env, procedure) }
}

/** Tries a step without storing anything: what would refuse it, else where the case would stand. */
export function previewStep(ctx: TenantContext, input: ExecuteStep): Promise<ActPreview> {
  const { projectId, ...act } = input
  return preview(ctx, projectId, input, (hand) => executeCommand(hand, act))
}

/**
 * Tries the start of a procedure without storing anything. While something is still to be stated it is no start yet, but
 * the standing tells how far the way is settled by what is.
 */
export async function previewStart(ctx: TenantContext, input: StartProcedure): Promise<ActPreview> {
  const { hand } = await takeInHand(ctx, { projectId: input.projectId, input })
  const command = startCommand(hand, input)
  const decision = decideOn(hand, command, ctx.today)
  const likely = decision.ok ? decision : decideOn(hand, { ...command, tentative: true }, ctx.today)
  return { ok: decision.ok, findings: decision.findings, standing: standingAfter(ctx, hand, likely) }
}

async function preview(
  ctx: TenantContext,
  projectId: string,
  input: unknown,
  command: (hand: CaseInHand) => Command,
): Promise<ActPreview> {
  const { hand } = await takeInHand(ctx, { projectId, input })
  const decision = decideOn(hand, command(hand), ctx.today)
  return { ok: decision.ok, findings: decision.findings, standing: standingAfter(ctx, hand, decision) }
}

function standingAfter(ctx: TenantContext, hand: CaseInHand, decision: Decision): Standing | null {
  if (!decision.ok) return null
  return standing(hand.adopted.policy, decision.state, hand.outside, ctx.today)
}

function knownFacts(hand: CaseInHand): Record<string, unknown> {
  const { policy } = hand.adopted
  return {
    ...writtenFacts(policy, hand.outside.unit.facts),
    ...writtenFacts(policy, hand.project.state.facts),
  }
}
