import { Alert, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { Loaded, Page } from '../../shared/page.tsx'
import { type PolicyData, usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { ByArticle } from './by-article.tsx'
import { ByStage } from './by-stage.tsx'
import { Discretion } from './discretion.tsx'
import { Readings } from './readings.tsx'
import { Registers } from './registers.tsx'
import { Tables } from './tables.tsx'
import { YearCalendar } from './year-calendar.tsx'

/** The jurisdiction's rules as people read them. */
export function PolicyPage() {
  return <Loaded query={usePolicy()}>{(policy) => <Policy policy={policy} />}</Loaded>
}

function Policy({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const head = policy.document.policy
  const lead = [
    head.number,
    t('cases.effectiveOn', { on: policy.effectiveOn }) +
      (policy.effectiveChosen ? ` (${t('cases.chosenDay')})` : ''),
    `${t('cases.source')}: ${t(`cases.${head.source}`)}`,
    head.supersedes?.length ? t('cases.supersedes', { list: head.supersedes.join('、') }) : undefined,
  ]
  return (
    <Page name={t('general.policy')} title={head.title} lead={lead.filter(Boolean).join(' · ')}>
      {head.unseen && head.unseen.length > 0 && (
        <Alert
          className="section-alert"
          type="info"
          showIcon
          title={t('cases.unseenPart', { list: head.unseen.join('、') })}
        />
      )}
      <section className="section">
        <Tabs
          activeKey={asked.get('view') ?? 'stage'}
          onChange={(view) => setAsked(view === 'stage' ? {} : { view }, { replace: true })}
          items={[
            { key: 'stage', label: t('cases.byStage'), children: <ByStage policy={policy} /> },
            {
              key: 'article',
              label: t('cases.byArticle'),
              children: <ByArticle policy={policy} chosen={asked.get('article') ?? undefined} />,
            },
            { key: 'calendar', label: t('cases.calendarTab'), children: <YearCalendar policy={policy} /> },
            { key: 'tables', label: t('cases.tablesTab'), children: <Tables policy={policy} /> },
            {
              key: 'discretion',
              label: t('cases.discretionTab'),
              children: <Discretion policy={policy} />,
            },
            ...(policy.document.registers
              ? [
                  {
                    key: 'registers',
                    label: t('cases.registersTab'),
                    children: <Registers policy={policy} />,
                  },
                ]
              : []),
            { key: 'readings', label: t('cases.readingsTab'), children: <Readings policy={policy} /> },
          ]}
        />
      </section>
    </Page>
  )
}
