import { Skeleton } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { ApiError } from './api.ts'
import { focusHeading } from './heading-focus.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './text.ts'

// Its picture is heavy, and nearly nobody sees it.
const NotFound = lazy(async () => ({ default: (await import('./not-found.tsx')).NotFound }))

/** The frame of a page: its one heading, what can be done, and the browser's title. */
export function Page(props: {
  title: ReactNode
  name: string
  extra?: ReactNode
  lead?: ReactNode
  children: ReactNode
}) {
  const { t } = useText()
  useEffect(() => {
    document.title = `${props.name} · ${t('general.product')}`
  }, [props.name, t])
  const { pathname } = useLocation()
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address may be shown by the same page
  useEffect(() => focusHeading(heading.current), [pathname])
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead && <div className="page-lead">{props.lead}</div>}
        </div>
        {props.extra && <div className="page-extra">{props.extra}</div>}
      </header>
      {props.children}
    </div>
  )
}

/** A part of a page with its heading. */
export function Section(props: {
  title: ReactNode
  extra?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={`section ${props.className ?? ''}`}>
      <div className="section-head">
        <h2>{props.title}</h2>
        {props.extra}
      </div>
      {props.children}
    </section>
  )
}

/** What a query brings: its data, the wait for it, or why it failed. */
export function Loaded<T>(props: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  children: (data: T) => ReactNode
}) {
  const { query } = props
  if (query.data !== undefined) return props.children(query.data)
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton active className="section" paragraph={{ rows: 6 }} />
}

/** What a whole page hangs on: where it does not exist the page says so, with a way on. */
export function PageLoaded<T>(props: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  children: (data: T) => ReactNode
}) {
  const { query } = props
  if (query.data === undefined && query.error instanceof ApiError && query.error.problem.status === 404)
    return (
      <Suspense>
        <NotFound />
      </Suspense>
    )
  if (query.data === undefined)
    return (
      <div className="page">
        <Loaded query={query}>{props.children}</Loaded>
      </div>
    )
  return props.children(query.data)
}
