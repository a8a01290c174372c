import { articleName } from '../values/article.ts'
import { listOf } from './compile/compiler.ts'
import { nearest } from './document/nearest.ts'
import type { Citation, Policy } from './model.ts'
import type { Problem } from './problem.ts'

export interface ArticleCoverage {
  article: string
  how: ('enforced' | 'guidance' | 'informative' | 'missing')[]
  /** Rules that cite it, as `kind path`. */
  rules: string[]
  guidance: string[]
  informative?: string
}

/** Rules that merely name an article without any force of their own. */
const WITHOUT_FORCE = new Set(['header', 'party', 'register', 'norm', 'fact'])

/** The units of a policy's text that must each be accounted for. */
export function unitsOf(policy: Policy): string[] {
  const { articles } = policy.document.policy
  return Array.isArray(articles) ? articles : Array.from({ length: articles }, (_, i) => articleName(i + 1))
}

/** The unit that a citation belongs to: the longest that it begins with. */
export function unitOf(citation: string, units: string[]): string | undefined {
  return units.filter((unit) => citation.startsWith(unit)).sort((a, b) => b.length - a.length)[0]
}

/** Accounts for every article of the text (§18): an article that nothing accounts for is an error. */
export function checkCoverage(policy: Policy): { coverage: ArticleCoverage[]; problems: Problem[] } {
  const problems: Problem[] = []
  const units = unitsOf(policy)
  const cited = new Map<string, Citation[]>()
  for (const citation of policy.citations) {
    const unit = unitOf(citation.article, units)
    if (!unit) {
      if (!fromOtherDocument(policy, citation.article))
        problems.push({
          severity: 'error',
          code: 'citation',
          message: `引用的「${citation.article}」不在本办法的条文之内`,
          fix: `是否指「${nearest(citation.article, units) ?? units[0]}」?`,
          path: citation.path,
        })
      continue
    }
    cited.set(unit, [...(cited.get(unit) ?? []), citation])
  }
  const coverage = units.map((unit) => accountFor(policy, unit, cited.get(unit) ?? [], problems))
  for (const key of Object.keys(policy.document.coverage))
    if (!units.includes(key))
      problems.push({
        severity: 'error',
        code: 'coverage',
        message: `coverage 中的「${key}」不是本办法的条文`,
        fix: `是否指「${nearest(key, units) ?? ''}」?`,
        path: ['coverage', key],
      })
  return { coverage, problems }
}

function fromOtherDocument(policy: Policy, article: string): boolean {
  return Object.values(policy.document.documents ?? {}).some((document) => article.startsWith(document.title))
}

function accountFor(
  policy: Policy,
  unit: string,
  citations: Citation[],
  problems: Problem[],
): ArticleCoverage {
  const how: ArticleCoverage['how'] = []
  const guidance: string[] = []
  let informative: string | undefined
  const binding = citations.filter((citation) => !WITHOUT_FORCE.has(citation.kind))
  const path = ['coverage', unit]
  for (const item of listOf(policy.document.coverage[unit])) {
    if (item === 'enforced') {
      how.push('enforced')
      if (citations.length === 0)
        problems.push({
          severity: 'error',
          code: 'coverage',
          message: `「${unit}」写作 enforced, 但没有规则引用它`,
          fix: '给规则写上 article, 或改为 guidance / informative',
          path,
          article: [unit],
        })
    } else if ('guidance' in item) {
      how.push('guidance')
      guidance.push(...item.guidance)
      for (const step of item.guidance)
        if (!policy.stepIndex.has(step))
          problems.push({
            severity: 'error',
            code: 'reference',
            message: `环节「${step}」没有定义`,
            fix: `是否指「${nearest(step, policy.stepIndex.keys()) ?? ''}」?`,
            path,
            article: [unit],
          })
    } else {
      how.push('informative')
      informative = item.informative
    }
  }
  if (how.length === 0) {
    how.push('missing')
    problems.push({
      severity: 'error',
      code: 'article-unaccounted',
      message: `「${unit}」没有交代`,
      fix:
        binding.length > 0
          ? '在 coverage 中写 enforced'
          : '在 coverage 中写 {guidance: [环节]} 或 {informative: 理由}',
      path: ['coverage'],
      article: [unit],
    })
  } else if (binding.length > 0 && !how.includes('enforced'))
    problems.push({
      severity: 'error',
      code: 'coverage',
      message: `规则引用了「${unit}」, 但 coverage 没有写 enforced`,
      fix: '改为 enforced, 或 [enforced, …]',
      path,
      article: [unit],
    })
  return {
    article: unit,
    how,
    rules: binding.map((citation) => citation.path.join('.')),
    guidance,
    informative,
  }
}
