import { useEffect, useState } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { useQuery } from '../../shared/query.ts'

export type Stated = Record<string, unknown>

export type Explanation = Answered<Awaited<ReturnType<(typeof api)[':tenant']['explain']['$post']>>>

/** What the service says of a project with these facts, asked again a moment after each change. */
export function useExplanation(tenant: string, facts: Stated) {
  const asked = Object.fromEntries(Object.entries(facts).filter(([, value]) => whole(value)))
  const settled = useSettled(JSON.stringify(asked))
  const query = useQuery({
    queryKey: ['explain', tenant, settled],
    queryFn: () =>
      answer(
        api[':tenant'].explain.$post({ param: { tenant }, json: { facts: JSON.parse(settled) as Stated } }),
      ),
    placeholderData: (before) => before,
  })
  return { explanation: query.data, error: query.error, asked: known(asked, query.data) }
}

/** Facts whose field is no longer asked for are not handed in. */
function known(asked: Stated, explanation: Explanation | undefined): Stated {
  if (!explanation) return asked
  const ids = new Set(explanation.fields.map((one) => one.id))
  return Object.fromEntries(Object.entries(asked).filter(([id]) => ids.has(id)))
}

/** A value that is complete: half of a span, an empty row are still being filled in. */
function whole(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value))
    return value.every(
      (row) =>
        typeof row !== 'object' ||
        (Object.keys(row as object).length > 0 &&
          Object.values(row as object).every((cell) => cell !== undefined)),
    )
  if (typeof value === 'object') return Object.values(value).every((part) => part !== undefined)
  return true
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
