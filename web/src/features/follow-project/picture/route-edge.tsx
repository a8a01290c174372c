import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react'

/** A relation along the way that the layout found around the steps. */
export function RouteEdge(props: EdgeProps<Edge<{ path?: string }, 'route'>>) {
  const { id, data, label, markerEnd, targetX, targetY } = props
  const path = data?.path
  if (!path) return null
  return (
    <BaseEdge
      id={id}
      path={path}
      markerEnd={markerEnd}
      label={label}
      labelX={targetX}
      labelY={targetY - 16}
    />
  )
}
