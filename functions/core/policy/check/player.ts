import { addDays, type Day } from '../../values/day.ts'
import type { Command } from '../command.ts'
import { applies } from '../engine/applies.ts'
import { startFindings } from '../engine/start.ts'
import { isOpenNow, type StepLook } from '../engine/survey.ts'
import type { Env } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import { mergedExecution, startingFacts } from './play-commands.ts'
import { actingParties, executionOf } from './play-inputs.ts'
import { type Look, type Node, PlayTable } from './play-table.ts'
import type { Game, Wishes } from './play-values.ts'

/** How one run is to be played. */
export interface Plan {
  wishes: Wishes
  /** Optional steps are taken as soon as they open, when nothing else is left, or not at all. */
  optional: 'eager' | 'late' | 'none'
  /** Outcomes that are taken the first time they can be, by step. */
  outcomes?: Record<string, string>
  /** A step that is held back until its due day is missed once. */
  late?: string
  /** A procedure that is started as soon as it can be, and a second time when it is over. */
  procedure?: string
  /** The run stops where this step is open. */
  stopAt?: string
}

const MOST_ROUNDS = 200
const MOST_YEARS = 12
/** Days between two looks for a period to come, and how many looks. */
const PERIOD_STEP = 100
const PERIOD_LOOKS = 5

/** Plays one project as favourably as can be: whatever is open is done, then time passes until something opens. */
export class Player extends PlayTable {
  readonly plan: Plan
  private readonly closing: Set<number>

  constructor(game: Game, plan: Plan) {
    super(game, plan.wishes)
    this.plan = plan
    this.closing = closingSteps(game)
  }

  begin(): Node {
    return this.opened(this.plan.wishes)
  }

  /** Goes on until the case is settled or nothing moves any more. */
  advance(node: Node): void {
    for (let n = 0; n < MOST_ROUNDS; n += 1) {
      if (this.env(node).state.ended) node.settled = true
      if (node.settled) return
      if (this.moveAll(node) || node.settled || this.tryUndetermined(node)) continue
      if (this.isPlayedOut(node)) {
        if (this.plan.optional !== 'none' && this.moveExtra(node)) continue
        node.settled = true
        return
      }
      if (!this.wait(node) && !this.moveOptional(node)) return
    }
  }

  /** One round over all steps; whatever is open and owed is done. */
  private moveAll(node: Node): boolean {
    if (this.startPlanned(node)) return true
    let moved = this.decideOpen(node)
    for (const place of this.places(node)) {
      if (node.state.ended) return true
      if (this.isIdle(node, place)) continue
      const found = this.lookAt(node, place)
      if (!found || !this.isWanted(node, found)) continue
      if (this.isStop(found.look)) {
        node.settled = true
        return true
      }
      if (!this.moveOne(node, found)) continue
      moved = true
      if (this.startPlanned(node)) return true
    }
    return moved
  }

  private isWanted(node: Node, { env, look }: Look): boolean {
    const { step } = look
    const isFirst =
      this.plan.optional === 'eager' && !node.executed.has(step.id) && !this.closing.has(step.index)
    return (isFirst || (look.pending && !step.repeatEach)) && !this.isHeldBack(node, env, look)
  }

  private moveOne(node: Node, { env, look }: Look): boolean {
    if (look.state === 'open') return this.take(node, env, look.step)
    return this.isForced(node, look.step) && isOpenNow(env, look.step) && this.force(node, env, look.step)
  }

  /** What looks undetermined may be known from the execution itself: the year that a declaration is for. */
  private tryUndetermined(node: Node): boolean {
    return this.looks(node).some(({ env, look }) => {
      const blocks = look.findings.filter((one) => one.level === 'block')
      const mayBeKnown = look.state === 'blocked' && blocks.every((one) => one.code === 'undetermined')
      return mayBeKnown && look.pending && applies(env, look.step) === 1 && this.take(node, env, look.step)
    })
  }

  private isStop(look: StepLook): boolean {
    return this.plan.stopAt === look.step.id && look.state === 'open'
  }

  private isHeldBack(node: Node, env: Env, look: StepLook): boolean {
    if (this.plan.late !== look.step.id || look.dueOn === undefined || node.used.has('missed')) return false
    if (env.day > look.dueOn) node.used.add('missed')
    return env.day <= look.dueOn
  }

  private decideOpen(node: Node): boolean {
    const env = this.env(node)
    for (const rule of this.game.policy.decisions.values()) {
      const cut = node.wishes.get(rule.id)
      const value =
        cut?.kind === 'value' ? String(cut.value) : (rule.default ?? Object.keys(rule.options)[0]!)
      if (node.state.decisions[rule.id] || value === rule.default) continue
      if (node.used.has(`decided:${rule.id}`) || (rule.when && rule.when.test(env) !== 1)) continue
      node.used.add(`decided:${rule.id}`)
      const command: Command = { type: 'decide', decision: rule.id, value, by: rule.by, reason: '认定' }
      if (this.act(node, command, rule.id)) return true
    }
    return false
  }

  private startPlanned(node: Node): boolean {
    const id = this.plan.procedure
    if (id === undefined) return false
    const instances = node.state.procedures.filter((one) => one.procedure === id)
    return instances.length < 2 && instances.every((one) => one.result) && this.start(node, id)
  }

