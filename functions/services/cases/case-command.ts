import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { lookAgain, type TodoRow } from '../../../db/tenant/projections.ts'
import { type Decision, decideEach } from '../../core/case/decide.ts'
import type { Command } from '../../core/policy/command.ts'
import { absorptions } from '../../core/policy/engine/absorption.ts'
import { countsNeeded } from '../../core/policy/engine/counts.ts'
import { tick } from '../../core/policy/engine/tick.ts'
import type { Outside } from '../../core/policy/model.ts'
import { commit, retried } from '../commit.ts'
import { shanghaiTime, type TenantContext } from '../context.ts'
import { type Actor, type Entry, enter, isOfficer, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { ok, type Result, refused } from '../result.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { type AdoptedPolicy, absorbing } from '../tenants/policies.ts'
import type { PartyScope } from './acting.ts'
import { withBodies } from './bodies.ts'
import { type CaseAnswer, caseAnswer } from './case-answer.ts'
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
  theProject,
  unitsOf,
  unitsStatement,
  versionFor,
  withTodos,
  wordsOf,
} from './case-reads.ts'
import {
  countsUnmoved,
  mustReadAgain,
  type OtherCases,
  otherCasesOf,
  othersOf,
  withCounts,
} from './other-cases.ts'
import {
  type RegistersInHand,
  registersInHand,
  registersStatements,
  registersWritten,
} from './register-writes.ts'
import { requireVisible, seesProject } from './visibility.ts'
import { writeCase } from './write-case.ts'

/** Everything a command is decided on. */
export interface CaseInHand {
  actor: Actor
  project: LoadedProject
  adopted: AdoptedPolicy
  around: Surroundings
  unit: LoadedUnit | undefined
  outside: Outside
  /** The projects that it may count over; undefined where no policy of the tenant counts. */
  others: OtherCases | undefined
  scope: PartyScope
  today: string
  /** The project's to-dos as they are written; read for commands. */
  todos: TodoRow[] | undefined
  /** Other projects that the command names and the person may see. */
  beside: CaseBeside[]
  /** The registers that it may write to. */
  registers: RegistersInHand
}

/** How a verb acts on a project. */
export interface CaseVerb {
  projectId: string
  action: string
  may?: (actor: Actor) => boolean
  /** The version that the caller has in hand, for edits. */
  expected?: number
  /** The caller's words that may name organisations or entries of registers. */
  input: unknown
  /** Uploaded files that the input refers to. */
  files?: readonly string[]
  /** Statements of a reader, answered in `rest`. */
  more?: readonly Statement[]
  /** What is to be decided; several commands are one act, all of them or none. */
  command(hand: CaseInHand, more: Row[][]): Command | readonly Command[]
}

/**
 * Runs a command on a project: one read of all it hangs on, the engine's decision, one write of everything that
 * follows. Lost races are decided again on the newer state.
 */
export async function runOnProject(ctx: TenantContext, verb: CaseVerb): Promise<Result<CaseAnswer>> {
  return retried(async () => {
    const { entry, hand, rest } = await takeInHand(ctx, verb)
    if (verb.expected === undefined) requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    if (verb.expected !== undefined && verb.expected !== hand.project.position.version)
      throw new AppError('stale', '项目已有更新, 请重新读取')
    const commands = [verb.command(hand, rest)].flat()
    const decision = decideOn(hand, commands, ctx.today)
    if (!decision.ok) return refused(decision.findings)
    const written = writeCase(ctx, hand, decision.events, verb.action)
    const started = decision.events.find((event) => event.type === 'started')
    const answer = caseAnswer(hand.project.id, written, decision.findings, {
      awaiting: decision.awaiting,
      procedure: started?.type === 'started' ? started.instance : undefined,
    })
    const registers = registersWritten(ctx, hand, decision.events, verb.action)
    const projections = [...standsOn(hand, commands), ...written.projections, ...registers.projections]
    const { others } = registers
    const told = absorptions(
      hand.project.id,
      hand.project.title,
      decision.events,
      (into) => besideIn(hand, into).project.organisationId === hand.project.organisationId,
    ).map(({ into, event }) => {
      const other = besideIn(hand, into)
      const both = writeCase(ctx, { ...other, around: hand.around }, [event], verb.action)
      const cause = `project:${hand.project.id}@${written.version}`
      return {
        ...both,
        append: { ...both.append, events: both.append.events.map((one) => ({ ...one, cause })) },
      }
    })
    const cases = [written.append, ...told.map((one) => one.append)]
    projections.push(...told.flatMap((one) => one.projections))
    // What other cases come to was read for this project alone: the sweep looks at the other one again.
    if (hand.adopted.policy.counts.length > 0)
      for (const { project } of told.length > 0 ? hand.beside : [])
        projections.push(lookAgain(project.organisationId, hand.project.id, ctx.today))
    return ok(await commit(ctx, entry, { cases, others, projections }, answer))
  })
}

