import ELK, { type ElkExtendedEdge, type ElkNode, type ELK as Layouter } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { isForward, type Picture } from './picture-graph.ts'

export const NODE = { width: 216, height: 72 } as const
/** Room around the steps of a lane. */
const LANE_PADDING = 16

/** Where a stage lies in the picture. */
export interface Lane {
  stage: string
  y: number
  height: number
}

export interface LaidOut {
  places: Map<string, { x: number; y: number }>
  /** The way of each edge around the steps, as an SVG path, by `from>to`. */
  routes: Map<string, string>
  lanes: Lane[]
  width: number
}

let layouter: Layouter | undefined

/** The layout program runs in a worker of its own, so that the page never waits for it. */
function inWorker(): Layouter {
  layouter ??= new ELK({ workerFactory: () => new Worker(workerUrl) })
  return layouter
}

/**
 * Places the steps: stages one beneath the other in the policy's order, within a stage what comes first stands higher;
 * edges go around the steps.
 */
export async function layOut(picture: Picture, stages: readonly string[]): Promise<LaidOut> {
  const used = stages.filter((stage) => picture.steps.some((one) => one.stage === stage))
  const forward = picture.edges.filter(isForward)
  const graph: ElkNode = await inWorker().layout({
    id: 'process',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.partitioning.activate': 'true',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.spacing.nodeNode': '28',
      'elk.spacing.edgeNode': '16',
      'elk.spacing.edgeEdge': '10',
      'elk.layered.spacing.nodeNodeBetweenLayers': '56',
      'elk.layered.spacing.edgeNodeBetweenLayers': '22',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.favorStraightEdges': 'true',
      'elk.separateConnectedComponents': 'false',
      'elk.padding': '[top=16,left=0,bottom=16,right=0]',
    },
    children: picture.steps.map((one) => ({
      id: one.id,
      ...NODE,
      layoutOptions: { 'elk.partitioning.partition': String(used.indexOf(one.stage)) },
    })),
    edges: forward.map((one) => ({ id: `${one.from}>${one.to}`, sources: [one.from], targets: [one.to] })),
  })
  const places = new Map((graph.children ?? []).map((one) => [one.id, { x: one.x ?? 0, y: one.y ?? 0 }]))
  return {
    places,
    routes: new Map((graph.edges ?? []).map((edge) => [edge.id, pathOf(edge)])),
    lanes: used.map((stage) => laneOf(picture, places, stage)),
    width: graph.width ?? NODE.width,
  }
}

function laneOf(picture: Picture, places: LaidOut['places'], stage: string): Lane {
  const tops = picture.steps.flatMap((one) => (one.stage === stage ? [places.get(one.id)?.y ?? 0] : []))
  const y = Math.min(...tops) - LANE_PADDING
  return { stage, y, height: Math.max(...tops) + NODE.height + LANE_PADDING - y }
}

function pathOf(edge: ElkExtendedEdge): string {
  return (edge.sections ?? [])
    .map(({ startPoint, bendPoints = [], endPoint }) =>
      [startPoint, ...bendPoints, endPoint]
        .map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x},${y}`)
        .join(' '),
    )
    .join(' ')
}
