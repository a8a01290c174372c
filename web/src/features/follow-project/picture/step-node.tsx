import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { usePolicy } from '../../../shared/policy-data.ts'
import { useText } from '../../../shared/text.ts'
import type { PictureStep } from './picture-graph.ts'

export type StepNodeData = Node<{ step: PictureStep }, 'step'>

/** A step in the picture: its place by colour, mark and word, whose it is, since when and by when. */
export function StepNode({ data, selected }: NodeProps<StepNodeData>) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const { step, place, since, parts, title } = data.step
  const who = policy?.words.parties(step.executedBy ?? step.by, step.joint)
  return (
    <div className={`node node-${place}${selected ? ' node-chosen' : ''}${step.overdue ? ' node-late' : ''}`}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className="node-title">{title}</div>
      <div className="node-line">
        <span className="node-place">{t(`project.${place}`)}</span>
        {parts && (
          <span className="number">
            {parts.done}/{parts.of}
          </span>
        )}
        {place === 'past' ? (
          <span className="number">{step.executedOn}</span>
        ) : (
          <span className="node-who">{who}</span>
        )}
      </div>
      {place === 'now' && (
        <div className="node-line">
          {since && <span className="number node-since">{t('project.openSince', { on: since })}</span>}
          {step.due && (
            <span className={step.due.workdaysLeft < 0 ? 'node-left node-over' : 'node-left'}>
              {step.due.workdaysLeft < 0
                ? t('project.workdaysOver', { n: -step.due.workdaysLeft })
                : t('project.workdaysLeft', { n: step.due.workdaysLeft })}
            </span>
          )}
        </div>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}

/** A stage behind its steps. */
export function LaneNode({ data }: NodeProps<Node<{ title: string; current: boolean }, 'lane'>>) {
  return (
    <div className={`lane${data.current ? ' lane-now' : ''}`}>
      <span className="lane-title">{data.title}</span>
    </div>
  )
}
