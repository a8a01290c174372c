import type { Value } from '../state.ts'
import type { FactClass } from './classes.ts'
import type { Cut } from './cuts.ts'
import { Grid } from './grid.ts'
import type { Lens } from './lens.ts'
import type { Liveness } from './liveness.ts'
import type { Wishes } from './play-values.ts'
import type { Plan } from './player.ts'
import type { Ending } from './rescue.ts'

/** So many other values are tried for what stood in the way of a run. */
const MOST_HELPS = 6

/**
 * Changes one wish after another from the first values on, keeping what leads further. Returns the best run, and for each
 * variable the values that need not cut a run short.
 */
export function climb(live: Liveness, into: FactClass): { best: Plan; kept: Map<string, Cut[]> } {
  const { domains } = live.universe
  let best: Plan = { wishes: unbarred(live.lens, completed(domains, into), into), optional: 'none' }
  let score = lengthOf(live.play(best))
  const lengths = new Map<string, { cut: Cut; length: number }[]>()
  for (const { id } of live.mainVariables()) {
    if (into.has(id)) continue
    const now = best.wishes.get(id)!
    const tried = [{ cut: now, length: score }]
    for (const cut of domains.get(id)!) {
      if (JSON.stringify(cut) === JSON.stringify(now)) continue
      const fixed = new Map([...into, [id, cut]])
      const longest = helped(live, { ...best, wishes: new Map([...best.wishes, [id, cut]]) }, fixed, score)
      tried.push({ cut, length: longest.length })
      if (longest.length > score) [best, score] = [longest.plan, longest.length]
    }
    lengths.set(id, tried)
  }
  const kept = [...lengths].map(([id, tried]): [string, Cut[]] => [
    id,
    tried.filter(({ length }) => isLong(length, score)).map(({ cut }) => cut),
  ])
  return { best, kept: new Map(kept) }
}

/** Plays a plan, and where its run is short the same with what stood in the way changed. */
function helped(live: Liveness, plan: Plan, fixed: Wishes, score: number): { plan: Plan; length: number } {
  let longest = { plan, length: 0 }
  for (const one of variants(live, plan, fixed)) {
    const length = lengthOf(one.ending)
    if (length > longest.length) longest = { plan: one.plan, length }
    if (isLong(length, score)) break
  }
  return longest
}

/** The plan as it is; so that no veto holds; then with each other value of what its first run was blocked by. */
export function* variants(
  live: Liveness,
  plan: Plan,
  fixed: Wishes,
): Generator<{ plan: Plan; ending: Ending }> {
  const first = { plan, ending: live.play(plan) }
  yield first
  const free = unbarred(live.lens, plan.wishes, fixed)
  if ([...free].some(([id, cut]) => plan.wishes.get(id) !== cut)) {
    const next = { ...plan, wishes: free }
    yield { plan: next, ending: live.play(next) }
  }
  let helps = 0
  for (const id of first.ending.reasons) {
    if (fixed.has(id)) continue
    for (const cut of live.universe.domains.get(id) ?? []) {
      if (JSON.stringify(cut) === JSON.stringify(plan.wishes.get(id))) continue
      helps += 1
      if (helps > MOST_HELPS) return
      const next = { ...plan, wishes: new Map([...plan.wishes, [id, cut]]) }
      yield { plan: next, ending: live.play(next) }
    }
  }
}

function completed(domains: Map<string, Cut[]>, into: Wishes): Wishes {
  const wishes = new Map(into)
  for (const [id, cuts] of domains) if (!wishes.has(id)) wishes.set(id, cuts[0]!)
  return wishes
}

/** The wishes changed so that no veto holds, where that can be. */
function unbarred(lens: Lens, wishes: Wishes, fixed: Wishes): Wishes {
  const changed = new Map(wishes)
  const values = [...fixed].flatMap(([id, cut]): [string, Value][] =>
    cut.kind === 'value' ? [[id, cut.value]] : [],
  )
  for (const text of Object.values(lens.document.vetoes ?? {})) {
    const placed = { condition: text.when, scope: {} }
    const grid = new Grid(lens, [placed], new Map(values))
    const holds = lens.guard(placed)
    const free = grid.find((env) => holds.test(env) === 0)
    for (const [id, value] of free ?? []) if (!fixed.has(id)) changed.set(id, { kind: 'value', value })
  }
  return changed
}

/** How many steps a run executed. */
function lengthOf(ending: Ending): number {
  return [...ending.executed].filter((id) => !id.includes('.')).length
}

/** Whether a run went far enough for its class to be combined with others. */
function isLong(length: number, best: number): boolean {
  return length * 10 >= best * 6
}