/** Guards of what a command was decided on beside the case itself. */
function standsOn({ adopted, project, others }: CaseInHand, commands: readonly Command[]): Statement[] {
  const needed = commands.flatMap((command) => countsNeeded(adopted.policy, command))
  return countsUnmoved(needed, project, others)
}

/** Reads a project with all that its decisions hang on, in one trip, and checks that the person may see it. */
export async function takeInHand(
  ctx: TenantContext,
  verb: Pick<CaseVerb, 'projectId' | 'may' | 'input' | 'files' | 'more'>,
): Promise<{ entry: Entry<Actor, CaseAnswer>; hand: CaseInHand; rest: Row[][] }> {
  const words = verb.input === undefined ? undefined : wordsOf(verb.input)
  // Projects that the command names are read with it where one may go into another.
  const absorbs = words !== undefined && ctx.deps.policies.absorbs(ctx.tenant)
  const ids = absorbs
    ? sql`SELECT ${verb.projectId} UNION SELECT value FROM json_each(${JSON.stringify(words)})`
    : sql`${verb.projectId}`
  const unit = absorbs
    ? sql`SELECT DISTINCT organisation_id AS id FROM projects WHERE id IN (${ids})`
    : sql`SELECT organisation_id AS id FROM projects WHERE id = ${verb.projectId}`
  const files = [...new Set(verb.files ?? [])]
  const counted = othersOf(ctx, sql`SELECT ${verb.projectId}`)
  const named = words ? registersStatements(ctx, verb.projectId, words) : []
  const entry = await enter<CaseAnswer>(ctx, verb.may ?? isOfficer, [
    projectsStatement(absorbs ? sql`p.id IN (${ids})` : sql`p.id = ${verb.projectId}`, words && withTodos),
    unitsStatement(unit),
    ...surroundingStatements(ctx, words, ids),
    ...counted,
    ...named,
    ...(verb.more ?? []),
    ...(files.length
      ? [
          sql`SELECT id, organisation_id FROM materials WHERE id IN (SELECT value FROM json_each(${JSON.stringify(files)}))`,
        ]
      : []),
  ])
  const project = theProject(entry.rows[0]?.filter((row) => row.id === verb.projectId))
  const around = surroundingsOf(ctx, entry.rows.slice(2, 2 + SURROUNDINGS))
  const adopted = versionFor(around, project.state, ctx.today)
  if (!adopted) throw noPolicy(ctx.today)
  const read = 2 + SURROUNDINGS
  const others = otherCasesOf(entry.rows.slice(read, read + counted.length))
  if (mustReadAgain([adopted.policy], others)) return takeInHand(ctx, verb)
  if (words && !absorbs && absorbing(adopted.policy)) return takeInHand(ctx, verb)
  const rest = entry.rows.slice(read + counted.length)
  const registers = registersInHand(around, named.length > 0 ? rest.shift() : undefined)
  const units = unitsOf(entry.rows[1])
  const loaded = units.get(project.organisationId)
  const plain = outsideOf(adopted.policy, around, loaded, ctx.today)
  const scope: PartyScope = {
    policy: adopted.policy,
    state: project.state,
    units: [project.organisationId],
    holders: around.holders,
  }
  const counting = withCounts(adopted.policy, plain, project, others, around, ctx.today)
  const outside = { ...withBodies(counting, scope), time: shanghaiTime(ctx.now) }
  requireVisible(entry.actor, scope)
  const beside = absorbs
    ? besideOf(entry.actor, entry.rows[0]!.map(projectOf), project.id, around, units, ctx.today)
    : []
  const projects = Object.fromEntries(
    beside.map((one) => [one.project.id, { title: one.project.title, ended: one.ended }]),
  )
  requireOwnFiles(entry.actor, files, files.length ? (rest.at(-1) ?? []) : [])
  return {
    entry,
    hand: {
      actor: entry.actor,
      project,
      adopted,
      around,
      unit: loaded,
      outside: absorbs ? { ...outside, projects } : outside,
      beside,
      others,
      scope,
      today: ctx.today,
      todos: project.todos,
      registers,
    },
    rest,
  }
}

