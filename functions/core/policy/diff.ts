import { changesIn } from './diff-values.ts'
import { keyTitle, kindTitle, literalText, namesIn } from './diff-words.ts'
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
  const nameOf = namesIn(now, old)
  changes.push(...changesOf('policy', '办法', old.policy, now.policy, [], nameOf))
  changes.push(...changesOf('scope', '适用范围', old.scope, now.scope, [], nameOf))
  for (const section of SECTIONS) changes.push(...sectionChanges(section, old, now, nameOf))
  return changes
}

type Members = Record<string, unknown>
type NameOf = (id: string) => string

function sectionChanges(
  section: (typeof SECTIONS)[number],
  old: PolicyDocument,
  now: PolicyDocument,
  nameOf: NameOf,
): PolicyChange[] {
  const a = (old[section] ?? {}) as Members
  const b = (now[section] ?? {}) as Members
  const changes = memberChanges(section, kindTitle(section), a, b, nameOf)
  if (section !== 'procedures') return changes
  for (const id of Object.keys(b))
    if (id in a)
      for (const inner of ['facts', 'steps'] as const) {
        const title = `${titleOf(b[id], id)}·${kindTitle(inner)}`
        const [x, y] = [(a[id] as Members)[inner] ?? {}, (b[id] as Members)[inner] ?? {}]
        changes.push(...memberChanges(`procedures.${id}.${inner}`, title, x as Members, y as Members, nameOf))
      }
  return changes
}

/** Members added, removed and changed; nested members of procedures are compared on their own. */
function memberChanges(path: string, kind: string, a: Members, b: Members, nameOf: NameOf): PolicyChange[] {
  const changes: PolicyChange[] = []
  for (const [id, member] of Object.entries(b))
    if (!(id in a))
      changes.push({
        kind: 'added',
        path: `${path}.${id}`,
        message: `${kind}「${titleOf(member, id)}」`,
        after: member,
        article: articlesOf(member),
      })
  for (const [id, member] of Object.entries(a)) {
    if (!(id in b))
      changes.push({
        kind: 'removed',
        path: `${path}.${id}`,
        message: `${kind}「${titleOf(member, id)}」`,
        before: member,
        article: articlesOf(member),
      })
    else {
      const skipped = path === 'procedures' ? ['facts', 'steps'] : []
      changes.push(
        ...changesOf(
          `${path}.${id}`,
          `${kind}「${titleOf(b[id], id)}」`,
          member,
          b[id],
          articlesOf(b[id]),
          nameOf,
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

/** The changed values inside one rule, each said with the key that it stands under. */
function changesOf(
  path: string,
  rule: string,
  before: unknown,
  after: unknown,
  article: string[],
  nameOf: NameOf,
  skipped: string[] = [],
): PolicyChange[] {
  return changesIn(before, after, skipped).map(({ keys, from, to, cited }) => {
    const where = keys.map((key) => keyTitle(key, after, before)).join('·')
    const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'
    const change =
      from === undefined
        ? literalText(to, nameOf)
        : to === undefined
          ? literalText(from, nameOf)
          : `${literalText(from, nameOf)} → ${literalText(to, nameOf)}`
    return {
      kind,
      path: [path, ...keys].join('.'),
      message: `${rule}${where ? `的${where}` : ''}: ${change}`,
      before: from,
      after: to,
      article: cited ? citations(cited) : article,
    }
  })
}

function titleOf(member: unknown, id: string): string {
  const text = member as { title?: unknown; name?: unknown } | undefined
  return typeof text?.title === 'string' ? text.title : typeof text?.name === 'string' ? text.name : id
}

function articlesOf(member: unknown): string[] {
  return typeof member === 'object' && member !== null && 'article' in member ? citations(member.article) : []
}

function citations(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.flatMap(citations)
  if (typeof raw === 'string') return [raw]
  return typeof raw === 'object' && raw !== null && 'at' in raw ? [String(raw.at)] : []
}
