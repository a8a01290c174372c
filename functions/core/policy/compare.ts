import { STAGE_TITLES } from '../values/stages.ts'
import { STEP_TITLES } from '../values/step-titles.ts'
import { ASPECTS, type Aspect } from './aspects.ts'
import { atomsOf } from './check/conditions.ts'
import { Lens } from './check/lens.ts'
import type { Scope } from './compile/compiler.ts'
import { conditionText } from './diff-conditions.ts'
import { citations, namesIn } from './diff-words.ts'
import type { Condition } from './document/document-parts.ts'
import type { StepText } from './document/document-steps.ts'
import type { Policy } from './model.ts'
import { actorText, dueText, type NameOf, repeatText, spanText, windowText } from './rule-texts.ts'

/**
 * What jurisdictions rule about the same thing, side by side. Rows are found by the ids of the vocabulary: a step, a
 * table or a procedure that means the same has the same id everywhere.
 */

/** One sentence of a cell, with the articles behind it. */
export interface RuleLine {
  text: string
  article: string[]
  /** How an open text was read. */
  reading?: string
}

/** One thing that some jurisdictions have a rule about. */
export interface ComparedRow {
  aspect: Aspect
  /** Id of the step or table. */
  key: string
  title: string
  /** One of the shared stages, where the rule belongs to a step. */
  stage: string | null
  /** By the ids given; a policy without such a rule is missing. */
  cells: Record<string, RuleLine[]>
}

interface Cell {
  aspect: Aspect
  key: string
  title: string
  stage: string | null
  lines: RuleLine[]
}

const worked = new WeakMap<Policy, Cell[]>()

/** The rules of several policies in one table; rows stand by aspect and stage, those shared by most first. */
export function compareRules(policies: readonly { id: string; policy: Policy }[]): ComparedRow[] {
  const rows = new Map<string, ComparedRow>()
  for (const { id, policy } of policies)
    for (const cell of cellsOf(policy)) {
      const { aspect, key, title, stage, lines } = cell
      const name = `${aspect} ${key}`
      const row = rows.get(name) ?? { aspect, key, title, stage, cells: {} }
      rows.set(name, row)
      row.cells[id] = [...(row.cells[id] ?? []), ...lines]
    }
  for (const row of rows.values())
    if (row.aspect === 'threshold')
      for (const { id, policy } of policies) {
        const step = stepsOf(policy).find(([key]) => key === row.key)?.[1]
        if (step && !row.cells[id]) row.cells[id] = [line('不论金额', step.article)]
      }
  return [...rows.values()].sort(
    (a, b) =>
      ASPECTS.indexOf(a.aspect) - ASPECTS.indexOf(b.aspect) ||
      STAGE_ORDER.indexOf(a.stage ?? '') - STAGE_ORDER.indexOf(b.stage ?? '') ||
      Object.keys(b.cells).length - Object.keys(a.cells).length ||
      (a.key < b.key ? -1 : 1),
  )
}

const STAGE_ORDER = Object.keys(STAGE_TITLES)

function cellsOf(policy: Policy): Cell[] {
  const known = worked.get(policy)
  if (known) return known
  const lens = new Lens(policy)
  const nameOf = namesIn(policy.document)
  const cells = [
    ...tableCells(lens),
    ...stepsOf(policy).flatMap(([id, step, scope]) => stepCells(id, step, scope, lens, nameOf)),
    ...barCells(policy, nameOf),
  ]
  worked.set(policy, cells)
  return cells
}

type Placed = [id: string, step: StepText, scope: Scope]

/** Steps of the main procedure and of those within it. */
function stepsOf({ document }: Policy): Placed[] {
  return [
    ...Object.entries(document.steps).map(([id, step]): Placed => [id, step, { step: id }]),
    ...Object.entries(document.procedures ?? {}).flatMap(([procedure, { steps }]) =>
      Object.entries(steps).map(([id, step]): Placed => [id, step, { step: id, procedure }]),
    ),
  ]
}

