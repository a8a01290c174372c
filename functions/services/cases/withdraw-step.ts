import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { doneIn, startFinding, startIn, withdrawalFinding } from '../../core/case/judge-withdrawal.ts'
import type { CaseEvent, WithdrawnEvent } from '../../core/policy/command.ts'
import { spoken } from '../../core/policy/engine/say.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { Finding } from '../../core/policy/model-finding.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, isOfficer, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { ok, type Result, refused } from '../result.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { type CaseAnswer, caseAnswer } from './case-answer.ts'
import { type CaseInHand, takeInHand } from './case-command.ts'
import { adoptionsOf, adoptionsStatement, foldWritten, logStatement, writtenEventOf } from './case-log.ts'
import { outsideOf, versionFor } from './case-reads.ts'
import { withCounts } from './other-cases.ts'
import { writeCase } from './write-case.ts'

export interface WithdrawStep {
  projectId: string
  /** Without it the start of the procedure is taken back. */
  step?: string
  /** Instance of a procedure, such as `change-1`. */
  procedure?: string
  reason: string
}

/**
 * Takes back what the actor's organisation did last in a project: the state is that of the log without it, the log keeps
 * both. Refused when something else has happened since, or when it had effects outside the project.
 */
export async function withdrawStep(ctx: TenantContext, input: WithdrawStep): Promise<Result<CaseAnswer>> {
  const stream = `project:${input.projectId}`
  return retried(async () => {
    const { entry, hand, rest } = await takeInHand(ctx, {
      projectId: input.projectId,
      input,
      may: isOfficer,
      more: [lastActStatement(stream), logStatement(sql`SELECT ${stream}`), adoptionsStatement],
    })
    requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    const [last = [], rows = [], adoptions = []] = rest
    const { policy } = hand.adopted
    const act = last.map(eventOf)
    if (!isOwnAct(hand.actor, last)) throw new AppError('forbidden', '只有办理的单位可以撤回')
    const found = refusal(policy, hand.project.state, act, input)
    if (found) return refused(spoken(policy, [found]))
    const done =
      input.step === undefined
        ? startIn(act, input.procedure ?? '')!
        : doneIn(act, input.step, input.procedure)!
    const event: WithdrawnEvent = {
      type: 'withdrawn',
      on: ctx.today,
      ...(input.step === undefined ? {} : { step: input.step }),
      ...(done.instance ? { instance: done.instance } : {}),
      by: done.by,
      reason: input.reason,
      takes: act.length,
    }
    const law = { versions: hand.around.versions, adoptions: adoptionsOf(adoptions) }
    const { state } = foldWritten(rows.slice(0, -act.length).map(writtenEventOf), law)
    const adopted = versionFor(hand.around, state, ctx.today)
    if (!adopted) throw noPolicy(ctx.today)
    const plain = outsideOf(adopted.policy, hand.around, hand.unit, ctx.today)
    const self = { organisationId: hand.project.organisationId, state }
    const outside = withCounts(adopted.policy, plain, self, hand.others, hand.around, ctx.today)
    const written = writeCase(
      ctx,
      { ...hand, adopted, outside },
      [event],
      `withdraw:${input.step ?? input.procedure}`,
      state,
    )
    const answer = caseAnswer(hand.project.id, written, [])
    const projections = [withdrawnDocuments(hand, act.length), ...written.projections]
    return ok(await commit(ctx, entry, { cases: [written.append], projections }, answer))
  })
}

function refusal(
  policy: Policy,
  state: CaseState,
  act: readonly CaseEvent[],
  { step, procedure }: WithdrawStep,
): Finding | undefined {
  return step === undefined
    ? startFinding(policy, act, procedure ?? '')
    : withdrawalFinding(policy, state, act, step, procedure)
}

/** Statement for the events of the last act in a stream. */
export function lastActStatement(stream: string): Statement {
  return sql`SELECT actor ->> 'organisation' AS organisation, payload FROM events WHERE stream = ${stream}
    AND version > (SELECT max(version) FROM events WHERE stream = ${stream})
      - (SELECT json_array_length(entry, '$.events') FROM audit WHERE chain = ${stream} ORDER BY n DESC LIMIT 1)
    ORDER BY version`
}

/** The steps that the person's organisation may take back now, as `step` and, within a procedure, `instance/step`. */
export function withdrawableSteps(hand: CaseInHand, last: readonly Row[]): Set<string> {
  if (!isOfficer(hand.actor) || !isOwnAct(hand.actor, last)) return new Set()
  const act = last.map(eventOf)
  return new Set(
    act.flatMap((event) => {
      if (event.type !== 'executed' && event.type !== 'confirmed') return []
      const { step, instance } = event
      const found = withdrawalFinding(hand.adopted.policy, hand.project.state, act, step, instance)
      return found ? [] : [instance ? `${instance}/${step}` : step]
    }),
  )
}

function isOwnAct(actor: Actor, last: readonly Row[]): boolean {
  return last.length > 0 && last.every((row) => row.organisation === actor.organisationId)
}

function eventOf(row: Row): CaseEvent {
  return JSON.parse(text(row, 'payload')) as CaseEvent
}

/** What the act yielded was never issued. */
function withdrawnDocuments({ project }: CaseInHand, takes: number): Statement {
  return sql`DELETE FROM documents WHERE project_id = ${project.id} AND version > ${project.position.version - takes}`
}
