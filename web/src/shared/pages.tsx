import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Loaded } from './page.tsx'
import { useText } from './text.ts'

/** A list read page after page, each when it is asked for. */
export function usePages<T>(
  key: readonly unknown[],
  fetchPage: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>,
) {
  const query = useInfiniteQuery({
    queryKey: [...key, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const items = query.data?.pages.flatMap((one) => one.items)
  return {
    items,
    query: { data: items, error: query.error, refetch: query.refetch },
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    loading: query.isFetchingNextPage,
  }
}

/** The items of `usePages`, and a button for more. */
export function Pages<T>(props: {
  pages: {
    query: { data: T[] | undefined; error: unknown; refetch: () => unknown }
    hasMore: boolean
    more: () => void
    loading: boolean
  }
  children: (items: T[]) => ReactNode
}) {
  const { t } = useText()
  const { pages } = props
  return (
    <Loaded query={pages.query}>
      {(items) => (
        <>
          {props.children(items)}
          {pages.hasMore && (
            <Button className="more" loading={pages.loading} onClick={pages.more}>
              {t('work.loadMore')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}
