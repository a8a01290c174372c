import { parseMoney } from '../../values/money.ts'
import type { ExecuteCommand } from '../command.ts'
import type { TypeShape } from '../document/literal.ts'
import { refreshed } from '../engine/environment.ts'
import { factRule, shapeOf } from '../engine/inputs.ts'
import { actorOf } from '../engine/survey.ts'
import type { Env, Guard } from '../model.ts'
import type { ActorRule, OutcomeRule, RecordRule, Step } from '../model-step.ts'
import type { Row, Value, Values } from '../state.ts'
import { type Cut, valueOfCut } from './cuts.ts'
import { type Game, ordinary, rawOf, readLive, valueFor, type Wishes } from './play-values.ts'

/** What is stated and handed in when a step is executed in a run, all of it in good order where that can be. */
export function executionOf(
  game: Game,
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  wishes: Wishes,
): ExecuteCommand {
  const stated = new Stating(game, env, step, outcome, wishes)
  stated.fill()
  stated.repair()
  const opinions = step.opinions.flatMap((rule) => rule.from.get(env) ?? [])
  return {
    type: 'execute',
    step: step.id,
    by: actingParties(actorOf(env, step)),
    outcome: outcome.id,
    records: stated.raw(),
    materials: [...step.materials, ...outcome.materials].map((rule) => rule.id),
    opinions: Object.fromEntries(opinions.map((party) => [party, 'agree'])),
    witness: step.witness,
    ...(step.experts && outcome.settles ? { experts: expertsFor(env, step.experts) } : {}),
    checks: Object.fromEntries(step.checks.map((check) => [check.id, 'met'])),
    ...(env.part === undefined ? {} : { part: env.part }),
    ...(step.procedure !== undefined && env.instance ? { procedure: env.instance.id } : {}),
  }
}

export function actingParties(actor: ActorRule | undefined): string[] {
  if (!actor) return []
  return actor.kind === 'all' ? actor.parties : actor.parties.slice(0, 1)
}

function expertsFor(
  env: Env,
  { text, count: rule }: NonNullable<Step['experts']>,
): { name: string; agrees: boolean }[] {
  const count = Math.max(3, ...(rule?.all ?? []))
  const odd = text.odd && count % 2 === 0 ? count + 1 : count
  const listed = listedIn(env, text.from)
  return Array.from({ length: odd }, (_, i) => ({ name: listed[i] ?? `专家${i + 1}`, agrees: true }))
}

/** Names that stand in a register on the day. */
function listedIn(env: Env, register: string): string[] {
  const valid = (env.outside.registers?.[register] ?? []).filter(
    (entry) => (entry.from ?? '') <= env.day && env.day <= (entry.to ?? '9999'),
  )
  return valid.map((entry) => entry.name)
}

/** So many combinations of a step's own statements are tried to meet what it requires. */
const MOST_TRIES = 400

interface Statement {
  id: string
  /** Name of the variable by which wishes are kept. */
  variable: string
  shape: TypeShape
  record?: RecordRule
}

/** Records and facts of one execution, found so that its requirements hold. */
class Stating {
  readonly records: Values = {}
  readonly facts: Values = {}
  private readonly game: Game
  private readonly env: Env
  private readonly step: Step
  private readonly outcome: OutcomeRule
  private readonly wishes: Wishes
  private readonly statements = new Map<string, Statement>()

  constructor(game: Game, env: Env, step: Step, outcome: OutcomeRule, wishes: Wishes) {
    this.game = game
    this.env = env
    this.step = step
    this.outcome = outcome
    this.wishes = wishes
  }

  /** Values for everything that this execution is asked for; twice, since one may be asked for because of another. */
  fill(): void {
    const { step, outcome } = this
    const rules = outcome.settles ? [...step.records, ...outcome.records] : outcome.records
    for (let pass = 0; pass < 2; pass += 1) {
      for (const rule of rules) this.fillRecord(rule)
      if (outcome.settles) for (const id of step.facts) this.fillFact(id)
    }
  }

  private fillRecord(rule: RecordRule): void {
    const variable = `${this.step.id}.${rule.id}`
    if (rule.id in this.records || (rule.when && rule.when.test(this.view()) !== 1)) return
    if (rule.text.optional && !this.wishes.has(variable)) return
    const shape: TypeShape = { type: rule.type, options: rule.text.options, columns: rule.text.columns }
    const value =
      rule.id === this.step.effective
        ? this.env.day
        : this.limited(rule, this.listed(rule) ?? this.wished(variable, shape))
    if (value === undefined) return
    this.records[rule.id] = value
    this.statements.set(rule.id, { id: rule.id, variable, shape, record: rule })
  }

