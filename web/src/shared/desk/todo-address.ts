/** What tells where a to-do is done. */
export interface Placed {
  kind: string
  item: string
  step: string
  project: { id: string } | null
  batch: { id: string } | null
}

/** Where a to-do is done; its item names the run of a procedure and the part: `step:change-1:change-review`. */
export function todoAddress(todo: Placed): string | undefined {
  if (todo.batch) return `/plans/${todo.batch.id}`
  if (!todo.project) return undefined
  const base = `/projects/${todo.project.id}`
  if (todo.kind === 'decision') return `${base}/decisions/${todo.step}`
  const names = todo.item.split(':').slice(1)
  const at = names.indexOf(todo.step)
  const asked = new URLSearchParams()
  if (at === 1) asked.set('procedure', names[0]!)
  return `${base}/steps/${todo.step}${asked.size > 0 ? `?${asked}` : ''}`
}
