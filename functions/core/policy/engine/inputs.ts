import { parseMoney } from '../../values/money.ts'
import type { ExecuteCommand } from '../command.ts'
import { parseValue, type TypeShape } from '../document/literal.ts'
import { nearest } from '../document/nearest.ts'
import type { Env, FactRule } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { MaterialRule, OutcomeRule, RecordRule, Step } from '../model-step.ts'
import type { GivenMaterial, Row, Value, Values } from '../state.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'
import { unknownFacts } from './shown-values.ts'
import { resolveValue } from './value-of.ts'

/** What an execution states and hands in, read by type and judged (§3, §17). */
export interface Inputs {
  records: Values
  facts: Values
  materials: GivenMaterial[]
  findings: Finding[]
}

/** Reads records and facts by their types; what is not asked for is noted and not kept. */
export function readInputs(
  env: Env,
  step: Step,
  outcome: OutcomeRule | undefined,
  command: ExecuteCommand,
): Inputs {
  const records: Values = {}
  const facts: Values = {}
  const findings: Finding[] = []
  const rules = new Map<string, RecordRule>()
  for (const one of step.outcomes) for (const rule of one.records) rules.set(rule.id, rule)
  for (const rule of [...step.records, ...(outcome?.records ?? [])]) rules.set(rule.id, rule)
  for (const [name, raw] of Object.entries(command.records ?? {})) {
    const rule = rules.get(name)
    const fact = step.facts.includes(name) ? factRule(env, step, name) : undefined
    const shape: TypeShape | undefined = rule
      ? { type: rule.type, options: rule.text.options, columns: rule.text.columns }
      : fact && shapeOf(env, fact)
    if (!shape) {
      const guess = nearest(name, [...rules.keys(), ...step.facts])
      findings.push(
        finding(
          'unknown',
          step.id,
          step.article,
          { name, ...(guess ? { guess } : {}) },
          guess ? 'block' : 'note',
        ),
      )
      continue
    }
    const parsed = parseValue(shape, raw)
    if (!parsed.ok)
      findings.push(
        finding('record', step.id, rule?.article ?? fact!.article, {
          record: rule?.title ?? fact!.title,
          name,
          expected: parsed.expected,
          ...(parsed.given ? { given: parsed.given } : {}),
        }),
      )
    else if (rule && !(fact && !step.records.includes(rule) && !outcome?.records.includes(rule)))
      records[name] = parsed.value
    if (parsed.ok && fact) facts[name] = parsed.value
  }
  return { records, facts, materials: readMaterials(command), findings }
}

/** The rule of a fact as a step names it: its procedure's first. */
export function factRule(env: Env, step: Step, id: string): FactRule | undefined {
  return (step.procedure && env.policy.facts.get(`${step.procedure}.${id}`)) || env.policy.facts.get(id)
}

export function shapeOf(env: Env, fact: FactRule): TypeShape {
  const text = fact.procedure
    ? env.policy.document.procedures![fact.procedure]!.facts![fact.id]!
    : env.policy.document.facts[fact.id]
  return { type: fact.type, options: text?.options, columns: text?.columns }
}

function readMaterials(command: ExecuteCommand): GivenMaterial[] {
  return (command.materials ?? []).map((item) => (typeof item === 'string' ? { id: item } : item))
}

/** Records that the execution owes: the step's when it settles, the outcome's always (§3). */
export function recordFindings(env: Env, step: Step, outcome: OutcomeRule, into: Finding[]): void {
  const rules = [...(outcome.settles ? step.records : []), ...outcome.records]
  for (const rule of rules) {
    const when = rule.when ? rule.when.test(env) : 1
    const value = env.overlay!.records[rule.id]
    if (value === undefined) {
      if (when === 0 || rule.text.optional) continue
      into.push(
        when === 2
          ? finding('undetermined', step.id, rule.article, unknownFacts(rule.when!, env))
          : finding('record', step.id, rule.article, { record: rule.title, name: rule.id, [rule.id]: null }),
      )
    } else judgeRecord(env, step, rule, value, into)
  }
}

function judgeRecord(env: Env, step: Step, rule: RecordRule, value: Value, into: Finding[]): void {
  const limit = (raw: string | number | undefined): number | undefined => {
    if (raw === undefined) return undefined
    if (typeof raw === 'number') return raw
    const literal = rule.type === 'money' ? parseMoney(raw) : undefined
    if (literal !== undefined) return literal
    const other = resolveValue(env, step, raw)
    return typeof other === 'number' ? other : undefined
  }
  const { atLeast, atMost } = rule.text
  const [least, most] = [limit(atLeast), limit(atMost)]
  const bad = (text: string): void =>
    void into.push(
      finding('record', step.id, rule.article, { record: rule.title, name: rule.id, limit: text }),
    )
  if (typeof value === 'number') {
    if (least !== undefined && value < least) bad(`不得少于 ${atLeast}`)
    if (most !== undefined && value > most) bad(`不得超过 ${atMost}`)
  }
  if (rule.type === 'money' && typeof value === 'number' && value < 0) bad('不得为负')
  for (const check of rule.text.checks ?? []) {
    const sum = (value as Row[]).reduce((total, row) => total + Number(row[check.sum] ?? 0), 0)
    const equals = check.equals === undefined ? undefined : resolveValue(env, step, check.equals)
    const cap = check.atMost === undefined ? undefined : resolveValue(env, step, check.atMost)
    if (typeof equals === 'number' && sum !== equals) bad(`各行「${check.sum}」之和应等于「${check.equals}」`)
    if (typeof cap === 'number' && sum > cap) bad(`各行「${check.sum}」之和不得超过「${check.atMost}」`)
  }
  if (rule.text.from) registerFinding(env, step, rule, value, into)
}

