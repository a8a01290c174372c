import type { PolicyDocument } from '../../../functions/core/policy/document/document.ts'
import { answer, api } from './api.ts'
import { useTenant } from './me.ts'
import { PolicyWords } from './policy-words.ts'
import { useQuery } from './query.ts'

/** The tenant's policy, today's version or the one with `hash`, with its names at hand. */
export function usePolicy(hash?: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['policy', tenant, hash ?? 'today'],
    staleTime: 600_000,
    enabled: tenant !== '',
    queryFn: async () => {
      const view = await answer(
        api[':tenant'].policy.$get({ param: { tenant }, query: hash ? { hash } : {} }),
      )
      // The document is what the service's own schema parsed; the route types it as a bare object.
      const document = view.document as unknown as PolicyDocument
      return { ...view, document, words: new PolicyWords(document) }
    },
  })
}

export type PolicyData = NonNullable<ReturnType<typeof usePolicy>['data']>
