import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiError, newKey } from './api.ts'

/** One cache for the portal; what the law or the input refused is not asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.unsure,
      refetchOnWindowFocus: false,
    },
  },
})

/**
 * A write under an Idempotency-Key: the same key while it is unknown whether it went through, a new one after every
 * definite answer. What was read before is read again.
 */
export function useAct<I, T>(act: (input: I, key: string) => Promise<T>) {
  const client = useQueryClient()
  const key = useRef(newKey())
  return useMutation<T, Error, I>({
    mutationFn: async (input) => {
      try {
        const result = await act(input, key.current)
        key.current = newKey()
        return result
      } catch (error) {
        if (!(error instanceof ApiError && error.unsure)) key.current = newKey()
        throw error
      }
    },
    onSuccess: () => client.invalidateQueries(),
  })
}

export { useQuery }
