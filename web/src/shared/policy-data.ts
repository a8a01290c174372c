import { createContext, useContext } from 'react'
import type { PolicyDocument } from '../../../functions/core/policy/document/document.ts'
import { type Answered, answer, api } from './api.ts'
import { useTenant } from './me.ts'
import { PolicyWords } from './policy-words.ts'
import { useQuery } from './query.ts'

/** A policy that is not adopted yet and is spoken of all the same. */
export const PolicyAtHand = createContext<PolicyData | undefined>(undefined)

/** The jurisdiction whose policy is at hand, where an overseer reads it. */
export const OverseenPlace = createContext<string | undefined>(undefined)

/** The tenant's policy, today's version or the one with `hash`, with its names at hand. */
export function usePolicy(hash?: string) {
  const tenant = useTenant()
  const atHand = useContext(PolicyAtHand)
  const query = useQuery({
    queryKey: ['policy', tenant, hash ?? 'today'],
    staleTime: 600_000,
    enabled: tenant !== '',
    queryFn: async (): Promise<PolicyData> => {
      const view = await answer(
        api[':tenant'].policy.$get({ param: { tenant }, query: hash ? { hash } : {} }),
      )
      // The document is what the service's own schema parsed; the route types it as a bare object.
      const document = view.document as unknown as PolicyDocument
      return { ...view, document, words: new PolicyWords(document) }
    },
  })
  return atHand ? { ...query, data: atHand } : query
}

type PolicyView = Answered<Awaited<ReturnType<(typeof api)[':tenant']['policy']['$get']>>>
export type PolicyData = Omit<PolicyView, 'document'> & { document: PolicyDocument; words: PolicyWords }
