import { type Position, positionOf } from '../../../db/ledger.ts'
import {
  integer,
  optionalInteger,
  optionalText,
  type Row,
  type Statement,
  sql,
  text,
} from '../../../db/statement.ts'
import { type BatchProject, composedSteps } from '../../core/case/batch.ts'
import type { Outside } from '../../core/policy/model.ts'
import type { CaseState, Run } from '../../core/policy/state.ts'
import { organisationsOf, type PartyScope } from '../cases/acting.ts'
import { withBodies } from '../cases/bodies.ts'
import {
  type LoadedProject,
  type LoadedUnit,
  outsideOf,
  projectOf,
  projectsStatement,
  SURROUNDINGS,
  type Surroundings,
  surroundingStatements,
  surroundingsOf,
  unitsOf,
  unitsStatement,
  versionFor,
} from '../cases/case-reads.ts'
import { mustReadAgain, type OtherCases, otherCasesOf, othersOf, withCounts } from '../cases/other-cases.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, type Entry, enter } from '../enter.ts'
import { notFound } from '../errors.ts'
import type { AdoptedPolicy } from '../tenants/policies.ts'

/** A batch with every project that it may touch, on one snapshot. */
export interface BatchInHand {
  actor: Actor
  id: string
  title: string
  once: string | undefined
  createdAt: string
  state: CaseState
  position: Position
  adopted: AdoptedPolicy
  around: Surroundings
  outside: Outside
  scope: PartyScope
  others: OtherCases | undefined
  projects: (BatchProject & { loaded: LoadedProject; adopted: AdoptedPolicy; unit: LoadedUnit | undefined })[]
}

/** Reads a batch, its items and, for a batch of a year, every running project of that year. */
export async function takeBatch<T>(
  ctx: TenantContext,
  batchId: string,
  may: (actor: Actor) => boolean,
  more: readonly string[] = [],
): Promise<{ entry: Entry<Actor, T>; hand: BatchInHand }> {
  const touched = sql`p.id IN (SELECT id FROM projects WHERE ended IS NULL
      AND plan_year = (SELECT year FROM batches WHERE id = ${batchId})
    UNION SELECT project_id FROM batch_items WHERE batch_id = ${batchId}
    UNION SELECT value FROM json_each(${JSON.stringify(more)}))`
  const ids = sql`SELECT p.id FROM projects p WHERE ${touched}`
  const counted = othersOf(ctx, ids)
  const entry = await enter<T>(ctx, may, [
    sql`SELECT b.id, b.title, b.once, b.policy, b.year, b.created_at, s.version, s.n, s.hash, s.state FROM batches b
      JOIN streams s ON s.stream = 'batch:' || b.id WHERE b.id = ${batchId}`,
    projectsStatement(touched),
    unitsStatement(sql`SELECT DISTINCT p.organisation_id AS id FROM projects p WHERE ${touched}`),
    ...surroundingStatements(ctx, [], ids),
    ...counted,
  ])
  const row = entry.rows[0]?.[0]
  if (!row) throw notFound()
  const around = surroundingsOf(ctx, entry.rows.slice(3, 3 + SURROUNDINGS))
  const adopted = around.versions.find((version) => version.hash === text(row, 'policy'))
  if (!adopted) throw notFound()
  const units = unitsOf(entry.rows[2])
  const others = otherCasesOf(entry.rows.slice(3 + SURROUNDINGS))
  const projects = (entry.rows[1] ?? []).map((one) =>
    batchProject(ctx, projectOf(one), around, units, others),
  )
  if (
    mustReadAgain(
      projects.map((one) => one.policy),
      others,
    )
  )
    return takeBatch(ctx, batchId, may, more)
  const state = JSON.parse(text(row, 'state')) as CaseState
  const items = new Set((state.items ?? []).map((item) => item.project))
  const owners = projects.filter((one) => items.has(one.id)).map((one) => one.loaded.organisationId)
  const scope = { policy: adopted.policy, state, units: [...new Set(owners)], holders: around.holders }
  if (!seesAllProjects(entry.actor) && !scope.units.includes(entry.actor.organisationId)) throw notFound()
  return {
    entry,
    hand: {
      actor: entry.actor,
      id: batchId,
      title: text(row, 'title'),
      once: optionalText(row, 'once'),
      createdAt: text(row, 'created_at'),
      state,
      position: positionOf(row),
      adopted,
      around,
      outside: outsideOf(adopted.policy, around, undefined, ctx.today),
      scope,
      others,
      projects,
    },
  }
}

