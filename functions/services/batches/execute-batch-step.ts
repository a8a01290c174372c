import { type BatchDecision, decideBatch } from '../../core/case/batch.ts'
import { decideEach } from '../../core/case/decide.ts'
import { countsNeeded } from '../../core/policy/engine/counts.ts'
import { lookAt } from '../../core/policy/engine/environment.ts'
import { actorOf } from '../../core/policy/engine/survey.ts'
import { actingFor, partiesOf } from '../cases/acting.ts'
import { requireReason, type StepInput } from '../cases/execute-step.ts'
import { type OpinionWord, requireOnce } from '../cases/give-opinion.ts'
import { countsUnmoved } from '../cases/other-cases.ts'
import { writeCase } from '../cases/write-case.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { isOfficer, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { ok, type RefusalFinding, type Result, refused } from '../result.ts'
import { type BatchAnswer, batchAnswer } from './batch-answer.ts'
import { type BatchInHand, takeBatch } from './batch-command.ts'
import { writeBatch } from './write-batch.ts'

/** A project put into a batch, for one of the steps that the batch composes. */
export interface ItemInput {
  project: string
  step?: string
  outcome?: string
  records?: Record<string, unknown>
}

export interface ExecuteBatchStep extends StepInput {
  batchId: string
  step: string
  items?: ItemInput[]
}

/**
 * Executes a step of a batch. Where its outcome carries, the act is carried out in every item's project in the same
 * write: all of them or none, and a refusal names the projects that refuse.
 */
export async function executeBatchStep(
  ctx: TenantContext,
  input: ExecuteBatchStep,
): Promise<Result<BatchAnswer>> {
  return retried(async () => {
    const { entry, hand } = await take(ctx, input)
    requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    const { step, outcome, remark } = input
    requireReason(hand.adopted.policy, hand.state, { type: 'execute', step, outcome, remark, by: [] })
    const decision = judge(ctx, hand, input)
    if (!decision.ok || !decision.batch) return refused(findingsOf(decision))
    const batch = writeBatch(ctx, hand, decision.batch.events, `execute:${input.step}`)
    const cause = causeOf(hand)
    const carried = decision.projects.map((one) => {
      const project = hand.projects.find((known) => known.id === one.id)!
      const written = writeCase(
        ctx,
        { ...project, project: project.loaded, around: hand.around },
        one.events,
        `carried:${input.step}`,
      )
      written.append.events = written.append.events.map((event) => ({ ...event, cause }))
      return { id: one.id, written }
    })
    const answer = batchAnswer(hand.id, batch, decision.findings, {
      awaiting: decision.awaiting,
      carried: carried.map(({ id, written }) => ({
        project: id,
        version: written.version,
        stage: written.standing.stage,
      })),
    })
    const cases = [batch.append, ...carried.map(({ written }) => written.append)]
    const guards = decision.projects.flatMap((one) => {
      const { policy, loaded } = hand.projects.find((known) => known.id === one.id)!
      const steps = one.events.flatMap((event) => (event.type === 'executed' ? [event.step] : []))
      const needed = steps.flatMap((step) => countsNeeded(policy, { type: 'execute', step, by: [] }))
      return countsUnmoved(needed, loaded, hand.others)
    })
    const projections = [
      ...guards,
      ...batch.projections,
      ...carried.flatMap(({ written }) => written.projections),
    ]
    return ok(await commit(ctx, entry, { cases, projections }, answer))
  })
}

/** Says, without doing it, whether a step of a batch would be refused and by which projects. */
export async function previewBatchStep(
  ctx: TenantContext,
  input: ExecuteBatchStep,
): Promise<{ ok: boolean; findings: RefusalFinding[]; carried: string[] }> {
  const { hand } = await take(ctx, input)
  const decision = judge(ctx, hand, input)
  return { ok: decision.ok, findings: findingsOf(decision), carried: decision.projects.map((one) => one.id) }
}

export interface BatchOpinions {
  batchId: string
  step: string
  words: readonly OpinionWord[]
}

/** Gives the opinions of the actor's organisation on a step of a batch: one act, all of them or none. */
export async function giveBatchOpinions(
  ctx: TenantContext,
  input: BatchOpinions,
): Promise<Result<BatchAnswer>> {
  requireOnce(input.words)
  return retried(async () => {
    const { entry, hand } = await takeBatch<BatchAnswer>(ctx, input.batchId, isOfficer)
    requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    const { policy } = hand.adopted
    const env = lookAt(policy, hand.state, hand.outside, ctx.today)
    const rules = policy.steps[policy.stepIndex.get(input.step) ?? -1]?.opinions ?? []
    const asked = rules.flatMap((rule) => rule.from.get(env) ?? [])
    const { step, words } = input
    const commands = words.map(({ as, ...word }) => {
      const [by = ''] = named(hand, asked, as)
      return { type: 'opinion' as const, step, by, ...word }
    })
    const decision = decideEach(policy, hand.state, commands, hand.outside, ctx.today)
    if (!decision.ok) return refused(decision.findings)
    const written = writeBatch(ctx, hand, decision.events, `opinion:${step}`)
    const answer = batchAnswer(hand.id, written, decision.findings)
    return ok(await commit(ctx, entry, { cases: [written.append], projections: written.projections }, answer))
  })
}

function take(ctx: TenantContext, input: ExecuteBatchStep) {
  const projects = (input.items ?? []).map((item) => item.project)
  return takeBatch<BatchAnswer>(ctx, input.batchId, isOfficer, projects)
}

function judge(ctx: TenantContext, hand: BatchInHand, input: ExecuteBatchStep): BatchDecision {
  const { policy } = hand.adopted
  const step = policy.steps[policy.stepIndex.get(input.step) ?? -1]
  if (input.items && !step?.composes.length)
    throw new AppError('malformed', '这一环节不编列项目', {
      errors: [{ pointer: '#/items', detail: '不能在此编列' }],
    })
  const wanted = step && actorOf(lookAt(policy, hand.state, hand.outside, ctx.today), step)?.parties
  const { batchId: _, as, ...stated } = input
  for (const party of [...Object.keys(input.opinions ?? {}), ...(input.witness ?? [])]) named(hand, [], party)
  const command = { type: 'execute' as const, ...stated, by: named(hand, wanted, as) }
  return decideBatch(policy, hand.state, command, hand.projects, hand.outside, ctx.today, causeOf(hand))
}

/** The act of the batch that the projects' events follow from, named by its first event. */
function causeOf(hand: BatchInHand): string {
  return `batch:${hand.id}@${hand.position.version + 1}`
}

function named(hand: BatchInHand, wanted: readonly string[] | undefined, as: string | undefined): string[] {
  if (as === undefined) return actingFor(hand.scope, hand.actor, wanted)
  if (!partiesOf(hand.scope, hand.actor).includes(as)) throw new AppError('forbidden', `本单位不担任: ${as}`)
  return [as]
}

function findingsOf(decision: BatchDecision): RefusalFinding[] {
  const perProject = Object.entries(decision.byProject).flatMap(([project, findings]) =>
    findings.map((finding) => ({ ...finding, project })),
  )
  return perProject.length ? perProject : decision.findings
}
