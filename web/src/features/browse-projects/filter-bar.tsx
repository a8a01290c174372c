import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useEffect, useState } from 'react'
import { EXCEPTION_TITLES } from '../../../../functions/core/case/exceptions.ts'
import { useOrganisations } from '../../shared/directory.ts'
import { isAuthority, useMe } from '../../shared/me.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { categoryOptions } from './columns.tsx'
import type { Area, FilterName, Filters } from './filters.ts'

/** Typing rests so long before it is looked up. */
const CALM_MS = 200

const FOLDED: FilterName[] = ['nature', 'category', 'track', 'least', 'most', 'ended', 'exception', 'gated']

export interface FilterProps {
  area: Area
  filters: Filters
  /** Sets filters, takes away those that are undefined, and goes back to the first page. */
  choose: (change: Filters) => void
}

/** What narrows the list: the usual ones at once, the others on demand. */
export function FilterBar({ area, filters, choose }: FilterProps) {
  const { t } = useText()
  const me = useMe()
  const { data: policy } = usePolicy()
  const { data: organisations } = useOrganisations()
  const folded = FOLDED.filter((name) => name !== (area === 'audit' ? 'exception' : ''))
  const [open, setOpen] = useState(() => folded.some((name) => filters[name] !== undefined))
  const stages = Object.keys(policy?.document.stages ?? {}).concat('closed')
  const now = new Date().getFullYear()
  const set = (name: FilterName) => (value: string | undefined) => choose({ [name]: value })
  const used = Object.keys(filters).some(
    (name) => name !== 'order' && !(area === 'audit' && name === 'exception'),
  )
  return (
    <search className={open ? 'filters filters-open' : 'filters'}>
      <WordInput word={filters.word ?? ''} choose={(word) => choose({ word: word || undefined })} />
      <Select
        allowClear
        aria-label={t('general.stage')}
        placeholder={t('work.filterStage')}
        value={filters.stage}
        onChange={set('stage')}
        options={stages.map((id) => ({ value: id, label: policy?.words.stage(id) }))}
      />
      {(isAuthority(me) || me.user.role === 'auditor') && (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          className="filter-unit"
          aria-label={t('work.unit')}
          placeholder={t('work.filterUnit')}
          value={filters.organisation}
          onChange={set('organisation')}
          options={organisations
            ?.filter((one) => one.parties.includes('unit'))
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Select
        allowClear
        aria-label={t('general.year')}
        placeholder={t('work.filterYear')}
        value={filters.year}
        onChange={set('year')}
        options={Array.from({ length: 9 }, (_, i) => String(now + 2 - i)).map((year) => ({
          value: year,
          label: year,
        }))}
      />
      <Select
        allowClear
        aria-label={t('lists.dueColumn')}
        placeholder={t('lists.anyDue')}
        value={filters.due}
        onChange={set('due')}
        options={[
          { value: 'overdue', label: t('lists.dueOverdue') },
          { value: 'soon', label: t('lists.dueSoon') },
        ]}
      />
      {open && (
        <FoldedFilters
          area={area}
          filters={filters}
          choose={choose}
          natures={policy?.document.facts.nature?.options ?? {}}
          categories={policy ? categoryOptions(policy) : {}}
          tracks={titles(policy?.document.tracks)}
        />
      )}
      <Button type="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'lists.fewerFilters' : 'lists.moreFilters')}
      </Button>
      {used && (
        <Button
          type="link"
          onClick={() => choose(Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])))}
        >
          {t('lists.clear')}
        </Button>
      )}
    </search>
  )
}

function titles(named: Record<string, { title: string }> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(named ?? {}).map(([id, one]) => [id, one.title]))
}

function FoldedFilters({
  area,
  filters,
  choose,
  natures,
  categories,
  tracks,
}: FilterProps & Record<'natures' | 'categories' | 'tracks', Record<string, string>>) {
  const { t } = useText()
  const select = (name: FilterName, label: string, options: Record<string, string>) =>
    Object.keys(options).length === 0 ? null : (
      <Select
        allowClear
        aria-label={label}
        placeholder={label}
        value={filters[name]}
        onChange={(value: string | undefined) => choose({ [name]: value })}
        options={Object.entries(options).map(([value, text]) => ({ value, label: text }))}
      />
    )
  const amount = (name: 'least' | 'most', label: string) => (
    <InputNumber
      className="filter-amount"
      aria-label={`${label}(${t('general.wan')})`}
      placeholder={label}
      suffix={t('general.wan')}
      min={0}
      max={999_999_999}
      value={filters[name] === undefined ? null : Number(filters[name])}
      changeOnWheel={false}
      onChange={(value) => choose({ [name]: value === null ? undefined : String(value) })}
    />
  )
  return (
    <>
      {select('nature', t('lists.nature'), natures)}
      {select('category', t('lists.category'), categories)}
      {select('track', t('lists.track'), tracks)}
      {amount('least', t('lists.least'))}
      {amount('most', t('lists.most'))}
      {select('ended', t('lists.anyEnded'), { false: t('lists.running'), true: t('lists.closed') })}
      {area !== 'audit' &&
        select('exception', t('lists.anyException'), { any: t('lists.withException'), ...EXCEPTION_TITLES })}
      <Checkbox
        checked={filters.gated === 'true'}
        onChange={(event) => choose({ gated: event.target.checked ? 'true' : undefined })}
      >
        {t('lists.gated')}
      </Checkbox>
    </>
  )
}

function WordInput({ word, choose }: { word: string; choose: (word: string) => void }) {
  const { t } = useText()
  const [typed, setTyped] = useState(word)
  useEffect(() => setTyped(word), [word])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed.trim() === word) return
    const waiting = setTimeout(() => choose(typed.trim()), CALM_MS)
    return () => clearTimeout(waiting)
  }, [typed])
  return (
    <Input
      allowClear
      className="filter-word"
      placeholder={t('lists.word')}
      aria-label={t('lists.wordLabel')}
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => choose(typed.trim())}
    />
  )
}