function registerFinding(env: Env, step: Step, rule: RecordRule, value: Value, into: Finding[]): void {
  const register = env.outside.registers?.[rule.text.from!]
  if (!register) return
  const valid = register.filter((entry) => (entry.from ?? '') <= env.day && env.day <= (entry.to ?? '9999'))
  const text = env.policy.document.registers?.[rule.text.from!]
  const title = text?.title ?? rule.text.from!
  const bad = (limit: string): void =>
    void into.push(finding('record', step.id, rule.article, { record: rule.title, name: rule.id, limit }))
  if (valid.length === 0) return bad(`须取自「${title}」, 该名录当日没有有效条目`)
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = text?.size ?? {}
  if (valid.length < atLeast)
    bad(`须取自「${title}」, 该名录当日只有 ${valid.length} 项, 应不少于 ${atLeast} 项`)
  if (valid.length > atMost) bad(`须取自「${title}」, 该名录当日有 ${valid.length} 项, 应不多于 ${atMost} 项`)
  const { level } = rule.text
  const rank = (name: string | undefined) => text?.levels?.indexOf(name ?? '') ?? -1
  const named = valid.filter((entry) => entry.name === value)
  if (level !== undefined && named.length > 0 && !named.some((entry) => rank(entry.level) >= rank(level)))
    bad(`须为「${title}」中 ${level} 以上`)
  if (named.length === 0) bad(`须取自「${title}」, 当日有效: ${valid.map((entry) => entry.name).join('、')}`)
}

/** Materials still missing for an outcome; those taken from an earlier step are there when it was executed. */
export function materialGaps(
  env: Env,
  step: Step,
  outcome: OutcomeRule | undefined,
  given: GivenMaterial[],
): { rule: MaterialRule; missing?: string[]; unknown?: Record<string, null> }[] {
  const rules = [...step.materials, ...(outcome?.materials ?? [])]
  const byId = new Map(given.map((item) => [item.id, item]))
  const groups = new Set(
    rules.filter((rule) => rule.text.anyOf && byId.has(rule.id)).map((rule) => rule.text.anyOf),
  )
  return rules.flatMap((rule) => {
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 0 || rule.text.optional) return []
    if (when === 2) return [{ rule, unknown: unknownFacts(rule.when!, env) }]
    if (rule.text.anyOf && groups.has(rule.text.anyOf) && !byId.has(rule.id)) return []
    const item = byId.get(rule.id)
    if (!item) {
      const source = rule.from === undefined ? undefined : stepState(env, env.policy.steps[rule.from]!)
      return source?.runs.some((run) => !run.undone) ? [] : [{ rule }]
    }
    if (item.reason !== undefined) return rule.text.orReason && item.reason.trim() ? [] : [{ rule }]
    const missing =
      item.contents && rule.text.contents
        ? rule.text.contents.filter((chapter) => !item.contents!.includes(chapter))
        : []
    return missing.length > 0 ? [{ rule, missing }] : []
  })
}

export function materialFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  given: GivenMaterial[],
  into: Finding[],
): void {
  const known = new Set(
    [...step.materials, ...step.outcomes.flatMap((one) => one.materials)].map((rule) => rule.id),
  )
  for (const item of given)
    if (!known.has(item.id)) {
      const guess = nearest(item.id, known)
      into.push(
        finding(
          'unknown',
          step.id,
          step.article,
          { name: item.id, ...(guess ? { guess } : {}) },
          guess ? 'block' : 'note',
        ),
      )
    }
  if (!outcome.settles && outcome.materials.length === 0) return
  const gaps = materialGaps(env, step, outcome, given).filter(
    ({ rule }) => outcome.settles || outcome.materials.includes(rule),
  )
  const seen = new Set<string>()
  for (const gap of gaps) {
    if (gap.rule.text.anyOf) {
      if (seen.has(gap.rule.text.anyOf)) continue
      seen.add(gap.rule.text.anyOf)
    }
    const group = gap.rule.text.anyOf
      ? gaps.filter((one) => one.rule.text.anyOf === gap.rule.text.anyOf)
      : [gap]
    into.push(
      gap.unknown
        ? finding('undetermined', step.id, gap.rule.article, gap.unknown)
        : finding('material', step.id, gap.rule.article, {
            material: group.map((one) => one.rule.title).join(' 或 '),
            name: group.map((one) => one.rule.id).join(','),
            ...(gap.missing ? { contents: gap.missing.join('、') } : {}),
          }),
    )
  }
}
