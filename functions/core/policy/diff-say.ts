import type { Lens } from './check/lens.ts'
import type { Scope } from './compile/compiler.ts'
import { conditionText, testChanges } from './diff-conditions.ts'
import { same } from './diff-values.ts'
import { citations } from './diff-words.ts'
import type { Condition } from './document/document-parts.ts'
import { actorText, dueText, repeatText, spanText, transitionText, windowText } from './rule-texts.ts'

/** What both versions of a policy look at names with, and where the rule stands. */
export interface Sides {
  before: Lens
  after: Lens
  scope: Scope
  nameOf: (id: string) => string
}

/** One change inside a value, in words; without a kind it is a change. */
export interface Said {
  kind?: 'added' | 'removed'
  message: string
  before?: unknown
  after?: unknown
  /** The articles of the piece itself, where it has its own. */
  article?: string[]
}

type Sayer = (from: unknown, to: unknown, sides: Sides) => Said[]

/** How the values of some keys are compared piece by piece; other values are said as a whole. */
export const SAYERS: Record<string, Sayer> = {
  when: conditions,
  that: conditions,
  lifted,
  after: prerequisites,
  unless: prerequisites,
  rows: tableRows,
  requires: requirements,
  window: (from, to, sides) => whole(from, to, (one) => windowText(one, sides.nameOf)),
  repeat: (from, to, sides) => whole(from, to, (one) => repeatText(one, sides.nameOf)),
  due: (from, to, sides) => whole(from, to, (one) => listText(one, (item) => dueText(item, sides.nameOf))),
  transition: (from, to, sides) =>
    from === undefined
      ? [{ message: transitionText(to, sides.nameOf), after: to }]
      : whole(from, to, (one) => transitionText(one, sides.nameOf)),
  by: (from, to, sides) => whole(from, to, (one) => actorText(one, sides.nameOf)),
  from: members,
  only: members,
  to: members,
  copies: members,
  steps: members,
  witness: members,
  contents: members,
  composes: members,
  within: (from, to) => whole(from, to, spanText),
  delay: (from, to) => whole(from, to, spanText),
  article: (from, to) => whole(from, to, (one) => listText(one, articleText)),
}

function whole(from: unknown, to: unknown, text: (one: unknown) => string): Said[] {
  const words = [from, to].map((one) => (one === undefined ? '(无)' : text(one)))
  return [{ message: words.join(' → '), before: from, after: to }]
}

function listText(raw: unknown, text: (one: unknown) => string): string {
  return (Array.isArray(raw) ? raw : [raw]).map(text).join('; ')
}

function articleText(raw: unknown): string {
  return typeof raw === 'object' && raw !== null && 'at' in raw ? String(raw.at) : String(raw)
}

function isCondition(raw: unknown): raw is Condition {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

/** A condition in words, or of two alike but for what they compare with only what differs. */
export function conditions(from: unknown, to: unknown, { before, after, scope }: Sides): Said[] {
  if (isCondition(from) && isCondition(to)) {
    const tests = testChanges({ lens: before, condition: from }, { lens: after, condition: to }, scope)
    if (tests && tests.length > 0) return [{ message: tests.join('; '), before: from, after: to }]
  }
  const text = (raw: unknown, lens: Lens) => (isCondition(raw) ? conditionText(lens, raw, scope) : '不限')
  return [{ message: `${text(from, before)} → ${text(to, after)}`, before: from, after: to }]
}

/** How a sanction or a bar ends: on a condition, by a party's act, or after a step. */
function lifted(from: unknown, to: unknown, sides: Sides): Said[] {
  const text = (raw: unknown, lens: Lens): string => {
    if (!isCondition(raw)) return '(无)'
    const { when, by, after } = raw as { when?: unknown; by?: unknown; after?: unknown }
    const said = [
      ...(isCondition(when) ? [conditionText(lens, when, sides.scope)] : []),
      ...(typeof by === 'string' ? [`由${sides.nameOf(by)}解除`] : []),
      ...(typeof after === 'string' ? [`办过「${sides.nameOf(after)}」后`] : []),
    ]
    return said.length > 0 ? said.join(', ') : conditionText(lens, raw, sides.scope)
  }
  return [{ message: `${text(from, sides.before)} → ${text(to, sides.after)}`, before: from, after: to }]
}

interface Item {
  key: string
  raw: Record<string, unknown>
}

/** The steps that a relation names, each with what it says of it. */
function relationItems(raw: unknown): Item[] {
  const list = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]
  return list.map((one) => {
    const item = typeof one === 'string' ? { step: one } : (one as Record<string, unknown>)
    return { key: String(item.step ?? item.procedure ?? item.every ?? item.any ?? item.of), raw: item }
  })
}

