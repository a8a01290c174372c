import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { type Answered, ApiError, api, problemOf } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { useQuery } from '../../shared/query.ts'

const route = api[':tenant'].preferences
type Content = Answered<Awaited<ReturnType<typeof route.$get>>>
export type ListPreference = NonNullable<Content['lists']>[string]

interface Kept {
  content: Content
  tag: string
}

/** So long after the last change it is sent: columns are dragged and ticked one after another. */
const CALM_MS = 600

/** How the person looks at a list, kept on the server, and a way to change it. */
export function useListPreference(list: string) {
  const tenant = useTenant()
  const client = useQueryClient()
  const queryKey = ['preferences', tenant]
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const query = useQuery({ queryKey, staleTime: 60_000, queryFn: () => read(tenant) })
  const preference = query.data?.content.lists?.[list] ?? {}
  const change = (part: Partial<ListPreference>) => {
    // The table tells what it was given as well as what was changed.
    if (!query.data || same({ ...preference, ...part }, preference)) return
    const merged = (kept: Kept | undefined): Kept => ({
      tag: kept?.tag ?? '"0"',
      content: {
        ...kept?.content,
        lists: { ...kept?.content.lists, [list]: { ...kept?.content.lists?.[list], ...part } },
      },
    })
    client.setQueryData<Kept>(queryKey, merged)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => void send(), CALM_MS)
  }
  const send = useCallback(async () => {
    const key = ['preferences', tenant]
    for (let attempt = 0; attempt < 2; attempt++) {
      const kept = client.getQueryData<Kept>(key)
      if (!kept) return
      const written = await write(tenant, kept)
      if (written) {
        client.setQueryData<Kept>(key, (now) => ({ content: now?.content ?? kept.content, tag: written }))
        return
      }
      // Another window was faster: its other lists stay, this list is set here.
      const fresh = await read(tenant)
      const own = kept.content.lists?.[list]
      client.setQueryData<Kept>(key, {
        tag: fresh.tag,
        content: { ...fresh.content, lists: { ...fresh.content.lists, ...(own ? { [list]: own } : {}) } },
      })
    }
  }, [client, list, tenant])
  return { ready: !query.isPending, preference, change }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

async function read(tenant: string): Promise<Kept> {
  const response = await route.$get({ param: { tenant } })
  if (!response.ok) throw new ApiError(await problemOf(response as unknown as Response))
  return { content: (await response.json()) as Content, tag: response.headers.get('etag') ?? '"0"' }
}

/** The new tag; undefined when the preferences were changed elsewhere. */
async function write(tenant: string, { content, tag }: Kept): Promise<string | undefined> {
  const response = await route.$put({ param: { tenant }, json: content }, { headers: { 'if-match': tag } })
  return response.ok ? (response.headers.get('etag') ?? undefined) : undefined
}
