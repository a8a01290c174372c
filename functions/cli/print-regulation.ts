import type { GivenRegulation } from '../services/tenants/give-regulation.ts'

const WORDS = {
  missing: '办法有而文本没有',
  duplicate: '条号重复',
  order: '条号倒退',
  unknown: '文本有而办法没有',
} as const

/** Prints what was found in a regulation's text. */
export function printRegulation(given: GivenRegulation & { effectiveOn: string }): void {
  console.log(`自 ${given.effectiveOn} 起施行的版本: 载入 ${given.found} 条`)
  for (const { code, unit, line, cited } of given.problems)
    console.log(
      `  ${WORDS[code]}: ${unit}${line === undefined ? '' : ` (第 ${line} 行)`}${cited ? ', 有规则引用它' : ''}`,
    )
}
