import { pathOf } from '../compile/compile.ts'
import type { Path } from '../compile/compiler.ts'
import type { Condition } from '../document/document-parts.ts'
import type { Policy } from '../model.ts'
import type { Step } from '../model-step.ts'
import { conditionsOf, type Placed, type PlacedAt } from './conditions.ts'
import type { Lens } from './lens.ts'

/** A condition that can hold a step back while it is not known. */
export interface Blocking extends PlacedAt {
  step: Step
  /** It decides whether the step applies at all, so what the step itself records comes too late for it. */
  before: boolean
  /** What is held back, in words. */
  what: string
  /** Conditions written around it: where one of them is false it is not asked. */
  around: Placed[]
}

/** Of a step's own rules, those that hold it back; what only sets a due day or an effect does not. */
const HARMLESS = new Set(['due', 'checks', 'experts', 'demands', 'imposes', 'repeat', 'yields', 'force'])

/** Every condition that holds some step back while it is undetermined, once for each step that it holds back. */
export function blockingConditions(lens: Lens): Blocking[] {
  const { policy } = lens
  return conditionsOf(lens.document).flatMap((placed) => {
    const { path } = placed
    switch (path[0]) {
      case 'steps':
      case 'procedures':
        return ofStep(lens, placed)
      case 'stages':
        return policy.main
          .map((index) => policy.steps[index]!)
          .filter((step) => step.stage === path[1])
          .map((step) => ({ ...placed, step, before: true, what: '是否适用', around: [] }))
      case 'vetoes':
        return path[path.length - 1] === 'lifted' ? [] : ofVeto(lens, placed)
      case 'scope':
        return policy.restricted ? ofScope(policy, placed) : []
      default:
        return []
    }
  })
}

function ofStep(lens: Lens, placed: PlacedAt): Blocking[] {
  const { scope, path } = placed
  if (scope.step === undefined) return []
  const step = lens.policy.steps[lens.policy.stepIndex.get(scope.step)!]!
  const depth = pathOf(step).length
  const inner = path.slice(depth)
  if (inner.some((key) => HARMLESS.has(String(key)))) return []
  const before = inner[0] === 'owed' || (inner.length === 1 && inner[0] === 'when')
  const around = enclosing(lens, path, depth).map((condition) => ({ condition, scope }))
  return [{ ...placed, step, before, what: before ? '是否适用' : '能否办理', around }]
}

/** The `when`s between a step and a condition inside it, that of the very rule included. */
function enclosing(lens: Lens, path: Path, depth: number): Condition[] {
  const found: Condition[] = []
  let node: unknown = lens.document
  for (const [i, key] of path.slice(0, -1).entries()) {
    node = (node as Record<string | number, unknown>)[key]
    const { when } = node as { when?: Condition }
    const isItself = i === path.length - 2 && path[path.length - 1] === 'when'
    if (i >= depth && when && !isItself) found.push(when)
  }
  return found
}

function ofVeto(lens: Lens, placed: PlacedAt): Blocking[] {
  const [, id, key, i] = placed.path
  const text = lens.document.vetoes![String(id)]!
  const bars = (step: Step) =>
    text.bars.filter((bar) => bar.step === step.id || (bar.stage === step.stage && !step.procedure))
  return lens.policy.steps
    .filter((step) => bars(step).length > 0 && (key === 'when' || bars(step).includes(text.bars[Number(i)]!)))
    .map((step) => {
      const only = bars(step).length === 1 && key === 'when' ? bars(step)[0]!.when : undefined
      const around = only ? [{ condition: only, scope: {} }] : []
      return { ...placed, step, before: false, what: '能否办理', around }
    })
}

/** The track is asked for by every step; the first that can be done shows whether it is known in time. */
function ofScope(policy: Policy, placed: PlacedAt): Blocking[] {
  return policy.main
    .map((index) => policy.steps[index]!)
    .filter((step) => step.before.length === 0 && step.owed.fixed !== 'on-demand')
    .map((step) => ({ ...placed, step, before: true, what: '是否适用', around: [] }))
}
