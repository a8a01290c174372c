import type { Answered, api } from '../../../shared/api.ts'
import type { Case, CaseStep } from '../../../shared/case-data.ts'

export type PolicyGraph = Answered<Awaited<ReturnType<(typeof api)[':tenant']['policy']['graph']['$get']>>>
export type GraphEdge = PolicyGraph['edges'][number]

/** Where a step lies on the project's way. */
export type Place = 'past' | 'now' | 'next' | 'later' | 'out'

/** A step of the picture: the case's own steps, those of several parts taken together. */
export interface PictureStep {
  id: string
  title: string
  stage: string
  place: Place
  /** Day since which it can be done. */
  since?: string
  /** How many of its parts are done, for a step that exists once a part. */
  parts?: { done: number; of: number }
  step: CaseStep
}

export interface Picture {
  steps: PictureStep[]
  edges: GraphEdge[]
}

/** The picture of a case: its steps by place, and the relations between them that are shown. */
export function pictureOf(
  seen: Case,
  graph: PolicyGraph,
  shows: { out: boolean; effects: boolean },
): Picture {
  const order = new Map(graph.steps.map((one, at) => [one.id, at]))
  const byId = new Map<string, CaseStep[]>()
  for (const step of seen.steps) byId.set(step.id, [...(byId.get(step.id) ?? []), step])
  const main = graph.edges.filter((edge) => byId.has(edge.from) && byId.has(edge.to))
  const before = (id: string): CaseStep[] =>
    main
      .filter((edge) => edge.kind === 'after' && edge.to === id)
      .flatMap((edge) => byId.get(edge.from) ?? [])
  const steps = [...byId].map(([id, all]): PictureStep => {
    const step = leading(all)
    const place = placeOf(step, before(id))
    const days = before(id).flatMap((one) => (one.executedOn ? [one.executedOn] : []))
    const since = step.opensOn && step.opensOn <= seen.today ? step.opensOn : days.sort().at(-1)
    return {
      id,
      title: step.title,
      stage: step.stage,
      place,
      ...(place === 'now' && since ? { since } : {}),
      ...(all.length > 1 || step.part !== undefined
        ? { parts: { done: all.filter((one) => one.state === 'done').length, of: all.length } }
        : {}),
      step,
    }
  })
  const shown = steps
    .filter((one) => shows.out || one.place !== 'out')
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  const ids = new Set(shown.map((one) => one.id))
  const kept = main.filter((edge) => ids.has(edge.from) && ids.has(edge.to))
  const forward = reduced(throughHidden(main.filter(isForward), ids))
  return {
    steps: shown,
    edges: shows.effects ? [...forward, ...kept.filter((one) => !isForward(one))] : forward,
  }
}

/** Edges that say an order, by which the picture is laid out. */
export function isForward(edge: GraphEdge): boolean {
  return edge.kind === 'after' || edge.kind === 'due'
}

/** Of several parts the one that tells most: what can be done, else what is still to come. */
function leading(all: CaseStep[]): CaseStep {
  return (
    all.find((one) => one.state === 'open') ??
    all.find((one) => one.state === 'blocked') ??
    all.find((one) => one.state === 'done') ??
    all[0]!
  )
}

function placeOf(step: CaseStep, before: CaseStep[]): Place {
  if (step.state === 'done') return 'past'
  if (step.state === 'excluded') return 'out'
  if (step.state === 'open') return 'now'
  return before.every((one) => one.state !== 'blocked') ? 'next' : 'later'
}

/** What does not apply is passed through: the order on both sides of a hidden step holds between its neighbours. */
function throughHidden(edges: GraphEdge[], shown: ReadonlySet<string>): GraphEdge[] {
  const hidden = new Set(edges.flatMap((one) => [one.from, one.to]).filter((id) => !shown.has(id)))
  let joined = edges
  for (const id of hidden) {
    const into = joined.filter((one) => one.to === id && one.kind === 'after')
    const out = joined.filter((one) => one.from === id && one.kind === 'after')
    const rest = joined.filter((one) => one.from !== id && one.to !== id)
    const known = new Set(rest.map((one) => `${one.from}>${one.to}`))
    joined = [
      ...rest,
      ...into
        .flatMap((before) => out.map((after) => ({ ...after, from: before.from, span: undefined })))
        .filter((one) => one.from !== one.to && !known.has(`${one.from}>${one.to}`)),
    ]
  }
  return [...new Map(joined.map((one) => [`${one.from}>${one.to}`, one])).values()]
}

/** Without edges that a longer way says already: the picture stays readable, the order stays the same. */
function reduced(edges: GraphEdge[]): GraphEdge[] {
  const out = new Map<string, string[]>()
  for (const edge of edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge.to])
  const reaches = (from: string, to: string, without: GraphEdge): boolean => {
    const seen = new Set<string>()
    const open = (out.get(from) ?? []).filter((one) => !(from === without.from && one === without.to))
    while (open.length > 0) {
      const at = open.pop()!
      if (at === to) return true
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...(out.get(at) ?? []))
    }
    return false
  }
  return edges.filter((edge) => edge.span !== undefined || !reaches(edge.from, edge.to, edge))
}