  /** Starts a procedure when nothing but its own facts is in the way. */
  start(node: Node, id: string): boolean {
    const { policy } = this.game
    const rule = policy.procedures.get(id)!
    const probe = { id: `${id}-0`, procedure: id, openedOn: node.day, seq: 0, facts: {}, steps: {} }
    const env = this.within(node, probe)
    const mayPass = new Set(['requires', 'undetermined'])
    if (startFindings(env, rule).some((one) => !mayPass.has(one.code))) return false
    const starter = rule.by ?? policy.steps[rule.steps[0]!]?.by
    const by = actingParties(starter?.get(env))
    const facts = startingFacts(this.game, env, rule, node.wishes)
    return this.act(node, { type: 'start', procedure: id, by, facts }, id)
  }

  private isForced(node: Node, step: Step): boolean {
    return this.plan.outcomes?.[step.id] !== undefined && !node.used.has(`forced:${step.id}`)
  }

  private force(node: Node, env: Env, step: Step): boolean {
    const outcome = step.outcomes.find((one) => one.id === this.plan.outcomes?.[step.id])
    if (!outcome || !this.execute(node, env, step, outcome)) return false
    node.used.add(`forced:${step.id}`)
    return true
  }

  /** Executes an open step with the best outcome that is accepted. */
  take(node: Node, env: Env, step: Step): boolean {
    if (this.isForced(node, step) && this.force(node, env, step)) return true
    return favourable(step, node.wishes).some((outcome) => this.execute(node, env, step, outcome))
  }

  execute(node: Node, env: Env, step: Step, outcome: OutcomeRule): boolean {
    const merged = mergedExecution(this.game, env, step, node.wishes)
    return this.act(node, merged ?? executionOf(this.game, env, step, outcome, node.wishes), step.id)
  }

  /** Nothing owed is left but what comes again every period. */
  private isPlayedOut(node: Node): boolean {
    if (this.env(node).state.procedures.some((one) => !one.result)) return false
    return this.looks(node).every(({ env, look }) => {
      const { step } = look
      if (look.demanded) return false
      if (step.repeatEach || look.state === 'done' || look.state === 'excluded') return true
      return applies(env, step) === 0 || step.owed.get(env) === 'never'
    })
  }

  /** What may be done when all that is owed is done: optional steps, then those of a period, then those that close them. */
  private moveExtra(node: Node): boolean {
    if (this.moveOptional(node)) return true
    const open = this.untouched(node)
    const periodic = open.filter(({ look }) => look.step.repeatEach)
    if (this.tryOne(node, periodic)) return true
    const looked = [...node.used].filter((key) => key.startsWith('waited:')).length
    if (periodic.length > 0 && looked < PERIOD_LOOKS) {
      node.used.add(`waited:${node.day}`)
      node.day = addDays(node.day, PERIOD_STEP)
      return true
    }
    return this.tryOne(
      node,
      open.filter(({ look }) => this.closing.has(look.step.index)),
    )
  }

  private moveOptional(node: Node): boolean {
    const optional = this.untouched(node).filter(
      ({ look }) => !look.step.repeatEach && !this.closing.has(look.step.index),
    )
    return this.tryOne(node, optional)
  }

  private untouched(node: Node): Look[] {
    return this.looks(node).filter(
      ({ look }) => look.state !== 'excluded' && !node.executed.has(look.step.id),
    )
  }

  private tryOne(node: Node, list: Look[]): boolean {
    return list.some(({ env, look }) => look.state === 'open' && this.take(node, env, look.step))
  }

  /** Lets time pass to the first day on which something that is waited for may open. */
  private wait(node: Node): boolean {
    const days: Day[] = []
    for (const { env, look } of this.looks(node)) {
      if (look.state === 'done' || look.state === 'excluded') continue
      if (this.isHeldBack(node, env, look)) days.push(addDays(look.dueOn!, 1))
      for (const one of [...look.findings, ...(node.refusals.get(look.step.id) ?? [])])
        if (typeof one.facts.from === 'string') days.push(one.facts.from)
    }
    const last = addDays(this.game.start, MOST_YEARS * 366)
    const ahead = days.filter((day) => day > node.day && day <= last)
    if (ahead.length === 0) return false
    const next = ahead.reduce((first, day) => (day < first ? day : first))
    node.day = next
    node.refusals = new Map()
    return true
  }
}

/** Steps that end a periodic one. */
function closingSteps({ policy }: Game): Set<number> {
  return new Set(
    policy.steps.flatMap((step) => (typeof step.repeat === 'object' ? (step.repeat.until ?? []) : [])),
  )
}

/** The outcomes to try, the wished one first, then those that settle; a procedure may also end in effect. */
function favourable(step: Step, wishes: Wishes): OutcomeRule[] {
  const cut = wishes.get(`${step.id}.outcome`)
  const rank = (outcome: OutcomeRule): number => {
    if (cut?.kind === 'value' && cut.value === outcome.id) return 0
    return outcome.settles ? 1 : 2
  }
  const isEndOfProcedure = ({ effects }: OutcomeRule) =>
    step.procedure !== undefined && effects.ends !== undefined && effects.reopens.length === 0
  return step.outcomes
    .filter((outcome) => outcome.settles || isEndOfProcedure(outcome))
    .sort((a, b) => rank(a) - rank(b))
}