function tableCells(lens: Lens): Cell[] {
  return Object.entries(lens.document.tables ?? {}).map(([key, table]) => {
    const within = table.rows.some(
      ({ when }) =>
        when &&
        atomsOf({ condition: when, scope: {} }).some(
          ({ name }) => lens.variable(name, {})?.procedure !== undefined,
        ),
    )
    return {
      aspect: within ? 'change' : 'route',
      key,
      title: table.title ?? key,
      stage: null,
      lines: table.rows.map((row) => {
        const value = table.values?.[String(row.is)] ?? String(row.is)
        const when = row.when
          ? conditionText(lens, row.when, {})
          : table.rows.length > 1
            ? '其他情形'
            : '一律'
        return line(`${value}: ${when}`, row.article ?? table.article, row.reading)
      }),
    }
  })
}

function stepCells(key: string, step: StepText, scope: Scope, lens: Lens, nameOf: NameOf): Cell[] {
  const { title, stage } = step
  const named: NameOf = (id) => lens.variable(id, scope)?.title ?? nameOf(id)
  const cells: Cell[] = []
  const add = (aspect: Aspect, lines: RuleLine[]): void => {
    if (lines.length > 0)
      cells.push({ aspect, key, title: STEP_TITLES[key] ?? title, stage: stage ?? null, lines })
  }
  if (step.when && comparesMoney(step.when, scope, lens))
    add('threshold', [line(conditionText(lens, step.when, scope), step.article, step.reading)])
  if (step.window) add('window', [line(windowText(step.window, named), step.window.article ?? step.article)])
  add(
    'interval',
    listOf(step.after).flatMap((one) =>
      typeof one === 'object' && 'delay' in one && one.delay !== undefined
        ? [
            line(
              `「${nameOf(String('step' in one ? one.step : ''))}」之后至少 ${spanText(one.delay)}`,
              one.article ?? step.article,
            ),
          ]
        : [],
    ),
  )
  add(
    'deadline',
    listOf(step.due).map((due) => line(dueText(due, named), due.article ?? step.article)),
  )
  if (typeof step.repeat === 'object')
    add('period', [line(repeatText(step.repeat, nameOf), step.repeat.article ?? step.article)])
  const requires = [step, ...Object.values(step.outcomes ?? {})].flatMap((one) => listOf(one.requires))
  add(
    'limit',
    requires
      .filter(({ that }) => comparesMoney(that, scope, lens))
      .map((one) =>
        line(one.title ?? conditionText(lens, one.that, scope), one.article ?? step.article, one.reading),
      ),
  )
  if (step.by !== undefined && step.by !== 'unit')
    add('party', [line(actorText(step.by, nameOf), step.article)])
  return cells
}

function barCells({ document }: Policy, nameOf: NameOf): Cell[] {
  const cell = (key: string, title: string, lines: RuleLine[]): Cell[] =>
    lines.length > 0 ? [{ aspect: 'bar', key, title, stage: null, lines }] : []
  return [
    ...cell(
      'vetoes',
      '不予审核、不予审批的情形',
      Object.values(document.vetoes ?? {}).map((one) => line(one.title, one.article)),
    ),
    ...cell(
      'sanctions',
      '惩戒',
      Object.values(document.sanctions ?? {}).map((one) => {
        const barred = listOf(one.bars).map((bar) => `「${nameOf(String(bar.step ?? bar.stage))}」`)
        return line(`${one.title}: 不得办理${barred.join('、')}`, one.article)
      }),
    ),
  ]
}

function comparesMoney(condition: Condition, scope: Scope, lens: Lens): boolean {
  return atomsOf({ condition, scope }).some(({ name }) => lens.variable(name, scope)?.type === 'money')
}

function listOf<T>(raw: T | readonly T[] | undefined): readonly T[] {
  return raw === undefined ? [] : Array.isArray(raw) ? (raw as readonly T[]) : [raw as T]
}

function line(text: string, article: unknown, reading?: string): RuleLine {
  return { text, article: citations(article), ...(reading !== undefined && { reading }) }
}