  private fillFact(id: string): void {
    const rule = factRule(this.env, this.step, id)
    if (!rule || rule.computed || id in this.facts) return
    const variable = rule.procedure ? `${rule.procedure}.${id}` : id
    if (rule.optional && !this.wishes.has(variable)) return
    const view = this.view()
    if (rule.when && rule.when.test(view) !== 1) return
    const shape = shapeOf(this.env, rule)
    const known = rule.read(view)
    const value = known !== undefined && !this.wishes.has(variable) ? known : this.wished(variable, shape)
    if (value === undefined) return
    this.facts[id] = value
    this.statements.set(id, { id, variable, shape })
  }

  private wished(variable: string, shape: TypeShape): Value | undefined {
    return valueFor(this.game, this.view(), this.wishes, variable, shape)
  }

  /** A name that stands in the register which a record is taken from. */
  private listed({ text, type }: RecordRule): Value | undefined {
    return text.from && type !== 'list' ? listedIn(this.env, text.from)[0] : undefined
  }

  /** An amount within what the record itself allows. */
  private limited(rule: RecordRule, value: Value | undefined): Value | undefined {
    const limit = (raw: string | number | undefined): number | undefined => {
      if (raw === undefined || typeof raw === 'number') return raw
      const other = parseMoney(raw) ?? readLive(this.game, this.view(), raw)
      return typeof other === 'number' ? other : undefined
    }
    if (rule.type === 'list') return this.balanced(rule, value as Row[])
    if (typeof value !== 'number') return value
    const [least, most] = [limit(rule.text.atLeast), limit(rule.text.atMost)]
    const raised = least === undefined ? value : Math.max(value, least)
    return most === undefined ? raised : Math.min(raised, most)
  }

  /** Rows whose sum is what their check asks for. */
  private balanced(rule: RecordRule, rows: Row[]): Value {
    const [row] = rows
    if (!row) return rows
    const balanced: Row = { ...row }
    for (const check of rule.text.checks ?? []) {
      const target = check.equals ?? check.atMost
      const sum = target === undefined ? undefined : readLive(this.game, this.view(), target)
      if (typeof sum === 'number') balanced[check.sum] = sum
    }
    return [balanced]
  }

  /** Changes the step's own statements where a requirement does not hold, one requirement after another. */
  repair(): void {
    const { step, outcome } = this
    const rules = [...(outcome.settles ? step.requires : []), ...step.requires, ...outcome.requires]
    for (let pass = 0; pass < 2; pass += 1) {
      if (outcome.when) this.satisfy(outcome.when, 1)
      for (const rule of new Set(rules)) {
        if (rule.when && rule.when.test(this.view()) !== 1) continue
        if (!this.satisfy(rule.that, 1) && rule.when) this.satisfy(rule.when, 0)
      }
    }
  }

  private satisfy(guard: Guard, wanted: 0 | 1): boolean {
    if (guard.test(this.view()) === wanted) return true
    const own = [...new Set(guard.reads)].flatMap((name) => this.own(name) ?? [])
    const choices = own.map((statement) => this.choicesOf(statement))
    const size = choices.reduce((product, one) => product * one.length, 1)
    for (let n = 0; own.length > 0 && n < Math.min(size, MOST_TRIES); n += 1) {
      const before = own.map((statement) => this.get(statement))
      let rest = n
      own.forEach((statement, i) => {
        const list = choices[i]!
        this.set(statement, list[rest % list.length]!)
        rest = Math.floor(rest / list.length)
      })
      if (guard.test(this.view()) === wanted) return true
      own.forEach((statement, i) => this.set(statement, before[i]))
    }
    return false
  }

  /** The statement of this step that a name means. */
  private own(name: string): Statement | undefined {
    const tail = name.startsWith(`${this.step.id}.`) ? name.slice(this.step.id.length + 1) : name
    return this.statements.get(tail)
  }

  private choicesOf(statement: Statement): Value[] {
    const view = this.view()
    const cuts: Cut[] = this.game.domains.get(statement.variable) ?? []
    const values = cuts
      .map((cut) => valueOfCut(cut, (id) => readLive(this.game, view, id)))
      .filter((value) => value !== undefined)
    const usual = ordinary(this.game, this.env.day, statement.shape)
    const base: Value[] = [usual, ...(statement.shape.type === 'day' ? [this.env.day] : [])]
    const { record } = statement
    const all: Value[] = [...values, ...base]
    return all.map((value) => (record && this.limited(record, value)) ?? value)
  }

  private get(statement: Statement): Value {
    return (statement.record ? this.records : this.facts)[statement.id]!
  }

  private set(statement: Statement, value: Value | undefined): void {
    if (value !== undefined) (statement.record ? this.records : this.facts)[statement.id] = value
  }

  /** The environment in which the execution would be judged. */
  private view(): Env {
    return {
      ...refreshed(this.env),
      overlay: { step: this.step.index, records: this.records, facts: this.facts },
    }
  }

  raw(): Record<string, unknown> {
    const raw: Record<string, unknown> = {}
    for (const statement of this.statements.values())
      raw[statement.id] = rawOf(statement.shape, this.get(statement))
    return raw
  }
}
