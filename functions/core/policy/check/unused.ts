import { textOf } from '../compile/compile.ts'
import { recordsOf } from '../compile/names.ts'
import type { Problem } from '../problem.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'

/** What is defined and never looked at: a note, since a policy may well ask for what only people read. */
export function checkUnused(lens: Lens): Problem[] {
  return [...unusedNames(lens), ...unusedFacts(lens), ...unusedRecords(lens), ...emptyStages(lens)]
}

type Section = 'tables' | 'decisions' | 'parameters' | 'parties' | 'registers' | 'sanctions'
const KINDS: Record<Section, [prefix: string, kind: string, never: string]> = {
  tables: ['', '判定表', '没有规则读取'],
  decisions: ['', '认定事项', '没有规则读取'],
  parameters: ['', '参数', '没有规则读取'],
  parties: ['party:', '责任方', '没有环节由它办理、会同或知会'],
  registers: ['register:', '名录', '没有环节取自它或写入它'],
  sanctions: ['sanction:', '惩戒', '没有规则引起它, 只能由人决定采取'],
}

function unusedNames({ policy, document }: Lens): Problem[] {
  const interpreters = new Set(document.policy.interpretedBy ?? [])
  return (Object.keys(KINDS) as Section[]).flatMap((section) => {
    const [prefix, kind, never] = KINDS[section]
    return Object.entries(document[section] ?? {}).flatMap(([id, text]) => {
      if (policy.used.has(`${prefix}${id}`) || (section === 'parties' && interpreters.has(id))) return []
      const title = 'title' in text ? (text.title ?? id) : 'name' in text ? text.name : id
      return [unused([section, id], `${kind}「${title}」(${id})${never}`)]
    })
  })
}

function unused(path: Problem['path'], message: string): Problem {
  return problemAt('unused', path, { severity: 'note', message, fix: '不需要的可以删去' })
}

/** Types that only people read. */
const FOR_PEOPLE = new Set(['text', 'organisation', 'person', 'project', 'list'])

function unusedFacts({ policy }: Lens): Problem[] {
  return [...policy.facts].flatMap(([key, rule]) => {
    const isRead = policy.used.has(key) || policy.used.has(rule.id)
    if (isRead || FOR_PEOPLE.has(rule.type) || policy.document.parameters?.[key]) return []
    const path = rule.procedure ? ['procedures', rule.procedure, 'facts', rule.id] : ['facts', key]
    return [unused(path, `要素「${rule.title}」(${key})没有规则读取, 只作记录`)]
  })
}

/** One note for all records that no rule reads: most are there to be kept. */
function unusedRecords({ policy, document }: Lens): Problem[] {
  const names = policy.steps.flatMap((step) =>
    Object.entries(recordsOf(textOf(document, step))).flatMap(([id, text]) => {
      const isRead = policy.used.has(id) || policy.used.has(`${step.id}.${id}`) || step.effective === id
      return isRead || FOR_PEOPLE.has(text.type) ? [] : [`${step.id}.${id}`]
    }),
  )
  if (names.length === 0) return []
  return [unused(['steps'], `这些记录没有规则读取, 只作留存: ${names.join('、')}`)]
}

function emptyStages({ policy, document }: Lens): Problem[] {
  return Object.keys(document.stages)
    .filter((id) => !policy.steps.some((step) => step.stage === id))
    .map((id) => unused(['stages', id], `阶段「${id}」没有环节`))
}
