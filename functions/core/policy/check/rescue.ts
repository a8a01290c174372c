import { reopenPath } from '../compile/graph.ts'
import { stepState } from '../engine/read-state.ts'
import { isOpenNow } from '../engine/survey.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { Cut } from './cuts.ts'
import type { Variable } from './lens.ts'
import type { Node } from './play-table.ts'
import { rawOf, valueFor } from './play-values.ts'
import type { Player } from './player.ts'

/** So many branches are followed from the places where a run gets stuck before it counts as stuck. */
const MOST_BRANCHES = 40
/** So often a run may be returned for correction. */
const MOST_RETURNS = 2

export interface Ending {
  settled: boolean
  /** Whether every way out was tried, so that a run that got stuck is stuck. */
  complete: boolean
  /** Where it ended, or the furthest place where it got stuck. */
  node: Node
  executed: Set<string>
  /** What the rules read that blocked it where it first got stuck, or was refused an outcome that it aimed at. */
  reasons: Set<string>
}

/**
 * Plays a run to its end. Where nothing favourable moves any more it tries what people still can do: state a missing
 * fact, decide otherwise, lift a sanction, list again, refuse, return for correction, or start a procedure.
 */
export function playToEnd(player: Player, most = MOST_BRANCHES): Ending {
  const executed = new Set<string>()
  const reasons = new Set<string>()
  let branches = 0
  let stuck: Node | undefined
  const solve = (node: Node): Node | undefined => {
    player.advance(node)
    for (const one of node.executed) executed.add(one)
    if (node.settled) return node
    if (!stuck) for (const id of reasonsOf(player, blocksOf(player, node)).keys()) reasons.add(id)
    if (!stuck || reach(player, node) > reach(player, stuck)) stuck = copyOf(node)
    for (const way of ways(player, node)) {
      branches += 1
      if (branches > most) return undefined
      const end = solve(way.branch)
      if (end || way.harmless) return end
    }
    return undefined
  }
  const end = solve(player.begin())
  return {
    settled: end !== undefined,
    complete: branches <= most,
    node: end ?? stuck!,
    executed,
    reasons,
  }
}

/** A way on. After a harmless one nothing is lost that could have been done without it. */
interface Way {
  branch: Node
  harmless: boolean
}

/** How many steps of the main procedure were executed. */
function reach(player: Player, node: Node): number {
  const { policy } = player.game
  return policy.main.filter((index) => node.executed.has(policy.steps[index]!.id)).length
}

function copyOf(node: Node): Node {
  const { executed, used, refusals } = node
  return { ...node, executed: new Set(executed), used: new Set(used), refusals: new Map(refusals) }
}

/** A branch in which the act was taken, unless it was tried before or is refused. */
function branchOf(node: Node, key: string, act: (branch: Node) => boolean): Node[] {
  if (node.used.has(key)) return []
  const branch = copyOf(node)
  branch.used.add(key)
  if (!act(branch)) return []
  node.used.add(key)
  return [branch]
}

/** What holds up the steps that are still owed. */
export interface Block {
  step: Step
  findings: Finding[]
}

export function blocksOf(player: Player, node: Node): Block[] {
  return player.looks(node).flatMap(({ env, look }) => {
    const isOwed = look.pending || (look.state === 'blocked' && look.step.owed.get(env) !== 'never')
    if (look.state === 'done' || look.state === 'excluded' || !isOwed || look.step.repeatEach) return []
    const own = look.findings.filter((one) => one.level === 'block')
    return [{ step: look.step, findings: [...own, ...(node.refusals.get(look.step.id) ?? [])] }]
  })
}

function* ways(player: Player, node: Node): Generator<Way> {
  const blocks = blocksOf(player, node)
  const reasons = reasonsOf(player, blocks)
  const all = (branches: Iterable<Node>, harmless: boolean): Iterable<Way> => waysOf(branches, harmless)
  yield* all(stateFacts(player, node, blocks), true)
  yield* all(nextYear(player, node, blocks), true)
  yield* all(
    decideOtherwise(player, node, (id) => reasons.has(id)),
    true,
  )
  yield* all(liftSanctions(player, node), true)
  yield* all(doAgain(player, node, reasons), true)
  yield* all(
    unfavourable(player, node, reasons, (outcome) => outcome.effects.ends !== undefined),
    false,
  )
  yield* all(
    unfavourable(player, node, reasons, (outcome) => outcome.effects.ends === undefined),
    false,
  )
  yield* all(startProcedures(player, node), false)
  yield* all(
    decideOtherwise(player, node, () => true),
    true,
  )
}

