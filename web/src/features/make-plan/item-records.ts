import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'

type Rule = PolicyDocument['steps'][string]

/** What the policy asks to be stated of an item of a plan, whichever outcome it is given. */
export function itemRecords(rule: Rule | undefined): NonNullable<Rule['records']> {
  return Object.assign({}, rule?.records, ...Object.values(rule?.outcomes ?? {}).map((one) => one.records))
}
