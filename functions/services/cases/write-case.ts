import type { Statement } from '../../../db/statement.ts'
import type { CaseAppend } from '../../../db/tenant/append.ts'
import { type NoticeRow, noticeStatements } from '../../../db/tenant/notices.ts'
import {
  documentStatements,
  type KnownRows,
  lookAgain,
  materialUseStatements,
  projectStatements,
  type UnitSanctionRow,
} from '../../../db/tenant/projections.ts'
import { evolve } from '../../core/case/evolve.ts'
import type { Outline } from '../../core/case/standing-view.ts'
import { codeOf } from '../../core/oversight/amounts.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { seededCalendar } from '../calendar.ts'
import type { TenantContext } from '../context.ts'
import { codeStatement, wordsStatement } from '../search/project-words.ts'
import type { CaseInHand } from './case-command.ts'
import { noticesOf } from './notices-of.ts'
import { lookAtCounting } from './other-cases.ts'
import { documentsOf, projectionOf, usesOf } from './projection.ts'

/** What one case writes: its part of the append and the rows that lists are read from. */
export interface WrittenCase {
  append: CaseAppend
  projections: Statement[]
  standing: Outline
  version: number
}

/**
 * Turns decided events into what is written. The state is folded from the events alone, so a rebuild makes it again;
 * `made` is the state after events that are folded with the whole log.
 */
export function writeCase(
  ctx: Pick<TenantContext, 'now' | 'today'>,
  hand: Pick<CaseInHand, 'project' | 'adopted' | 'around' | 'unit' | 'outside'> & {
    todos?: CaseInHand['todos']
    /** The unit's name, where the project is new. */
    unitName?: string
  },
  events: readonly CaseEvent[],
  action: string,
  made?: CaseState,
): WrittenCase {
  const { project, adopted, around, outside } = hand
  const { policy } = adopted
  const before: CaseState | undefined = project.position.version === 0 ? undefined : project.state
  let state = before
  const notices: NoticeRow[] = []
  const scope = { policy, units: [project.organisationId], holders: around.holders }
  events.forEach((event, i) => {
    const at = { projectId: project.id, version: project.position.version + 1 + i, at: ctx.now.toISOString() }
    const after = made ?? evolve(policy, state, event, seededCalendar)
    notices.push(...noticesOf(scope, { ...at, event, before: state, after }))
    state = after
  })
  const version = project.position.version + events.length
  const projected = projectionOf(
    { ...project, state: state!, version, updatedAt: ctx.now.toISOString() },
    adopted,
    outside,
    around.holders,
    ctx.today,
  )
  const sanctionsChanged = actsOf(projected.unitSanctions) !== actsOf(ownActs(hand))
  return {
    append: {
      stream: `project:${project.id}`,
      position: project.position,
      action,
      events: events.map((event) => ({
        type: event.type,
        on: event.on,
        payload:
          event.type === 'opened'
            ? { ...event, title: project.title, organisationId: project.organisationId }
            : event,
      })),
      state: JSON.stringify(state),
    },
    projections: [
      ...projectStatements(projected, knownRows(hand)),
      ...wordStatements(hand, projected.row.code),
      ...events.flatMap((event, i) => {
        const at = project.position.version + 1 + i
        return [
          ...documentStatements(project.id, documentsOf(policy, project.id, event, at)),
          ...materialUseStatements(project.id, usesOf(event)),
        ]
      }),
      ...lookAtCounting(around, project.id, project.organisationId, before, state!, ctx.today),
      ...noticeStatements(notices),
      ...(sanctionsChanged ? [lookAgain(project.organisationId, project.id, ctx.today)] : []),
    ],
    standing: projected.standing,
    version,
  }
}

/** A new project enters the search index; later only its code can change. */
function wordStatements(
  { project, unitName }: { project: CaseInHand['project']; unitName?: string },
  code: string | undefined,
): Statement[] {
  if (unitName !== undefined)
    return [wordsStatement(project.id, { title: project.title, unit: unitName, code })]
  return project.position.version > 0 && codeOf(project.state) !== code
    ? [codeStatement(project.id, code)]
    : []
}

/** What is written of the project now, where the command has read it. */
function knownRows({
  project,
  around,
  unit,
  todos,
}: Pick<CaseInHand, 'project' | 'around' | 'unit'> & { todos?: CaseInHand['todos'] }): KnownRows | undefined {
  if (!todos) return undefined
  const parties = around.holders.byProject.get(project.id) ?? []
  return { made: project.made, parties, todos, unitSanctions: ownActs({ unit, project }).length }
}

type UnitActs = Pick<UnitSanctionRow, 'sanction' | 'act' | 'on'>[]

function ownActs({ unit, project }: Pick<CaseInHand, 'unit' | 'project'>): UnitActs {
  return unit?.acts.filter((act) => act.project === project.id) ?? []
}

/** What other projects of the unit see of the acts: which, and from when; a day that has moved is another act. */
function actsOf(acts: UnitActs): string {
  const told = acts.map(({ sanction, act, on }) => `${sanction} ${act} ${on}`)
  return told.sort((a, b) => (a < b ? -1 : 1)).join('\n')
}
