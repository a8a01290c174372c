import type { PolicyDocument } from '../document/document.ts'
import type { StepText } from '../document/document-steps.ts'
import { citedBy } from '../readings.ts'
import { keyByContent, keyById } from './rule-key.ts'

/** The kinds of rules whose projects are counted. */
export const RULE_KINDS = [
  'step',
  'outcome',
  'when',
  'after',
  'unless',
  'window',
  'due',
  'repeat',
  'requires',
  'opinion',
  'experts',
  'through',
  'material',
  'decision',
  'option',
  'procedure',
  'veto',
  'sanction',
  'bar',
  'merge',
  'norm',
  'row',
  'scope',
  'article',
] as const
export type RuleKind = (typeof RULE_KINDS)[number]

/** A rule of a document: how it is counted, and what it is called. */
export interface RuleName {
  key: string
  kind: RuleKind
  title: string
  /** Whether the title is of the rule itself, not of what it is a part of. */
  own: boolean
}

/** The rules of a document, for those who find out which of them met a project and for those who show how many. */
export interface RuleBook {
  /** By the path in the document, such as `steps.declare.due.0`; what may stand alone or in a list counts as a list. */
  rules: ReadonlyMap<string, RuleName>
  /** What the rule with a key is called. */
  byKey: ReadonlyMap<string, RuleName>
  /** By unit of the text, the keys of the rules that cite it, and of the steps at which it is shown. */
  articles: ReadonlyMap<string, ReadonlySet<string>>
  /** The units of the text that the rule with a key cites. */
  unitsOf: ReadonlyMap<string, readonly string[]>
}

const books = new WeakMap<PolicyDocument, RuleBook>()

/** The rules of a document; made once for each. */
export function ruleBook(document: PolicyDocument): RuleBook {
  let book = books.get(document)
  if (!book) {
    const rules = new Map<string, RuleName>()
    const add: Add = (path, kind, key, title, own = true) => void rules.set(path, { key, kind, title, own })
    nameSteps(document, add)
    nameOthers(document, add)
    const articles = articlesOf(document, rules)
    book = {
      rules,
      byKey: new Map([...rules.values()].map((rule) => [rule.key, rule])),
      articles,
      unitsOf: inverted(articles),
    }
    books.set(document, book)
  }
  return book
}

/** The rule of the document at a path, or the nearest around it. */
export function ruleAround(book: RuleBook, path: readonly string[]): RuleName | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const at = path.slice(0, length).join('.')
    const rule = book.rules.get(at) ?? book.rules.get(`${at}.0`)
    if (rule) return rule
  }
  return undefined
}

type Add = (path: string, kind: RuleKind, key: string, title: string, own?: boolean) => void

function nameSteps(document: PolicyDocument, add: Add): void {
  for (const [id, step] of Object.entries(document.steps)) nameStep(`steps.${id}`, id, step, add)
  for (const [procedure, { title, steps }] of Object.entries(document.procedures ?? {})) {
    add(`procedures.${procedure}`, 'procedure', keyById('procedure', procedure), title)
    for (const [id, step] of Object.entries(steps))
      nameStep(`procedures.${procedure}.steps.${id}`, id, step, add)
  }
}

function nameStep(path: string, id: string, step: StepText, add: Add): void {
  const { title } = step
  add(path, 'step', keyById('step', id), title)
  const one = (part: string, kind: RuleKind, raw: unknown): void => {
    if (raw !== undefined) add(`${path}.${part}`, kind, keyByContent(kind, id, raw), title, false)
  }
  const each = (part: string, kind: RuleKind, raw: unknown, owner = id, called = title): void =>
    listed(raw).forEach((item, i) => {
      const own = typeof item === 'object' && item !== null && 'title' in item ? item.title : undefined
      const name = typeof own === 'string' ? `${called}: ${own}` : called
      add(`${path}.${part}.${i}`, kind, keyByContent(kind, owner, item), name, name !== called)
    })
  const materials = (part: string, raw: StepText['materials'], owner: string): void => {
    for (const [name, material] of Object.entries(raw ?? {}))
      add(
        `${path}.${part}.${name}`,
        'material',
        keyByContent('material', `${owner}.${name}`, material),
        `${title}: ${material.title}`,
      )
  }
  one('when', 'when', step.when)
  one('window', 'window', step.window)
  one('experts', 'experts', step.experts)
  if (typeof step.repeat === 'object') one('repeat', 'repeat', step.repeat)
  each('after', 'after', step.after)
  each('unless', 'unless', step.unless)
  each('due', 'due', step.due)
  each('requires', 'requires', step.requires)
  each('opinions', 'opinion', step.opinions)
  each('through', 'through', step.through)
  materials('materials', step.materials, id)
  for (const [outcome, text] of Object.entries(step.outcomes ?? {})) {
    const [at, owner] = [`outcomes.${outcome}`, `${id}.${outcome}`]
    const called = `${title}: ${text.title ?? outcome}`
    add(`${path}.${at}`, 'outcome', keyById('outcome', owner), called)
    each(`${at}.after`, 'after', text.after, owner, called)
    each(`${at}.requires`, 'requires', text.requires, owner, called)
    materials(`${at}.materials`, text.materials, owner)
  }
}

