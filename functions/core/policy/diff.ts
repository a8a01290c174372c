import { STAGE_TITLES } from '../values/stages.ts'
import { Lens } from './check/lens.ts'
import { literalText } from './diff-literals.ts'
import { pieces } from './diff-pieces.ts'
import { SAYERS, type Said, type Sides } from './diff-say.ts'
import { changesIn } from './diff-values.ts'
import { citations, keyTitle, kindTitle, namesIn } from './diff-words.ts'
import type { PolicyDocument } from './document/document.ts'
import type { Policy } from './model.ts'

export interface PolicyChange {
  kind: 'added' | 'removed' | 'changed'
  /** Where in the file, by the names of rules. */
  path: string
  /** In words an officer reads: 「监理」适用条件: 概算 ≥ 100万元 → 概算 ≥ 150万元. */
  message: string
  before?: unknown
  after?: unknown
  /** Articles of the rule, of the newer version where there is one. */
  article: string[]
}

/** Parts of a policy whose members are rules of their own, found by name. */
const SECTIONS = [
  'parties',
  'registers',
  'documents',
  'parameters',
  'tracks',
  'facts',
  'tables',
  'decisions',
  'stages',
  'steps',
  'merges',
  'procedures',
  'vetoes',
  'sanctions',
  'norms',
  'coverage',
] as const

/** What changed between two versions: by the names of rules, never by lines. */
export function diffPolicies(before: Policy, after: Policy): PolicyChange[] {
  const changes: PolicyChange[] = []
  const [old, now] = [before.document, after.document]
  const sides: Sides = {
    before: new Lens(before),
    after: new Lens(after),
    scope: {},
    nameOf: namesIn(now, old),
  }
  changes.push(...changesOf('policy', '办法', old.policy, now.policy, [], sides))
  changes.push(...changesOf('scope', '适用范围', old.scope, now.scope, citedBy(now.scope), sides))
  for (const section of SECTIONS) changes.push(...sectionChanges(section, old, now, sides))
  return changes
}

type Members = Record<string, unknown>

function sectionChanges(
  section: (typeof SECTIONS)[number],
  old: PolicyDocument,
  now: PolicyDocument,
  sides: Sides,
): PolicyChange[] {
  const a = (old[section] ?? {}) as Members
  const b = (now[section] ?? {}) as Members
  const changes = memberChanges(section, kindTitle(section), a, b, sides)
  if (section !== 'procedures') return changes
  for (const id of Object.keys(b))
    if (id in a)
      for (const inner of ['facts', 'steps'] as const) {
        const title = `${titleOf(b[id], id)}·${kindTitle(inner)}`
        const [x, y] = [(a[id] as Members)[inner] ?? {}, (b[id] as Members)[inner] ?? {}]
        changes.push(...memberChanges(`procedures.${id}.${inner}`, title, x as Members, y as Members, sides))
      }
  return changes
}

/** Members added, removed and changed; nested members of procedures are compared on their own. */
function memberChanges(path: string, kind: string, a: Members, b: Members, sides: Sides): PolicyChange[] {
  const changes: PolicyChange[] = []
  for (const [id, member] of Object.entries(b))
    if (!(id in a))
      changes.push({
        kind: 'added',
        path: `${path}.${id}`,
        message: `${kind}「${titleOf(member, id)}」`,
        after: member,
        article: citedBy(member),
      })
  for (const [id, member] of Object.entries(a)) {
    if (!(id in b))
      changes.push({
        kind: 'removed',
        path: `${path}.${id}`,
        message: `${kind}「${titleOf(member, id)}」`,
        before: member,
        article: citedBy(member),
      })
    else {
      const skipped = path === 'procedures' ? ['facts', 'steps'] : []
      changes.push(
        ...changesOf(
          `${path}.${id}`,
          `${kind}「${titleOf(b[id], id)}」`,
          member,
          b[id],
          citedBy(b[id]),
          sides,
          skipped,
        ),
      )
    }
  }
  const order = Object.keys(a).filter((id) => id in b)
  const ordered =
    path === 'stages' &&
    order.join() !==
      Object.keys(b)
        .filter((id) => id in a)
        .join()
  if (ordered)
    changes.push({
      kind: 'changed',
      path,
      message: `阶段的次序: ${order.join('、')} → ${Object.keys(b).join('、')}`,
      before: order,
      after: Object.keys(b),
      article: [],
    })
  return changes
}

/** What the values of a table are called. */
function valueTitles(rule: unknown): Record<string, string> {
  const values = typeof rule === 'object' && rule !== null && 'values' in rule ? rule.values : undefined
  return typeof values === 'object' && values !== null ? (values as Record<string, string>) : {}
}

/** The changed values inside one rule, each said with the key that it stands under. */
function changesOf(
  path: string,
  rule: string,
  before: unknown,
  after: unknown,
  article: string[],
  shared: Sides,
  skipped: string[] = [],
): PolicyChange[] {
  const values = { ...valueTitles(before), ...valueTitles(after) }
  const sides = { ...shared, nameOf: (id: string) => values[id] ?? shared.nameOf(id), scope: scopeOf(path) }
  return changesIn(before, after, skipped).flatMap(({ keys, from, to, cited }) => {
    const where = keys.map((key) => keyTitle(key, after, before)).join('·')
    const key = keys[keys.length - 1] ?? ''
    const say = SAYERS[key] ?? (PIECES.has(key) ? pieces : sayWhole)
    return say(from, to, sides).map(
      ({ kind, message, before: was, after: is, article: own }): PolicyChange => ({
        kind: kind ?? (from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'),
        path: [path, ...keys].join('.'),
        message: `${rule}${where ? `的${where}` : ''}: ${message}`,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
        article: own ?? (cited === undefined ? article : citations(cited)),
      }),
    )
  })
}

/** Keys whose value is a list of what is brought about or barred. */
const PIECES: ReadonlySet<string> = new Set([
  'demands',
  'imposes',
  'lifts',
  'postpones',
  'reopens',
  'bars',
  'through',
])

function sayWhole(from: unknown, to: unknown, { before, after, scope, nameOf }: Sides): Said[] {
  const said = [
    ...(from === undefined ? [] : [literalText(from, { lens: before, scope, nameOf })]),
    ...(to === undefined ? [] : [literalText(to, { lens: after, scope, nameOf })]),
  ]
  return [{ message: said.join(' → '), before: from, after: to }]
}

/** Where the names of a rule are looked up from. */
function scopeOf(path: string): Sides['scope'] {
  const [section, first, inner, second] = path.split('.')
  if (section === 'steps') return { step: first }
  if (section !== 'procedures') return {}
  return inner === 'steps' ? { step: second, procedure: first } : { procedure: first }
}

function titleOf(member: unknown, id: string): string {
  const text = member as { title?: unknown; name?: unknown } | undefined
  if (typeof text?.title === 'string') return text.title
  // Only stages and articles are without a title of their own.
  return typeof text?.name === 'string' ? text.name : (STAGE_TITLES[id] ?? id)
}

function citedBy(member: unknown): string[] {
  return typeof member === 'object' && member !== null && 'article' in member ? citations(member.article) : []
}