function prerequisites(from: unknown, to: unknown, sides: Sides): Said[] {
  const [old, now] = [relationItems(from), relationItems(to)]
  const named = (item: Item) => `「${sides.nameOf(item.key)}」${delayed(item)}`
  return [
    ...now
      .filter((item) => !old.some((one) => one.key === item.key))
      .map((item): Said => ({ kind: 'added', message: named(item), after: item.raw })),
    ...old
      .filter((item) => !now.some((one) => one.key === item.key))
      .map((item): Said => ({ kind: 'removed', message: named(item), before: item.raw })),
    ...now.flatMap((item): Said[] => {
      const was = old.find((one) => one.key === item.key)
      if (!was || same(was.raw, item.raw)) return []
      const name = `「${sides.nameOf(item.key)}」`
      const said: Said[] = []
      if (!same(was.raw.delay, item.raw.delay))
        said.push({
          message: `${name}之后的间隔 ${delayText(was.raw.delay)} → ${delayText(item.raw.delay)}`,
          before: was.raw.delay,
          after: item.raw.delay,
        })
      if (!same(was.raw.when, item.raw.when))
        said.push(
          ...conditions(was.raw.when, item.raw.when, sides).map((one) => ({
            ...one,
            message: `以${name}为前提的条件: ${one.message}`,
          })),
        )
      if (said.length > 0) return said
      return [{ message: `${name}的要求有改动`, before: was.raw, after: item.raw }]
    }),
  ]
}

function delayed(item: Item): string {
  return item.raw.delay === undefined ? '' : `(间隔 ${spanText(item.raw.delay)})`
}

function delayText(raw: unknown): string {
  return raw === undefined ? '无' : spanText(raw)
}

interface Row {
  when?: Condition
  is?: unknown
  track?: string
  article?: unknown
}

/** Rows are the same when they give the same value, in their order. */
function tableRows(from: unknown, to: unknown, sides: Sides): Said[] {
  const [old, now] = [from, to].map((raw) => (Array.isArray(raw) ? (raw as Row[]) : []))
  const value = (row: Row) => JSON.stringify(row.is ?? row.track)
  const shown = (row: Row) => `「${sides.nameOf(String(row.is ?? row.track))}」`
  const paired = new Map<Row, Row>()
  const left = new Set(old)
  for (const row of now!) {
    const was = [...left].find((one) => same(one, row)) ?? [...left].find((one) => value(one) === value(row))
    if (!was) continue
    left.delete(was)
    paired.set(row, was)
  }
  const text = (row: Row, lens: Lens) => (row.when ? conditionText(lens, row.when, sides.scope) : '其他情形')
  const said: Said[] = now!.flatMap((row): Said[] => {
    const was = paired.get(row)
    const own = cited(row)
    if (!was)
      return [{ kind: 'added', message: `取${shown(row)}: ${text(row, sides.after)}`, after: row, ...own }]
    if (same(was.when, row.when)) return []
    return conditions(was.when, row.when, sides).map((one) => ({
      ...one,
      message: `取${shown(row)}的条件: ${one.message}`,
      ...own,
    }))
  })
  for (const row of left) {
    const message = `取${shown(row)}: ${text(row, sides.before)}`
    said.push({ kind: 'removed', message, before: row, ...cited(row) })
  }
  if (said.length > 0) return said
  return [{ message: '各行的次序或条文有改动', before: from, after: to }]
}

function cited(item: { article?: unknown }): { article?: string[] } {
  return item.article === undefined ? {} : { article: citations(item.article) }
}

interface Rule {
  article?: unknown
  that?: Condition
  when?: Condition
  title?: string
}

function requirements(from: unknown, to: unknown, sides: Sides): Said[] {
  const [old, now] = [from, to].map((raw) => (Array.isArray(raw) ? (raw as Rule[]) : []))
  const gone = old!.filter((rule) => !now!.some((one) => same(one, rule)))
  const come = now!.filter((rule) => !old!.some((one) => same(one, rule)))
  const text = (rule: Rule, lens: Lens) =>
    rule.title ?? (rule.that ? conditionText(lens, rule.that, sides.scope) : '')
  if (gone.length === 1 && come.length === 1)
    return conditions(gone[0]!.that, come[0]!.that, sides).map((one) => ({
      ...one,
      message: come[0]!.title ? `${come[0]!.title}: ${one.message}` : one.message,
      ...cited(come[0]!),
    }))
  return [
    ...come.map(
      (rule): Said => ({ kind: 'added', message: text(rule, sides.after), after: rule, ...cited(rule) }),
    ),
    ...gone.map(
      (rule): Said => ({ kind: 'removed', message: text(rule, sides.before), before: rule, ...cited(rule) }),
    ),
  ]
}

/** Lists of names: what came and what went. */
function members(from: unknown, to: unknown, sides: Sides): Said[] {
  const list = (raw: unknown) => (raw === undefined ? [] : Array.isArray(raw) ? raw : [raw])
  const [old, now] = [list(from), list(to)]
  if ([...old, ...now].some((one) => typeof one !== 'string'))
    return whole(from, to, (one) => (typeof one === 'string' ? sides.nameOf(one) : '按判定表'))
  const names = (all: unknown[]) => all.map((one) => sides.nameOf(String(one))).join('、')
  const [come, gone] = [now.filter((one) => !old.includes(one)), old.filter((one) => !now.includes(one))]
  if (old.length === 1 && now.length === 1) return whole(from, to, (one) => names(list(one)))
  return [
    ...(come.length > 0 ? [{ kind: 'added', message: names(come), after: come } as Said] : []),
    ...(gone.length > 0 ? [{ kind: 'removed', message: names(gone), before: gone } as Said] : []),
    ...(come.length + gone.length === 0 ? [{ message: '次序有改动', before: from, after: to }] : []),
  ]
}
