import ELK, { type ElkNode, type ELK as Layouter } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { isForward, type Picture } from './picture-graph.ts'

export const NODE = { width: 190, height: 72 } as const
const LANE_GAP = 34

/** Where a stage lies in the picture. */
export interface Lane {
  stage: string
  y: number
  height: number
}

export interface LaidOut {
  places: Map<string, { x: number; y: number }>
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
 * Places the steps: stages one beneath the other in the policy's order, within a stage what comes first stands higher.
 * Each stage is laid out by itself, so that no step leaves its lane.
 */
export async function layOut(picture: Picture, stages: readonly string[]): Promise<LaidOut> {
  const used = stages.filter((stage) => picture.steps.some((one) => one.stage === stage))
  const laid = await Promise.all(used.map((stage) => layOutStage(picture, stage)))
  const width = Math.max(...laid.map((one) => one.width), NODE.width)
  const places = new Map<string, { x: number; y: number }>()
  const lanes: Lane[] = []
  let y = 0
  laid.forEach((one, at) => {
    for (const [id, place] of one.places)
      places.set(id, { x: place.x + (width - one.width) / 2, y: place.y + y })
    lanes.push({ stage: used[at]!, y, height: one.height })
    y += one.height + LANE_GAP
  })
  return { places, lanes, width }
}

async function layOutStage(picture: Picture, stage: string) {
  const steps = picture.steps.filter((one) => one.stage === stage)
  const ids = new Set(steps.map((one) => one.id))
  const edges = picture.edges.filter((one) => isForward(one) && ids.has(one.from) && ids.has(one.to))
  const graph: ElkNode = await inWorker().layout({
    id: stage,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.spacing.nodeNode': '28',
      'elk.layered.spacing.nodeNodeBetweenLayers': '44',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.separateConnectedComponents': 'true',
      'elk.aspectRatio': '3.2',
      'elk.padding': '[top=14,left=0,bottom=14,right=0]',
    },
    children: steps.map((one) => ({ id: one.id, ...NODE })),
    edges: edges.map((one, at) => ({ id: `${at}`, sources: [one.from], targets: [one.to] })),
  })
  const places = new Map((graph.children ?? []).map((one) => [one.id, { x: one.x ?? 0, y: one.y ?? 0 }]))
  return { places, width: graph.width ?? NODE.width, height: graph.height ?? NODE.height }
}
