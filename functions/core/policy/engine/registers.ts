import { addDays, type Day } from '../../values/day.ts'
import { addSpan } from '../../values/span.ts'
import type { CaseEvent, RegisterWrite } from '../command.ts'
import type { Env, Outside, RegisterEntry } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, RegisterRule, Step } from '../model-step.ts'
import { finding } from './say.ts'
import { unknownFacts } from './shown-values.ts'

/** What executing a step with an outcome writes to registers; what stands against it goes into the findings (§11). */
export function registerWrites(env: Env, step: Step, outcome: OutcomeRule, into: Finding[]): RegisterWrite[] {
  let registers = env.outside.registers
  const writes: RegisterWrite[] = []
  for (const rule of outcome.registers) {
    const holds = rule.when ? rule.when.test(env) : 1
    if (holds === 2) into.push(finding('undetermined', step.id, rule.article, unknownFacts(rule.when!, env)))
    const write = holds === 1 ? writeOf(env, step, rule, into) : undefined
    if (!write) continue
    const entries = registers?.[rule.register]
    const limit = entries && limitOf(env, write, entries)
    if (limit) {
      const title = env.policy.document.registers?.[rule.register]?.title ?? rule.register
      into.push(finding('record', step.id, rule.article, { record: title, name: rule.register, limit }))
    }
    registers = written(registers, write)
    writes.push(write)
  }
  return writes
}

function writeOf(env: Env, step: Step, rule: RegisterRule, into: Finding[]): RegisterWrite | undefined {
  const missing: Record<string, null> = {}
  const stated = (label: string, value: unknown): string | undefined => {
    if (typeof value === 'string' && value !== '') return value
    missing[label] = null
    return undefined
  }
  const name = stated(rule.label, rule.name(env))
  const from = rule.from ? stated(rule.from.label, rule.from.day(env)) : env.day
  const level = typeof rule.level === 'function' ? stated('level', rule.level(env)) : rule.level
  const organisation = rule.organisation?.(env)
  let to: Day | undefined = rule.act === 'leave' ? addDays(env.day, -1) : undefined
  if (rule.to && 'day' in rule.to) to = stated(rule.to.label, rule.to.day(env))
  else if (rule.to && from !== undefined) to = addSpan(from, rule.to, env.outside.calendar).day
  if (name === undefined || from === undefined || Object.keys(missing).length > 0) {
    into.push(finding('undetermined', step.id, rule.article, missing))
    return undefined
  }
  return {
    act: rule.act,
    register: rule.register,
    name,
    ...(level === undefined ? {} : { level }),
    ...(typeof organisation === 'string' ? { organisation } : {}),
    from,
    ...(to === undefined ? {} : { to }),
  }
}

/** Why the register cannot take it; undefined when it can. */
function limitOf(env: Env, write: RegisterWrite, entries: readonly RegisterEntry[]): string | undefined {
  const there = standing(entries, write)
  if (write.act === 'leave') return there.length > 0 ? undefined : `当日没有「${write.name}」, 不能移出`
  if (write.to !== undefined && write.to < write.from) return `截止 ${write.to} 早于起始 ${write.from}`
  const most = env.policy.document.registers?.[write.register]?.size?.atMost
  const count = entries.filter((one) => validOn(one, write.from)).length
  if (most !== undefined && there.length === 0 && count >= most)
    return `至多 ${most} 条, 已有 ${count} 条, 不能再记入「${write.name}」`
  return undefined
}

function validOn(entry: RegisterEntry, day: Day): boolean {
  return (entry.from ?? '') <= day && day <= (entry.to ?? '9999-12-31')
}

/** The entries of that name which are valid on the day that the write begins. */
function standing(entries: readonly RegisterEntry[], write: RegisterWrite): RegisterEntry[] {
  return entries.filter((one) => one.name === write.name && validOn(one, write.from))
}

/**
 * The entries that a write changes, as they are afterwards; one without `id` that was not there is new. Who is in the
 * register at the same level stays in it, at least as long as before; at another level the old entry ends the day before.
 */
export function entriesChanged(entries: readonly RegisterEntry[], write: RegisterWrite): RegisterEntry[] {
  const there = standing(entries, write)
  if (write.act === 'leave') return there.map((one) => ({ ...one, to: write.to }))
  const same = there.find((one) => write.level === undefined || one.level === write.level)
  if (same) return [{ ...same, to: later(same.to, write.to) }]
  const { act: _, register: __, ...entry } = write
  return [...there.map((one) => ({ ...one, to: addDays(write.from, -1) })), entry]
}

/** The later of two last days; without one there is no end. */
function later(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined || b === undefined ? undefined : a > b ? a : b
}

/** Registers after what executions wrote to them. */
export function registersAfter(
  registers: Outside['registers'],
  events: readonly CaseEvent[],
): Outside['registers'] {
  const writes = events.flatMap((event) => (event.type === 'executed' ? (event.registers ?? []) : []))
  return writes.reduce(written, registers)
}

function written(registers: Outside['registers'], write: RegisterWrite): Outside['registers'] {
  const known = registers?.[write.register]
  if (!known && write.act === 'leave') return registers
  const entries = known ?? []
  const changed = entriesChanged(entries, write)
  const replaced = standing(entries, write)
  // A changed entry keeps its name and its first day.
  const kept = entries.filter(
    (one) => !replaced.includes(one) || !changed.some((next) => sameEntry(one, next)),
  )
  return { ...registers, [write.register]: [...kept, ...changed] }
}

function sameEntry(a: RegisterEntry, b: RegisterEntry): boolean {
  return a.name === b.name && a.from === b.from && a.level === b.level
}
