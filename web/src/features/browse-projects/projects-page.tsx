import { App, Button, Grid, Select, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ApiError } from '../../shared/api.ts'
import { isOfficer, isUnit, useMe, useTenant } from '../../shared/me.ts'
import { wan } from '../../shared/money.ts'
import { Page } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { exportProjects, type SavedView, useProjects, useViews } from './api.ts'
import { BulkStep } from './bulk-step.tsx'
import { columnState, workbookColumns } from './columns.tsx'
import { ExceptionTiles } from './exception-tiles.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Area, type Filters, filtersIn, keptQuery } from './filters.ts'
import { ProjectCards } from './project-cards.tsx'
import { ProjectTable, type Selection } from './project-table.tsx'
import { RuleChip } from './rule-chip.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useListPreference } from './use-list-preference.ts'
import { ViewsMenu } from './views-menu.tsx'
import './lists.css'

const SIZES = ['20', '50', '100']

/** All projects that the person may see. */
export function ProjectsPage() {
  return <ProjectList area="projects" />
}

/** The same with their money. */
export function FinancePage() {
  return <ProjectList area="finance" />
}

/** The same with what is out of order. */
export function AuditPage() {
  return <ProjectList area="audit" />
}

const TITLES = { projects: 'general.projects', finance: 'lists.finance', audit: 'lists.audit' } as const

/** Projects with filters, place and view in the address; columns and density are kept for the person. */
function ProjectList({ area }: { area: Area }) {
  const { t } = useText()
  const me = useMe()
  const wide = Grid.useBreakpoint().md ?? true
  const [asked, setAsked] = useSearchParams()
  const [trail, setTrail] = useState<string[]>([])
  const [selection, setSelection] = useState<Selection>(new Map())
  const [bulk, setBulk] = useState(false)
  const { ready, preference, change } = useListPreference(area)
  const filters = filtersIn(asked, area)
  const after = asked.get('after') ?? undefined
  const size = SIZES.includes(asked.get('size') ?? '') ? asked.get('size')! : '50'
  const query = useProjects(area, filters, { after, limit: size })
  const go = (set: Record<string, string | undefined>) =>
    setAsked(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(set)) value ? next.set(name, value) : next.delete(name)
        return next
      },
      { preventScrollReset: true },
    )
  const choose = (change_: Filters) => {
    setTrail([])
    go({ ...change_, after: undefined })
  }
  const apply = (view: SavedView | undefined) => {
    setTrail([])
    setAsked(new URLSearchParams(view ? `${view.query}&view=${view.id}` : ''))
    if (view) change({ columns: view.columns })
  }
  useOpeningView(ready && asked.size === 0, preference.view, apply)
  const columns = columnState(area, preference.columns)
  const save = useExport(filters, workbookColumns(columns))
  const items = query.data?.items ?? []
  const totals = query.data?.totals ?? null
  const loading = query.isFetching && !query.data
  const officer = isOfficer(me)
  return (
    <Page
      name={t(TITLES[area])}
      title={t(TITLES[area])}
      lead={area === 'projects' ? undefined : t(`lists.${area}Lead`)}
      extra={
        area === 'projects' &&
        officer &&
        isUnit(me) && (
          <Link to="/declare">
            <Button type="primary">{t('general.declare')}</Button>
          </Link>
        )
      }
    >
      {area === 'audit' && <ExceptionTiles chosen={filters.exception} choose={choose} />}
      <section className="section">
        <FilterBar area={area} filters={filters} choose={choose} />
        {filters.rule && <RuleChip rule={filters.rule} clear={() => choose({ rule: undefined })} />}
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        <SelectionBar selection={selection} clear={() => setSelection(new Map())}>
          {officer && <Button onClick={() => setBulk(true)}>{t('lists.bulk')}</Button>}
          <Button onClick={() => void save([...selection.keys()])}>{t('lists.exportChosen')}</Button>
        </SelectionBar>
        {wide && !ready ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : wide ? (
          <ProjectTable
            area={area}
            items={items}
            totals={totals}
            loading={loading}
            order={filters.order}
            sort={(order) => choose({ order })}
            preference={preference}
            prefer={change}
            selection={selection}
            select={setSelection}
            refresh={() => void query.refetch()}
            title={
              <ViewsMenu
                chosen={asked.get('view') ?? undefined}
                query={keptQuery(asked)}
                columns={columns}
                opening={preference.view}
                choose={apply}
                openWith={(view) => change({ view })}
              />
            }
            tools={[
              <Button key="export" disabled={!totals?.count} onClick={() => void save()}>
                {t('lists.exportAll')}
              </Button>,
            ]}
          />
        ) : (
          <ProjectCards area={area} items={items} loading={loading} />
        )}
        <div className="table-foot">
          <span aria-live="polite">
            {totals && (
              <>
                {t('lists.count', { n: totals.count.toLocaleString('zh-CN') })}
                {!wide && `, ${t('lists.estimate')} ${wan(totals.estimateFen)}`}, {t('lists.inWan')}
              </>
            )}
          </span>
          <Pager
            size={size}
            resize={(next) => choose({ ...filters, size: next } as Filters)}
            back={after ? () => go({ after: trail.at(-1) }) : undefined}
            on={query.data?.next ?? undefined}
            go={(next) => {
              setTrail(next ? (after ? [...trail, after] : trail) : trail.slice(0, -1))
              if (next) go({ after: next })
            }}
          />
        </div>
      </section>
      {bulk && <BulkStep selection={selection} close={() => setBulk(false)} />}
    </Page>
  )
}

function Pager(props: {
  size: string
  resize: (size: string) => void
  back: (() => void) | undefined
  on: string | undefined
  go: (next: string | undefined) => void
}) {
  const { t } = useText()
  return (
    <span className="pager">
      <Select
        aria-label={t('lists.pageSize')}
        value={props.size}
        onChange={props.resize}
        options={SIZES.map((value) => ({ value, label: `${t('lists.pageSize')} ${value}` }))}
      />
      <Button
        disabled={!props.back}
        onClick={() => {
          props.back?.()
          props.go(undefined)
        }}
      >
        {t('general.previous')}
      </Button>
      <Button disabled={!props.on} onClick={() => props.go(props.on)}>
        {t('general.next')}
      </Button>
    </span>
  )
}

/** Opens the list with the person's view, once, where the address says nothing else. */
function useOpeningView(bare: boolean, id: string | undefined, apply: (view: SavedView) => void): void {
  const { data: views } = useViews()
  const looked = useRef(false)
  useEffect(() => {
    if (looked.current || !views) return
    const view = bare && id ? views.find((one) => one.id === id) : undefined
    if (view) apply(view)
    if (view || !bare) looked.current = true
  }, [views, bare, id, apply])
}

/** Exports what is filtered, or the chosen ones, with the columns that are shown. */
function useExport(filters: Filters, columns: string[]): (ids?: string[]) => Promise<void> {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  return async (ids) => {
    try {
      const name = await exportProjects(tenant, filters, columns, ids)
      void message.success(t('lists.exported', { n: name }))
    } catch (error) {
      void message.error(error instanceof ApiError ? error.message : t('general.failed'))
    }
  }
}
