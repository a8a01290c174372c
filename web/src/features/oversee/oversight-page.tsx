import { Select } from 'antd'
import { Link } from 'react-router'
import { divisionName } from '../../shared/division-name.ts'
import { wan } from '../../shared/money.ts'
import { Loaded, Page, Section } from '../../shared/page.tsx'
import { stageName } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { JurisdictionTable } from './jurisdiction-table.tsx'
import { StageChart } from './stage-chart.tsx'
import { AMOUNTS, type Filter, listOf, type Summary, useFilter, useSummary } from './use-oversight.ts'

/** Jurisdictions side by side; every number leads to the projects behind it. */
export function OversightPage() {
  const { t } = useText()
  const [filter, change] = useFilter()
  const query = useSummary(filter)
  const everywhere = useSummary({})
  return (
    <Page
      name={t('general.oversight')}
      title={t('general.oversight')}
      lead={
        query.data &&
        `${t('platform.oversightOf', { division: divisionName(query.data.division) })} · ${t('platform.asOf', { on: query.data.on })}`
      }
      extra={<Filters filter={filter} change={change} summary={everywhere.data} />}
    >
      <Loaded query={query}>{(summary) => <Dashboard summary={summary} filter={filter} />}</Loaded>
    </Page>
  )
}

function Filters(props: {
  filter: Filter
  change: (next: Partial<Filter>) => void
  summary: Summary | undefined
}) {
  const { t } = useText()
  const { filter, change, summary } = props
  return (
    <>
      <Select
        allowClear
        className="filter-unit"
        aria-label={t('platform.jurisdiction')}
        placeholder={t('platform.jurisdiction')}
        value={filter.jurisdiction}
        onChange={(jurisdiction) => change({ jurisdiction })}
        options={summary?.byJurisdiction.map((one) => ({ value: one.id, label: one.name }))}
      />
      <Select
        allowClear
        className="filter-year"
        aria-label={t('general.year')}
        placeholder={t('general.year')}
        value={filter.year}
        onChange={(year) => change({ year })}
        options={summary?.byYear.map((one) => ({
          value: one.year === null ? 'none' : String(one.year),
          label: one.year ?? t('platform.noYear'),
        }))}
      />
      <Select
        allowClear
        className="filter-year"
        aria-label={t('general.stage')}
        placeholder={t('general.stage')}
        value={filter.stage}
        onChange={(stage) => change({ stage })}
        options={summary?.byStage.map((one) => ({ value: one.stage, label: stageName(one.stage) }))}
      />
    </>
  )
}

function Dashboard({ summary, filter }: { summary: Summary; filter: Filter }) {
  const { t } = useText()
  const { total } = summary
  return (
    <>
      <div className="tiles">
        <Link to={listOf(filter)} className="tile">
          <span>{t('platform.projects')}</span>
          <strong>{total.projects}</strong>
        </Link>
        {AMOUNTS.map((basis) => (
          <Link key={basis} to={listOf(filter, { known: basis })} className="tile">
            <span>
              {t(`platform.${basis}`)} ({t('general.wan')})
            </span>
            <strong>{total.amounts[basis].projects === 0 ? '—' : wan(total.amounts[basis].fen)}</strong>
            <small>{t('platform.known', { n: total.amounts[basis].projects })}</small>
          </Link>
        ))}
        <Link
          to={listOf(filter, { overdue: 'true' })}
          className={`tile ${total.overdue.obligations > 0 ? 'tile-bad' : 'tile-none'}`}
        >
          <span>{t('platform.overdue')}</span>
          <strong>{total.overdue.obligations}</strong>
          <small>{t('platform.overdueProjects', { n: total.overdue.projects })}</small>
        </Link>
      </div>
      <Section title={t('platform.byJurisdiction')}>
        <JurisdictionTable summary={summary} filter={filter} />
      </Section>
      <div className="two even">
        <StageChart
          title={t('platform.byStage')}
          unit={t('platform.projects')}
          rows={summary.byStage.map((one) => ({
            name: stageName(one.stage),
            value: one.projects,
            to: listOf(filter, { stage: one.stage }),
          }))}
        />
        <StageChart
          title={t('platform.medianDays')}
          unit={t('platform.days')}
          rows={summary.stages.map((one) => ({
            name: stageName(one.stage),
            value: one.medianDays,
            note: t('platform.stays', { n: one.stays }),
            to: listOf(filter, { passed: one.stage }),
          }))}
        />
      </div>
    </>
  )
}
