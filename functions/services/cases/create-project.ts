import { START } from '../../../db/ledger.ts'
import { type Row, sql } from '../../../db/statement.ts'
import { lookAgain } from '../../../db/tenant/projections.ts'
import { keptFindings } from '../../core/case/kept-facts.ts'
import { openCase } from '../../core/case/open.ts'
import { DIVIDED } from '../../core/policy/compile/compile-outcomes.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, enter, isOfficer, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { ok, type Result, refused } from '../result.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { type CaseAnswer, caseAnswer } from './case-answer.ts'
import {
  outsideOf,
  projectsStatement,
  SURROUNDINGS,
  surroundingStatements,
  surroundingsOf,
  theProject,
  unitsOf,
  unitsStatement,
  versionFor,
  wordsOf,
} from './case-reads.ts'
import { otherCaseStatements, otherCasesOf, withCounts } from './other-cases.ts'
import { splitFacts, unitAppend } from './unit-facts.ts'
import { UNIT } from './visibility.ts'
import { writeCase } from './write-case.ts'

export interface CreateProject {
  title: string
  /** Facts of the project and of the unit, as people write them. */
  facts: Record<string, unknown>
  /** The unit's own project that was divided, where this one comes of it. */
  dividedFrom?: string
}

/** Opens a project of the actor's own unit, under the policy version of the day. */
export async function createProject(ctx: TenantContext, input: CreateProject): Promise<Result<CaseAnswer>> {
  const own = sql`SELECT u.organisation_id AS id FROM users u JOIN sessions s ON s.user_id = u.id
    WHERE s.token_hash = ${ctx.token?.hash}`
  return retried(async () => {
    const year = Number(input.facts.planYear)
    const counted = otherCaseStatements(ctx, own, sql`SELECT ${Number.isInteger(year) ? year : null}`)
    const entry = await enter<CaseAnswer>(ctx, ofUnit, [
      unitsStatement(own),
      ...surroundingStatements(ctx, wordsOf(input.facts)),
      ...counted,
      projectsStatement(sql`p.id = ${input.dividedFrom ?? ''}`),
    ])
    requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    const around = surroundingsOf(ctx, entry.rows.slice(1, 1 + SURROUNDINGS))
    const adopted = versionFor(around, undefined, ctx.today)
    if (!adopted) throw noPolicy(ctx.today)
    const { organisationId } = entry.actor
    const unit = unitsOf(entry.rows[0]).get(organisationId)
    const id = ctx.deps.newId()
    const known = outsideOf(adopted.policy, around, unit, ctx.today)
    const kept = keptFindings(adopted.policy, Object.keys(input.facts), [UNIT])
    if (kept.length) return refused(kept)
    const source = entry.rows[1 + SURROUNDINGS + counted.length]
    const dividedFrom = input.dividedFrom === undefined ? undefined : dividedSource(source, organisationId)
    const opened = openCase(adopted.policy, { id, facts: input.facts, dividedFrom }, known, ctx.today)
    if (!opened.ok) return refused(opened.findings)
    const unitFacts = unitAppend(
      adopted.policy,
      organisationId,
      unit,
      splitFacts(adopted.policy, input.facts).unit,
      ctx.today,
    )
    const others = otherCasesOf(entry.rows.slice(1 + SURROUNDINGS, 1 + SURROUNDINGS + counted.length))
    const plain = unitFacts ? { ...known, unit: { ...known.unit, facts: unitFacts.facts } } : known
    const self = { organisationId, state: opened.state }
    const outside = withCounts(adopted.policy, plain, self, others, around, ctx.today)
    const project = {
      id,
      organisationId,
      title: input.title,
      createdAt: ctx.now.toISOString(),
      updatedAt: ctx.now.toISOString(),
      made: 0,
      state: opened.state,
      position: START,
    }
    const written = writeCase(
      ctx,
      { project, adopted, around, unit, outside, unitName: entry.actor.organisation },
      [opened.event],
      'create',
    )
    const answer = caseAnswer(id, written, opened.findings)
    const cases = unitFacts ? [written.append, unitFacts.append] : [written.append]
    const projections = unitFacts
      ? [...written.projections, lookAgain(organisationId, id, ctx.today)]
      : written.projections
    return ok(await commit(ctx, entry, { cases, projections }, answer))
  })
}

/** The project that a new one comes of: the unit's own, ended by its division. */
function dividedSource(
  rows: readonly Row[] | undefined,
  organisationId: string,
): { id: string; title: string } {
  const source = theProject(rows)
  if (source.organisationId !== organisationId) throw notFound()
  if (source.state.ended?.result !== DIVIDED)
    throw new AppError('malformed', `「${source.title}」没有办过拆分`, {
      errors: [{ pointer: '#/dividedFrom', detail: '须是本单位已办拆分的项目' }],
    })
  return { id: source.id, title: source.title }
}

function ofUnit(actor: Actor): boolean {
  return isOfficer(actor) && actor.parties.includes(UNIT)
}
