import { Alert, Select, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { Loaded, Page } from '../../shared/page.tsx'
import { type PolicyData, usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { PolicyVersion } from '../../shared/why.tsx'
import { ByArticle } from './by-article.tsx'
import { ByStage } from './by-stage.tsx'
import { Discretion } from './discretion.tsx'
import { Readings } from './readings.tsx'
import { Registers } from './registers.tsx'
import { Tables } from './tables.tsx'
import { CountedUses } from './use-count.tsx'
import { YearCalendar } from './year-calendar.tsx'

/** The jurisdiction's rules as people read them. */
export function PolicyPage() {
  const [asked] = useSearchParams()
  const hash = asked.get('hash') ?? undefined
  return (
    <Loaded query={usePolicy(hash)}>
      {(policy) => (
        <PolicyVersion value={policy.hash}>
          <Policy key={policy.hash} policy={policy} />
        </PolicyVersion>
      )}
    </Loaded>
  )
}

function Policy({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const head = policy.document.policy
  const go = (next: Record<string, string | undefined>) => {
    const kept = Object.entries({ ...next, hash: next.hash ?? asked.get('hash') ?? undefined })
    setAsked(Object.fromEntries(kept.flatMap(([key, value]) => (value ? [[key, value]] : []))), {
      replace: true,
    })
  }
  const view = asked.get('view') ?? 'stage'
  const lead = [
    head.number,
    t('cases.effectiveOn', { on: policy.effectiveOn }) +
      (policy.effectiveChosen ? ` (${t('cases.chosenDay')})` : ''),
    `${t('cases.source')}: ${t(`cases.${head.source}`)}`,
    head.supersedes?.length ? t('cases.supersedes', { list: head.supersedes.join('、') }) : undefined,
  ]
  return (
    <Page
      name={t('general.policy')}
      title={head.title}
      lead={lead.filter(Boolean).join(' · ')}
      extra={
        policy.versions.length > 1 && (
          <Select
            aria-label={t('cases.policyVersion')}
            value={policy.hash}
            onChange={(hash) => go({ view, hash })}
            options={policy.versions.map((one) => ({
              value: one.hash,
              label: t('cases.effectiveOn', { on: one.effectiveOn }),
            }))}
          />
        )
      }
    >
      {head.unseen && head.unseen.length > 0 && (
        <Alert
          className="section-alert"
          type="info"
          showIcon
          title={t('cases.unseenPart', { list: head.unseen.join('、') })}
        />
      )}
      <section className="section">
        <CountedUses policy={policy}>
          <Tabs
            activeKey={view}
            onChange={(next) => go({ view: next === 'stage' ? undefined : next })}
            items={[
              { key: 'stage', label: t('cases.byStage'), children: <ByStage policy={policy} /> },
              {
                key: 'article',
                label: t('cases.byArticle'),
                children: (
                  <ByArticle
                    policy={policy}
                    chosen={asked.get('article') ?? undefined}
                    giving={asked.has('give')}
                    onGiving={(give) => go({ view: 'article', give: give ? '1' : undefined })}
                  />
                ),
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
        </CountedUses>
      </section>
    </Page>
  )
}