function nameOthers(document: PolicyDocument, add: Add): void {
  const { decisions, vetoes, sanctions, merges, norms, tables, scope, tracks } = document
  for (const [id, { title, options }] of Object.entries(decisions ?? {})) {
    add(`decisions.${id}`, 'decision', keyById('decision', id), title)
    for (const [option, called] of Object.entries(options))
      add(
        `decisions.${id}.options.${option}`,
        'option',
        keyById('option', `${id}.${option}`),
        `${title}: ${called}`,
      )
  }
  for (const [id, veto] of Object.entries(vetoes ?? {}))
    add(`vetoes.${id}`, 'veto', keyByContent('veto', id, veto), veto.title)
  for (const [id, { title, bars }] of Object.entries(sanctions ?? {})) {
    add(`sanctions.${id}`, 'sanction', keyById('sanction', id), title)
    bars.forEach((bar, i) => {
      add(`sanctions.${id}.bars.${i}`, 'bar', keyByContent('bar', id, bar), title, false)
    })
  }
  for (const [id, merge] of Object.entries(merges ?? {}))
    add(`merges.${id}`, 'merge', keyByContent('merge', id, merge), merge.title)
  for (const [id, { title }] of Object.entries(norms ?? {}))
    add(`norms.${id}`, 'norm', keyById('norm', id), title)
  for (const [id, table] of Object.entries(tables ?? {}))
    table.rows.forEach((row, i) => {
      const value = table.values?.[String(row.is)] ?? shown(row.is)
      add(`tables.${id}.rows.${i}`, 'row', keyByContent('row', id, row), `${table.title ?? id}: ${value}`)
    })
  scope.rows.forEach((row, i) => {
    const title = tracks[row.track]?.title ?? row.track
    add(`scope.rows.${i}`, 'scope', keyByContent('scope', row.track, row), title)
  })
}

function shown(value: string | number | boolean): string {
  return value === true ? '是' : value === false ? '否' : String(value)
}

/** What a part of a document stands in: a rule, the articles above it that are of no rule, the nearest article. */
interface Around {
  key: string | undefined
  above: readonly string[]
  inherited: readonly string[]
}

/**
 * Which rules cite a unit of the text: by their own article, else by that of what they stand in; a row also by that of
 * its table. A stage's article is that of its steps, a track's that of the rows that lead to it.
 */
function articlesOf(
  document: PolicyDocument,
  rules: ReadonlyMap<string, RuleName>,
): Map<string, Set<string>> {
  const units = Object.keys(document.coverage).sort((a, b) => b.length - a.length)
  const found = new Map<string, Set<string>>()
  const put = (article: string, key: string): void => {
    const unit = units.find((one) => article.startsWith(one)) ?? article
    const keys = found.get(unit) ?? new Set()
    found.set(unit, keys.add(key))
  }
  const walk = (node: unknown, path: string, around: Around): void => {
    const rule = rules.get(path) ?? (Array.isArray(node) ? undefined : rules.get(`${path}.0`))
    if (typeof node !== 'object' || node === null) {
      if (rule) for (const article of around.inherited) put(article, rule.key)
      return
    }
    const own = citedBy((node as { article?: unknown }).article) ?? []
    const key = rule?.key ?? around.key
    if (key)
      for (const article of rule && own.length === 0 ? around.inherited : [...around.above, ...own])
        put(article, key)
    const inner = {
      key,
      above: key ? [] : [...around.above, ...own],
      inherited: own.length > 0 ? own : around.inherited,
    }
    for (const [part, value] of Object.entries(node))
      if (part !== 'article') walk(value, path === '' ? part : `${path}.${part}`, inner)
  }
  const { coverage, policy: _, ...rest } = document
  walk(rest, '', { key: undefined, above: [], inherited: [] })
  const steps = { ...document.steps }
  for (const { steps: inner } of Object.values(document.procedures ?? {})) Object.assign(steps, inner)
  for (const [id, { stage }] of Object.entries(steps))
    for (const article of citedBy(document.stages[stage ?? '']?.article) ?? [])
      put(article, keyById('step', id))
  document.scope.rows.forEach((row, i) => {
    for (const article of citedBy(document.tracks[row.track]?.article) ?? [])
      put(article, rules.get(`scope.rows.${i}`)!.key)
  })
  for (const [unit, covers] of Object.entries(coverage))
    for (const cover of [covers].flat())
      if (typeof cover === 'object' && 'guidance' in cover)
        for (const step of cover.guidance) put(unit, keyById('step', step))
  return found
}

function inverted(articles: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> {
  const units = new Map<string, string[]>()
  for (const [unit, keys] of articles)
    for (const key of keys) units.set(key, [...(units.get(key) ?? []), unit])
  return units
}

function listed(raw: unknown): unknown[] {
  return raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]
}