function batchProject(
  ctx: TenantContext,
  loaded: LoadedProject,
  around: Surroundings,
  units: Map<string, LoadedUnit>,
  others: OtherCases | undefined,
): BatchInHand['projects'][number] {
  const adopted = versionFor(around, loaded.state, ctx.today)
  if (!adopted) throw notFound()
  const unit = units.get(loaded.organisationId)
  const { policy } = adopted
  const plain = outsideOf(policy, around, unit, ctx.today)
  const { state, organisationId } = loaded
  const scope = { policy, state, units: [organisationId], holders: around.holders }
  const counted = (moved?: ReadonlyMap<string, CaseState>): Outside =>
    withBodies(withCounts(policy, plain, loaded, others, around, ctx.today, moved), scope)
  return {
    id: loaded.id,
    state: loaded.state,
    policy,
    outside: counted(),
    ...(policy.counts.length > 0 ? { recount: (moved) => counted(moved).counts } : {}),
    loaded,
    adopted,
    unit,
  }
}

/** Whether the person's organisation holds a party of a batch procedure's steps. */
export function takesPart(scope: PartyScope, procedure: string, actor: Actor): boolean {
  const rule = scope.policy.procedures.get(procedure)
  const parties = (rule?.steps ?? []).flatMap(
    (index) => scope.policy.steps[index]?.by?.all.flatMap((one) => one.parties) ?? [],
  )
  return parties.some((party) => organisationsOf(scope, party).includes(actor.organisationId))
}

/** Rows of the batches list. */
export interface BatchItem {
  id: string
  procedure: string
  year: number | null
  title: string
  ended: string | null
  /** How many projects are in it. */
  projects: number
  /** What was done in it last. */
  latest: { step: string; outcome: string; on: string } | null
  updatedAt: string
}

/** Columns that `batchItem` reads. */
export const BATCH_COLUMNS: Statement = sql`id, procedure, year, title, ended, updated_at,
  (SELECT count(DISTINCT project_id) FROM batch_items WHERE batch_id = batches.id) AS projects,
  (SELECT json_group_array(json_object('step', step.key, 'run', json(run.value)))
    FROM streams s, json_each(s.state, '$.steps') step, json_each(step.value, '$.runs') run
    WHERE s.stream = 'batch:' || batches.id) AS runs`

export function batchItem(row: Row): BatchItem {
  const runs = JSON.parse(text(row, 'runs')) as { step: string; run: Run }[]
  const last = runs.reduce<(typeof runs)[number] | undefined>(
    (newest, one) => (newest && newest.run.seq > one.run.seq ? newest : one),
    undefined,
  )
  return {
    id: text(row, 'id'),
    procedure: text(row, 'procedure'),
    year: optionalInteger(row, 'year') ?? null,
    title: text(row, 'title'),
    ended: optionalText(row, 'ended') ?? null,
    projects: integer(row, 'projects'),
    latest: last === undefined ? null : { step: last.step, outcome: last.run.outcome, on: last.run.on },
    updatedAt: text(row, 'updated_at'),
  }
}

/** The steps that items of a batch may be composed of. */
export function composed(hand: BatchInHand): string[] {
  return composedSteps(hand.adopted.policy, hand.state.procedure ?? '')
}
