import { sql } from '../../../db/statement.ts'
import { standing } from '../../core/case/standing.ts'
import type { Standing } from '../../core/case/standing-view.ts'
import { type CaseState, latestRun } from '../../core/policy/state.ts'
import type { TenantContext } from '../context.ts'
import { isMember } from '../enter.ts'
import { partiesOf } from './acting.ts'
import { type CaseInHand, takeInHand } from './case-command.ts'
import { lastActStatement, withdrawableSteps } from './withdraw-step.ts'
import { writtenFacts } from './written-facts.ts'

/** A project with its facts as people write them. */
export interface ProjectView {
  id: string
  title: string
  /** The project code of the national system, once it was recorded. */
  code: string | null
  organisationId: string
  version: number
  policy: { hash: string; effectiveOn: string; title: string; bound: boolean }
  facts: Record<string, unknown>
  unit: Record<string, unknown>
  stage: string
  stageTitle: string
  track: string | null
  settled: boolean
  ended: string | null
  createdAt: string
}

/** A project as it stands today, with every step and what is missing for it. */
export interface CaseView extends Standing {
  project: { id: string; title: string; organisationId: string; version: number }
  /** Parties that the person's organisation may act for in this project. */
  mine: string[]
  today: string
}

/** One project that the person may see. */
export async function readProject(ctx: TenantContext, projectId: string): Promise<ProjectView> {
  const { hand } = await takeInHand(ctx, { projectId, may: isMember, input: undefined })
  const { project, adopted, outside } = hand
  const seen = look(hand)
  return {
    id: project.id,
    title: project.title,
    code: codeOf(project.state),
    organisationId: project.organisationId,
    version: project.position.version,
    policy: {
      hash: adopted.hash,
      effectiveOn: adopted.effectiveOn,
      title: adopted.policy.document.policy.title,
      bound: project.state.version !== undefined,
    },
    facts: writtenFacts(adopted.policy, project.state.facts),
    unit: writtenFacts(adopted.policy, outside.unit.facts),
    stage: seen.stage,
    stageTitle: seen.stageTitle,
    track: seen.track ?? null,
    settled: seen.settled,
    ended: seen.ended?.result ?? null,
    createdAt: project.createdAt,
  }
}

/** The case: stage, every step with its state and findings, obligations, procedures. */
export async function readCase(ctx: TenantContext, projectId: string): Promise<CaseView> {
  const { hand, rest } = await takeInHand(ctx, {
    projectId,
    may: isMember,
    input: undefined,
    more: [lastActStatement(`project:${projectId}`)],
  })
  const { id, title, organisationId, position } = hand.project
  const seen = look(hand)
  const own = withdrawableSteps(hand, rest[0] ?? [])
  for (const step of seen.steps) if (own.has(step.id)) step.withdrawable = true
  for (const procedure of seen.procedures)
    for (const step of procedure.steps) if (own.has(`${procedure.id}/${step.id}`)) step.withdrawable = true
  return {
    ...seen,
    project: { id, title, organisationId, version: position.version },
    mine: partiesOf(hand.scope, hand.actor),
    today: ctx.today,
  }
}

/** What the vocabulary's step `project-code` recorded. */
function codeOf(state: CaseState): string | null {
  const code = latestRun(state.steps['project-code'])?.records.code
  return typeof code === 'string' ? code : null
}

function look(hand: CaseInHand): Standing {
  return standing(hand.adopted.policy, hand.project.state, hand.outside, hand.today)
}

/** The organisation of the person whose token this is, for statements that run before it is known. */
export function ownOrganisation(ctx: TenantContext) {
  return sql`(SELECT u.organisation_id FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash})`
}
