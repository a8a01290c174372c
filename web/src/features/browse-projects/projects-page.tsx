import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { useOrganisations } from '../../shared/directory.ts'
import { isAuthority, isOfficer, isUnit, useMe, useTenant } from '../../shared/me.ts'
import { wan } from '../../shared/money.ts'
import { Page } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { ProjectTable } from './project-table.tsx'

/** All projects that the person may see; filters and place stand in the address. */
export function ProjectsPage() {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const [asked, setAsked] = useSearchParams()
  const [trail, setTrail] = useState<string[]>([])
  const [word, setWord] = useState('')
  const filter = {
    stage: asked.get('stage') ?? undefined,
    year: asked.get('year') ?? undefined,
    organisation: asked.get('unit') ?? undefined,
  }
  const after = asked.get('after') ?? undefined
  const query = useQuery({
    queryKey: ['projects', tenant, filter, after],
    queryFn: () =>
      answer(api[':tenant'].projects.$get({ param: { tenant }, query: { ...filter, after, limit: '50' } })),
    placeholderData: (before) => before,
  })
  const go = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(asked)
    for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name)
    setAsked(next)
  }
  const choose = (name: string) => (value: string | undefined) => {
    setTrail([])
    go({ [name]: value, after: undefined })
  }
  const items = (query.data?.items ?? []).filter((one) => one.title.includes(word.trim()))
  const sum = items.reduce((total, one) => total + (one.estimateFen ?? 0), 0)
  return (
    <Page
      name={t('general.projects')}
      title={t('general.projects')}
      extra={
        isOfficer(me) &&
        isUnit(me) && (
          <Link to="/declare">
            <Button type="primary">{t('general.declare')}</Button>
          </Link>
        )
      }
    >
      <section className="section">
        <Filters
          filter={filter}
          choose={choose}
          word={word}
          setWord={setWord}
          authority={isAuthority(me) || me.user.role === 'auditor'}
        />
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        <ProjectTable items={items} loading={query.isFetching && !query.data} />
        <div className="table-foot">
          <span aria-live="polite">{t('work.pageSum', { n: items.length, sum: wan(sum) })}</span>
          <span className="pager">
            <Button
              disabled={!after}
              onClick={() => {
                go({ after: trail.at(-1) })
                setTrail(trail.slice(0, -1))
              }}
            >
              {t('general.previous')}
            </Button>
            <Button
              disabled={!query.data?.next}
              onClick={() => {
                setTrail(after ? [...trail, after] : trail)
                go({ after: query.data?.next ?? undefined })
              }}
            >
              {t('general.next')}
            </Button>
          </span>
        </div>
      </section>
    </Page>
  )
}

function Filters(props: {
  filter: { stage?: string; year?: string; organisation?: string }
  choose: (name: string) => (value: string | undefined) => void
  word: string
  setWord: (word: string) => void
  authority: boolean
}) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const { data: organisations } = useOrganisations()
  const stages = Object.keys(policy?.document.stages ?? {}).concat('closed')
  const now = new Date().getFullYear()
  return (
    <div className="filters">
      <Input
        allowClear
        className="filter-word"
        placeholder={t('work.search')}
        aria-label={t('work.searchPage')}
        value={props.word}
        onChange={(event) => props.setWord(event.target.value)}
      />
      <Select
        allowClear
        aria-label={t('general.stage')}
        placeholder={t('work.filterStage')}
        value={props.filter.stage}
        onChange={props.choose('stage')}
        options={stages.map((id) => ({ value: id, label: policy?.words.stage(id) }))}
      />
      <Select
        allowClear
        aria-label={t('general.year')}
        placeholder={t('work.filterYear')}
        value={props.filter.year}
        onChange={props.choose('year')}
        options={Array.from({ length: 9 }, (_, i) => String(now + 2 - i)).map((year) => ({
          value: year,
          label: year,
        }))}
      />
      {props.authority && (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          className="filter-unit"
          aria-label={t('work.unit')}
          placeholder={t('work.filterUnit')}
          value={props.filter.organisation}
          onChange={props.choose('unit')}
          options={organisations
            ?.filter((one) => one.parties.includes('unit'))
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
    </div>
  )
}
