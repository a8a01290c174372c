import type { Case } from '../../shared/case-data.ts'
import type { PolicyWords } from '../../shared/policy-words.ts'
import type { TextKey } from '../../shared/text.ts'

/** Stages that the vocabulary puts under one heading. */
export const STAGES_OF = {
  acceptance: ['trial', 'acceptance'],
  operation: ['operation'],
  evaluation: ['evaluation'],
} as const

/** Steps of the vocabulary that make, change hands of, or close a contract. */
const CONTRACT_STEPS = new Set([
  'tender-review',
  'procurement',
  'award',
  'contract',
  'contracts-complete',
  'supervision',
  'contract-acceptance',
])

export type TabKey =
  | 'steps'
  | 'basics'
  | 'money'
  | 'materials'
  | 'contracts'
  | 'procedures'
  | 'lists'
  | keyof typeof STAGES_OF
  | 'documents'
  | 'history'

/** The tabs that a project has: those for which its jurisdiction's policy, or its own record, has something. */
export function tabsOf(words: PolicyWords, seen: Case): { key: TabKey; text: TextKey; count?: number }[] {
  const { document } = words
  const live = new Set(seen.steps.filter((one) => one.state !== 'excluded').map((one) => one.stage))
  const has = (stages: readonly string[]): boolean => stages.some((stage) => live.has(stage))
  const everyStep = Object.values(document.steps)
  return [
    { key: 'steps', text: 'project.steps' },
    { key: 'basics', text: 'project.basics' },
    { key: 'money', text: 'project.money' },
    { key: 'materials', text: 'project.materials' },
    ...(seen.steps.some((one) => isContractStep(words, one.id) && one.state !== 'excluded')
      ? [{ key: 'contracts', text: 'project.contracts' } as const]
      : []),
    ...(Object.values(document.procedures ?? {}).some((one) => one.on === 'project')
      ? [{ key: 'procedures', text: 'project.changes', count: seen.procedures.length } as const]
      : []),
    ...(listNames(words).length > 0 ? [{ key: 'lists', text: 'project.dataLists' } as const] : []),
    ...(Object.keys(STAGES_OF) as (keyof typeof STAGES_OF)[])
      .filter((key) => has(STAGES_OF[key]))
      .map((key) => ({ key, text: `project.${key}` }) as const),
    ...(everyStep.some((one) => one.yields) ? [{ key: 'documents', text: 'cases.documents' } as const] : []),
    { key: 'history', text: 'project.history' },
  ]
}

/** Whether a step belongs to the making of contracts: by its vocabulary id, or because it makes or serves parts. */
export function isContractStep(words: PolicyWords, id: string): boolean {
  const rule = words.document.steps[id]
  return CONTRACT_STEPS.has(id) || rule?.creates !== undefined || rule?.each !== undefined
}

/** Every list that the policy asks for, as `fact` or `step.record`, with its title. */
export function listNames(words: PolicyWords): { step?: string; id: string; title: string }[] {
  const { facts, steps } = words.document
  const ofSteps = Object.entries(steps).flatMap(([step, rule]) =>
    [rule, ...Object.values(rule.outcomes ?? {})].flatMap((one) =>
      Object.entries(one.records ?? {})
        .filter(([, record]) => record.type === 'list')
        .map(([id, record]) => ({ step, id, title: record.title ?? id })),
    ),
  )
  const ofProject = Object.entries(facts)
    .filter(([, fact]) => fact.type === 'list')
    .map(([id, fact]) => ({ id, title: fact.title }))
  return [...ofProject, ...ofSteps]
}
