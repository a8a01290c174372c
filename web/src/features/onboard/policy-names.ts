import { parseDocument } from 'yaml'
import type { Place } from './yaml-place.ts'

/** What an author may name at a place: ids of the text at hand, with their titles. */
export interface NamedId {
  id: string
  title: string
}

const PARTY_KEYS = new Set(['by', 'from', 'to', 'copies', 'witness', 'keptBy', 'office', 'same', 'binds'])
const STEP_KEYS = new Set([
  'after',
  'step',
  'unless',
  'until',
  'of',
  'first',
  'reopens',
  'demands',
  'through',
  'closedBy',
  'composes',
  'every',
  'bars',
  'merges',
  'readers',
])
const CONDITION_KEYS = new Set(['when', 'that', 'lifted', 'where', 'any', 'all', 'not'])

/** The ids that the key at a place refers to, read from the text as far as it can be read. */
export function namesAt(text: string, { path, writes }: Place): NamedId[] {
  const root = readable(text)
  const last = path.filter((key) => key !== '*').at(-1) ?? ''
  if (writes === 'key') return CONDITION_KEYS.has(last) ? conditionNames(root) : []
  if (last === 'stage') return idsIn(root, 'stages')
  if (last === 'track') return idsIn(root, 'tracks')
  if (last === 'article') return idsIn(root, 'coverage')
  if (last === 'sanction' || last === 'imposes' || last === 'lifts') return idsIn(root, 'sanctions')
  if (PARTY_KEYS.has(last)) return [...idsIn(root, 'parties'), ...(last === 'from' ? stepIds(root) : [])]
  if (STEP_KEYS.has(last)) return stepIds(root)
  return []
}

/** The text as data; what is half written is left out, an alias without its anchor makes it unreadable for the moment. */
function readable(text: string): unknown {
  try {
    return parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'silent' }).toJS({
      maxAliasCount: 10_000,
    })
  } catch {
    return undefined
  }
}

function conditionNames(root: unknown): NamedId[] {
  return ['facts', 'tables', 'decisions'].flatMap((section) => idsIn(root, section))
}

function stepIds(root: unknown): NamedId[] {
  const procedures = Object.values(sectionOf(root, 'procedures'))
  return [...idsIn(root, 'steps'), ...procedures.flatMap((one) => idsIn(one, 'steps'))]
}

function idsIn(root: unknown, section: string): NamedId[] {
  return Object.entries(sectionOf(root, section)).map(([id, rule]) => ({ id, title: titleOf(rule) }))
}

function sectionOf(root: unknown, name: string): Record<string, unknown> {
  const section = isMap(root) ? root[name] : undefined
  return isMap(section) ? section : {}
}

function titleOf(rule: unknown): string {
  const title = isMap(rule) ? (rule.title ?? rule.name) : undefined
  return typeof title === 'string' ? title : ''
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