/** Decides under the version of today, or under that of the effective day where the binding step happened earlier. */
export function decideOn(hand: CaseInHand, given: Command | readonly Command[], today: string): Decision {
  const commands = [given].flat()
  const decision = decideEach(hand.adopted.policy, hand.project.state, commands, hand.outside, today)
  if (!decision.ok || hand.project.state.version !== undefined) return decision
  const binding = decision.events.find((event) => event.type === 'executed' && event.version !== undefined)
  if (!binding || binding.on >= hand.adopted.effectiveOn) return decision
  const earlier = versionFor(hand.around, undefined, binding.on)
  if (!earlier) throw noPolicy(binding.on)
  hand.adopted = earlier
  hand.scope.policy = earlier.policy
  const plain = outsideOf(earlier.policy, hand.around, hand.unit, today)
  const counting = withCounts(earlier.policy, plain, hand.project, hand.others, hand.around, today)
  const { time, projects } = hand.outside
  hand.outside = { ...withBodies(counting, hand.scope), time, projects }
  return decideEach(earlier.policy, hand.project.state, commands, hand.outside, today)
}

/** Files come from the organisation that hands them in. */
function requireOwnFiles(actor: Actor, files: readonly string[], rows: readonly Row[]): void {
  const own = new Set(
    rows.filter((row) => text(row, 'organisation_id') === actor.organisationId).map((row) => text(row, 'id')),
  )
  const missing = files.filter((file) => !own.has(file))
  if (missing.length)
    throw new AppError('malformed', '所引用的文件不存在, 或不是本单位上传的', {
      errors: missing.map((file) => ({ pointer: '#/materials', detail: `没有文件 ${file}` })),
    })
}

/** Another project as it is written when one goes into it. */
interface CaseBeside extends Pick<CaseInHand, 'project' | 'adopted' | 'unit' | 'outside'> {
  ended: boolean
}

/** The project that this one goes into, which the decision has found among those read. */
function besideIn({ beside }: CaseInHand, into: string): CaseBeside {
  return beside.find((one) => one.project.id === into)!
}

/** The other projects read that the person may see; one that he may not is as if it were not there. */
function besideOf(
  actor: Actor,
  projects: readonly LoadedProject[],
  self: string,
  around: Surroundings,
  units: ReadonlyMap<string, LoadedUnit>,
  today: string,
): CaseBeside[] {
  return projects.flatMap((project) => {
    const { state, organisationId } = project
    const adopted = versionFor(around, state, today)
    if (project.id === self || !adopted) return []
    const { policy } = adopted
    const scope: PartyScope = { policy, state, units: [organisationId], holders: around.holders }
    if (!seesProject(actor, scope)) return []
    const unit = units.get(organisationId)
    const outside = outsideOf(policy, around, unit, today)
    return [
      { project, adopted, unit, outside, ended: tick(policy, state, today, outside).ended !== undefined },
    ]
  })
}