function* waysOf(branches: Iterable<Node>, harmless: boolean): Generator<Way> {
  for (const branch of branches) yield { branch, harmless }
}

const TELLING = new Set(['requires', 'veto', 'undetermined'])

/** All that the blocking rules read, looked through tables and computed facts. */
function reasonsOf(player: Player, blocks: Block[]): Map<string, Variable> {
  const { lens } = player.game
  const found = new Map<string, Variable>()
  const add = (variable: Variable | undefined): void => {
    if (!variable || found.has(variable.id)) return
    found.set(variable.id, variable)
    for (const source of lens.sources(variable)) add(source)
    const rows = variable.kind === 'table' ? lens.document.tables![variable.id]!.rows : []
    for (const row of rows)
      if (row.when) for (const atom of lens.atoms([{ condition: row.when, scope: {} }])) add(atom.variable)
    for (const placed of lens.askedWhen(variable)) for (const atom of lens.atoms([placed])) add(atom.variable)
  }
  for (const { step, findings } of blocks) {
    const telling = findings.filter(({ code }) => TELLING.has(code))
    const rules = [...step.requires, ...step.outcomes.flatMap((outcome) => outcome.requires)]
    const names = telling.flatMap((one) => Object.keys(one.facts))
    if (telling.length > 0) names.push(...rules.flatMap((rule) => rule.when?.reads ?? []))
    for (const name of names) add(lens.variable(name, { step: step.id, procedure: step.procedure }))
  }
  return found
}

/** A fact that is declared, and not yet, can be stated at any time. */
function* stateFacts(player: Player, node: Node, blocks: Block[]): Generator<Node> {
  const { game } = player
  const missing = new Set(
    blocks.flatMap(({ findings }) =>
      findings.flatMap((one) => Object.keys(one.facts).filter((name) => one.facts[name] === null)),
    ),
  )
  for (const id of missing) {
    const rule = game.policy.facts.get(id)
    if (!rule || rule.computed || rule.procedure || rule.from.length > 0) continue
    yield* branchOf(node, `fact:${id}`, (branch) => {
      const text = game.policy.document.facts[id]!
      const shape = { type: rule.type, options: text.options, columns: text.columns }
      const value = valueFor(game, player.env(branch), new Map(), id, shape)!
      return player.act(branch, { type: 'facts', by: 'unit', facts: { [id]: rawOf(shape, value) } }, id)
    })
  }
}

/** A project that was returned anew is declared for the next year. */
function* nextYear(player: Player, node: Node, blocks: Block[]): Generator<Node> {
  const { policy } = player.game
  const anew = blocks.some(
    ({ step, findings }) =>
      findings.some((one) => one.code === 'window') && node.state.steps[step.id]?.reopened?.anew,
  )
  const rule = policy.facts.get('planYear')
  const year = rule?.read(player.env(node))
  if (!anew || !rule || typeof year !== 'number') return
  yield* branchOf(node, `year:${year}`, (branch) => {
    branch.wishes = new Map([...branch.wishes, ['planYear', { kind: 'value', value: year + 1 }]])
    if (rule.from.length > 0) return true
    return player.act(branch, { type: 'facts', by: 'unit', facts: { planYear: year + 1 } }, 'planYear')
  })
}

function* decideOtherwise(player: Player, node: Node, wanted: (id: string) => boolean): Generator<Node> {
  for (const rule of player.game.policy.decisions.values()) {
    const now = node.state.decisions[rule.id]?.value ?? rule.default
    for (const value of wanted(rule.id) ? Object.keys(rule.options) : [])
      if (value !== now)
        yield* branchOf(node, `decide:${rule.id}:${value}`, (branch) =>
          player.act(
            branch,
            { type: 'decide', decision: rule.id, value, by: rule.by, reason: '认定' },
            rule.id,
          ),
        )
  }
}

