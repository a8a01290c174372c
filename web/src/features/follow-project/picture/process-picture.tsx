import '@xyflow/react/dist/base.css'
import './picture.css'
import { MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { Button, Checkbox } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { answer, api } from '../../../shared/api.ts'
import type { Case } from '../../../shared/case-data.ts'
import { useTenant } from '../../../shared/me.ts'
import { Loaded } from '../../../shared/page.tsx'
import { usePolicy } from '../../../shared/policy-data.ts'
import { useQuery } from '../../../shared/query.ts'
import { useText } from '../../../shared/text.ts'
import { type LaidOut, layOut, NODE } from './lay-out.ts'
import { isForward, type Picture, type PolicyGraph, pictureOf } from './picture-graph.ts'
import { RouteEdge } from './route-edge.tsx'
import { edgeText, StepDetails } from './step-details.tsx'
import { LaneNode, StepNode } from './step-node.tsx'

const NODE_TYPES = { step: StepNode, lane: LaneNode }
const EDGE_TYPES = { route: RouteEdge }
const LANE_MARGIN = 96

/** The process as a picture: stages as lanes, what is done, current, possible next, and what does not apply. */
export function ProcessPicture({ seen }: { seen: Case }) {
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const query = useQuery({
    queryKey: ['policy-graph', tenant, policy?.hash],
    enabled: policy !== undefined,
    staleTime: 600_000,
    queryFn: () =>
      answer(api[':tenant'].policy.graph.$get({ param: { tenant }, query: { hash: policy!.hash } })),
  })
  return (
    <Loaded query={query}>
      {(graph) => (
        <ReactFlowProvider>
          <Drawn seen={seen} graph={graph} />
        </ReactFlowProvider>
      )}
    </Loaded>
  )
}

function Drawn({ seen, graph }: { seen: Case; graph: PolicyGraph }) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const [out, setOut] = useState(false)
  const [effects, setEffects] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const picture = useMemo(() => pictureOf(seen, graph, { out, effects }), [seen, graph, out, effects])
  const stages = useMemo(() => Object.keys(policy?.document.stages ?? {}), [policy])
  const laid = useLaidOut(picture, stages)
  const flow = useReactFlow()
  const now = picture.steps.filter((one) => one.place === 'now')
  const here = now.filter((one) => one.stage === seen.stage)
  const current = (here.length > 0 ? here : now).map((one) => ({ id: one.id }))
  const toCurrent = () =>
    void flow.fitView({
      ...(current.length > 0 ? { nodes: current } : {}),
      maxZoom: 1,
      minZoom: 0.7,
      padding: 0.25,
    })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view moves when the layout changes, not with each look
  useEffect(() => {
    if (laid) requestAnimationFrame(toCurrent)
  }, [laid])
  const { nodes, edges } = useMemo(
    () =>
      drawn(picture, laid, {
        words: (stage) => policy?.words.stage(stage) ?? stage,
        current: seen.stage,
        chosen,
        t,
      }),
    [picture, laid, policy, seen.stage, chosen, t],
  )
  return (
    <div className="picture-frame">
      <div className="picture-tools">
        <Legend />
        <Checkbox checked={out} onChange={(event) => setOut(event.target.checked)}>
          {t('project.allSteps')}
        </Checkbox>
        <Checkbox checked={effects} onChange={(event) => setEffects(event.target.checked)}>
          {t('project.otherEdges')}
        </Checkbox>
        <div className="picture-zoom">
          <Button size="small" onClick={() => void flow.zoomIn()} aria-label={t('project.zoomIn')}>
            ＋
          </Button>
          <Button size="small" onClick={() => void flow.zoomOut()} aria-label={t('project.zoomOut')}>
            −
          </Button>
          <Button size="small" onClick={() => void flow.fitView({ padding: 0.05 })}>
            {t('project.wholePicture')}
          </Button>
          <Button size="small" onClick={toCurrent}>
            {t('project.currentPlace')}
          </Button>
        </div>
      </div>
      <section className="picture" aria-label={t('project.pictureLabel')}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          minZoom={0.15}
          maxZoom={1.6}
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{
            'node.a11yDescription.default': t('project.pictureHint'),
            'node.a11yDescription.keyboardDisabled': t('project.pictureHint'),
          }}
          onNodeClick={(_, node) => node.type === 'step' && setChosen(node.id)}
          onNodesChange={(changes) => {
            // The keyboard chooses as the mouse does: Enter on a step selects it.
            const one = changes.find((change) => change.type === 'select' && change.selected)
            if (one?.type === 'select') setChosen(one.id)
          }}
        />
        {!laid && <p className="picture-wait quiet">{t('project.drawing')}</p>}
      </section>
      {chosen ? (
        <StepDetails seen={seen} graph={graph} id={chosen} choose={setChosen} />
      ) : (
        <p className="quiet">{t('project.chooseStep')}</p>
      )}
    </div>
  )
}

function Legend() {
  const { t } = useText()
  return (
    <ul className="legend">
      {(['past', 'now', 'next', 'later', 'out'] as const).map((place) => (
        <li key={place}>
          <span className={`legend-mark node-${place}`} aria-hidden /> {t(`project.${place}`)}
        </li>
      ))}
    </ul>
  )
}

/** The layout of a picture; undefined while the worker is at it. */
function useLaidOut(picture: Picture, stages: readonly string[]): LaidOut | undefined {
  const [laid, setLaid] = useState<LaidOut>()
  useEffect(() => {
    let wanted = true
    void layOut(picture, stages).then((done) => wanted && setLaid(done))
    return () => {
      wanted = false
    }
  }, [picture, stages])
  return laid
}

function drawn(
  picture: Picture,
  laid: LaidOut | undefined,
  more: {
    words: (stage: string) => string
    current: string
    chosen: string | undefined
    t: ReturnType<typeof useText>['t']
  },
) {
  if (!laid) return { nodes: [], edges: [] }
  const lanes = laid.lanes.map(({ stage, y, height }) => ({
    id: `lane-${stage}`,
    type: 'lane' as const,
    position: { x: -LANE_MARGIN, y },
    data: { title: more.words(stage), current: stage === more.current },
    width: laid.width + LANE_MARGIN + 20,
    height,
    selectable: false,
    focusable: false,
    zIndex: -1,
  }))
  const steps = picture.steps.flatMap((step) => {
    const position = laid.places.get(step.id)
    if (!position) return []
    return [
      {
        id: step.id,
        type: 'step' as const,
        position,
        data: { step },
        ...NODE,
        selected: step.id === more.chosen,
        ariaLabel: `${step.title}, ${more.t(`project.${step.place}`)}`,
      },
    ]
  })
  const edges = picture.edges
    .filter((edge) => laid.places.has(edge.from) && laid.places.has(edge.to))
    .map((edge) => ({
      id: `${edge.kind}-${edge.from}-${edge.to}`,
      source: edge.from,
      target: edge.to,
      type:
        laid.routes.has(`${edge.from}>${edge.to}`) && isForward(edge)
          ? ('route' as const)
          : ('default' as const),
      data: { path: laid.routes.get(`${edge.from}>${edge.to}`) },
      className: `edge-${edge.kind}${more.chosen === edge.from || more.chosen === edge.to ? ' edge-chosen' : ''}`,
      label: edge.span ?? (isForward(edge) ? undefined : edgeText(edge, more.t)),
      markerEnd: { type: MarkerType.ArrowClosed },
    }))
  return { nodes: [...lanes, ...steps], edges }
}
