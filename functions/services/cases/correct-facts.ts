import { lookAgain } from '../../../db/tenant/projections.ts'
import { keptFindings } from '../../core/case/kept-facts.ts'
import { readFacts } from '../../core/case/open.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { isAdministrator, isOfficer } from '../enter.ts'
import { AppError } from '../errors.ts'
import { ok, type Result, refused } from '../result.ts'
import { partiesOf } from './acting.ts'
import { type CaseAnswer, caseAnswer } from './case-answer.ts'
import { decideOn, takeInHand } from './case-command.ts'
import { splitFacts, unitAppend } from './unit-facts.ts'
import { seesAllProjects, UNIT } from './visibility.ts'
import { writeCase } from './write-case.ts'

export interface CorrectFacts {
  projectId: string
  /** The version that the caller has read. */
  version: number
  facts: Record<string, unknown>
  /** An authority's word on a correction that would move the project to another track. */
  track?: 'keep' | 'change'
}

/** Corrects facts of a project or of its unit. The owning unit may, and authorities where the track is in question. */
export async function correctFacts(ctx: TenantContext, input: CorrectFacts): Promise<Result<CaseAnswer>> {
  return retried(async () => {
    const { entry, hand } = await takeInHand(ctx, {
      projectId: input.projectId,
      input: input.facts,
      may: (actor) => isOfficer(actor) || isAdministrator(actor),
    })
    if (entry.answered) return ok(entry.answered)
    const { actor, project, adopted } = hand
    const owns = actor.organisationId === project.organisationId
    if (!owns && !seesAllProjects(actor)) throw new AppError('forbidden', '只有建设单位或主管部门可以更正')
    if (input.track !== undefined && !seesAllProjects(actor))
      throw new AppError('forbidden', '办理路径的变更由主管部门决定')
    if (input.version !== project.position.version) throw new AppError('stale', '项目已有更新, 请重新读取')
    const split = splitFacts(adopted.policy, input.facts)
    const held = partiesOf(hand.scope, actor)
    const wrong = [
      ...readFacts(adopted.policy, split.unit).findings,
      ...keptFindings(adopted.policy, Object.keys(split.unit), owns ? [UNIT] : held),
    ]
    if (wrong.length) return refused(wrong)
    const unit = unitAppend(adopted.policy, project.organisationId, hand.unit, split.unit, ctx.today)
    if (unit) hand.outside = { ...hand.outside, unit: { ...hand.outside.unit, facts: unit.facts } }
    const by = owns ? 'unit' : (actor.parties[0] ?? 'administrator')
    const decision = decideOn(
      hand,
      { type: 'facts', by, facts: split.project, track: input.track },
      ctx.today,
    )
    if (!decision.ok) return refused(decision.findings)
    const events = decision.events.map((event) => (unit ? { ...event, unit: unit.facts } : event))
    const written = writeCase(ctx, hand, events, 'facts')
    const answer = caseAnswer(project.id, written, decision.findings)
    return ok(
      await commit(
        ctx,
        entry,
        {
          cases: unit ? [written.append, unit.append] : [written.append],
          projections: unit
            ? [...written.projections, lookAgain(project.organisationId, project.id, ctx.today)]
            : written.projections,
        },
        answer,
      ),
    )
  })
}