function* liftSanctions(player: Player, node: Node): Generator<Node> {
  for (const rule of player.game.policy.sanctions.values()) {
    const by = rule.lifted?.by
    if (by === undefined || !isInForce(node, rule.id)) continue
    yield* branchOf(node, `lift:${rule.id}:${node.state.seq}`, (branch) =>
      player.act(branch, { type: 'sanction', sanction: rule.id, act: 'lift', by, reason: '已改正' }, rule.id),
    )
  }
}

function isInForce({ state }: Node, id: string): boolean {
  const own = state.sanctions.some((one) => one.id === id && one.liftedOn === undefined)
  return own || state.unitSanctions.filter((one) => one.id === id).at(-1)?.act === 'impose'
}

/** A step that may be done again is done again, stating otherwise what stands in the way. */
function* doAgain(player: Player, node: Node, reasons: Map<string, Variable>): Generator<Node> {
  for (const { env, look } of player.looks(node)) {
    const { step } = look
    if (step.repeat !== 'many' || !stepState(env, step)?.done || !isOpenNow(env, step)) continue
    for (const [id, cut] of otherwise(player, reasons, new Set([step.id])))
      yield* branchOf(node, `again:${id}:${JSON.stringify(cut)}`, (branch) => {
        branch.wishes = new Map([...branch.wishes, [id, cut]])
        return player.take(branch, env, step)
      })
  }
}

/** Outcomes that are not the aim: an end, or a return after which what stood in the way is stated otherwise. */
function* unfavourable(
  player: Player,
  node: Node,
  reasons: Map<string, Variable>,
  wanted: (outcome: OutcomeRule) => boolean,
): Generator<Node> {
  const returned = [...node.used].filter((key) => key.startsWith('returned:')).length
  for (const { env, look } of player.looks(node)) {
    const { step } = look
    if (look.state === 'done' || !isOpenNow(env, step)) continue
    const place = `${env.instance?.id ?? ''}/${step.id}`
    for (const outcome of step.outcomes) {
      const isReturn = outcome.effects.ends === undefined
      if (outcome.settles || !wanted(outcome) || (isReturn && returned >= MOST_RETURNS)) continue
      const changes = isReturn ? otherwise(player, reasons, redone(player, step, outcome)) : []
      for (const change of [...changes, undefined])
        yield* branchOf(node, `${place}.${outcome.id}:${JSON.stringify(change)}`, (branch) => {
          if (!player.execute(branch, env, step, outcome)) return false
          if (isReturn) branch.used.add(`returned:${returned}`)
          if (change) branch.wishes = new Map([...branch.wishes, change])
          return true
        })
    }
  }
}

/** The steps that will be executed once more after a return. */
function redone(player: Player, step: Step, { effects }: OutcomeRule): Set<string> {
  const { policy } = player.game
  const path = effects.reopens.flatMap((effect) => reopenPath(policy, step, effect))
  return new Set([step.id, ...path.map((index) => policy.steps[index]!.id)])
}

/** What those steps state among the reasons, each with its values. */
function otherwise(player: Player, reasons: Map<string, Variable>, steps: Set<string>): [string, Cut][] {
  const { policy, domains } = player.game
  const stated = [...reasons.values()].filter(({ id, kind, step }) =>
    kind === 'record' ? steps.has(step!) : policy.facts.get(id)?.from.some((one) => steps.has(one)),
  )
  return stated.flatMap(({ id }) => (domains.get(id) ?? []).map((cut): [string, Cut] => [id, cut]))
}

/** Each procedure by itself. */
function* startProcedures(player: Player, node: Node): Generator<Node> {
  const startable = [...player.game.policy.procedures.values()].filter((rule) => rule.on !== 'batch')
  if (startable.some((rule) => node.used.has(`start:${rule.id}`))) return
  for (const rule of startable)
    yield* branchOf(node, `start:${rule.id}`, (branch) => player.start(branch, rule.id))
}
