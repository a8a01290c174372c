import { answer, api } from './api.ts'
import type { Explanation } from './explanation.ts'
import { useQuery } from './query.ts'
import { useSettled } from './use-settled.ts'
import { wholeFacts } from './whole-facts.ts'

export type Stated = Record<string, unknown>

/** What the service says of a project with these facts, asked again a moment after each change. */
export function useExplanation(tenant: string, facts: Stated) {
  const asked = wholeFacts(facts)
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
