import { lookAt } from '../policy/engine/environment.ts'
import { emptyOutside } from '../policy/engine/outside.ts'
import { recordOf } from '../policy/engine/read-state.ts'
import type { Env, Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import { type Basis, basisOf } from './money-lines.ts'

/** One side of a comparison: an amount by the name that the policy gives it; without amount it is not known yet. */
export interface Compared {
  name: string
  title: string
  basis?: Basis
  amountFen?: number
}

/** Two amounts that some rule of the policy holds against each other. */
export interface Comparison {
  /** What the rule is called, or the step or fact that it belongs to. */
  title: string
  left: Compared
  right: Compared
  /** `atMost 15%` and the like, of the right side; absent for a mere difference. */
  limit?: { operator: string; share: string }
  article: string[]
}

type Node = Record<string, unknown>
interface Place {
  step?: string
  procedure?: string
  title: string
  article: string[]
}

const OPERATORS = ['atMost', 'lessThan', 'atLeast', 'moreThan']

/** Every pair of amounts that the policy compares, with their values in this case where they are known. */
export function comparisons(policy: Policy, state: CaseState): Comparison[] {
  const found = new Map<string, Comparison>()
  const add = (
    at: Place,
    names: readonly [string, string],
    limit?: { operator: string; share: string },
  ): void => {
    const [left, right] = names.map((name) => side(policy, state, own(policy, name, at)))
    if (!left || !right) return
    const key = [left.name, right.name, limit?.operator, limit?.share, ...at.article].join('|')
    if (!found.has(key))
      found.set(key, { title: at.title, left, right, ...(limit ? { limit } : {}), article: at.article })
  }
  const walk = (node: unknown, key: string, at: Place): void => {
    if (Array.isArray(node)) for (const item of node) walk(item, key, at)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const here = placed(policy, node as Node, key, at)
    const { of, difference, ratio } = node as Node
    for (const pair of [difference, ratio])
      if (Array.isArray(pair)) add(here, [String(pair[0]), String(pair[1])])
    for (const operator of OPERATORS) {
      const operand = (node as Node)[operator]
      if (typeof of === 'string' && typeof operand === 'string')
        add(here, [key, of], { operator, share: operand })
      else if (isNode(operand) && typeof operand.fact === 'string')
        add(here, [key, operand.fact], { operator, share: '100%' })
    }
    for (const [name, value] of Object.entries(node)) if (name !== 'coverage') walk(value, name, here)
  }
  walk(policy.document, '', { title: '', article: [] })
  return [...found.values()]
}

/** Where the walk has come to: the step or procedure, the nearest title and citation. */
function placed(policy: Policy, node: Node, key: string, at: Place): Place {
  const article = typeof node.article === 'string' ? [node.article] : listed(node.article)
  return {
    ...at,
    ...(policy.stepIndex.has(key) && isNode(node) && 'title' in node ? { step: key } : {}),
    ...(policy.procedures.has(key) && 'steps' in node ? { procedure: key } : {}),
    ...(typeof node.title === 'string' ? { title: node.title } : {}),
    ...(article.length > 0 ? { article } : {}),
  }
}

function listed(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.flatMap((one) => (typeof one === 'string' ? [one] : listed(one)))
  return isNode(raw) && typeof raw.at === 'string' ? [raw.at] : []
}

function isNode(raw: unknown): raw is Node {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

/** A name as its rule means it: the step's own record and the procedure's own fact come first. */
function own(policy: Policy, name: string, at: Place): string {
  const step = policy.steps[policy.stepIndex.get(at.step ?? '') ?? -1]
  if (step && recordRule(policy, `${step.id}.${name}`)) return `${step.id}.${name}`
  if (at.procedure && policy.facts.has(`${at.procedure}.${name}`)) return `${at.procedure}.${name}`
  return name
}

function recordRule(policy: Policy, name: string) {
  const [id = '', ...rest] = name.split('.')
  const step = policy.steps[policy.stepIndex.get(id) ?? -1]
  const rule = [...(step?.records ?? []), ...(step?.outcomes.flatMap((one) => one.records) ?? [])].find(
    (one) => one.id === rest.join('.'),
  )
  return step && rule ? { step, rule } : undefined
}

/** A side with its value; undefined for a name that is no amount. */
function side(policy: Policy, state: CaseState, name: string): Compared | undefined {
  const fact = policy.facts.get(name)
  const record = fact ? undefined : recordRule(policy, name)
  if ((fact?.type ?? record?.rule.type) !== 'money') return undefined
  const env = envOf(policy, state, fact?.procedure ?? record?.step.procedure)
  const value = fact ? fact.read(env) : recordOf(env, record!.step, record!.rule.id)
  const basis = basisOf(name)
  return {
    name,
    title: fact?.title ?? `${record!.step.title}: ${record!.rule.title}`,
    ...(basis ? { basis } : {}),
    ...(typeof value === 'number' ? { amountFen: value } : {}),
  }
}

/** Amounts hang on nothing outside the case. */
function envOf(policy: Policy, state: CaseState, procedure: string | undefined): Env {
  const newest = state.procedures.findLast((one) => one.procedure === procedure)
  return lookAt(policy, state, emptyOutside, state.openedOn, newest)
}
