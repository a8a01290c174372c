import { Alert, Checkbox, Spin, Tabs } from 'antd'
import { useState } from 'react'
import { Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { CoverageList, ReadingList } from './check-lists.tsx'
import { ProblemList } from './problem-list.tsx'
import type { Checked } from './use-check.ts'

/** What the check of a policy says, and the readings that a person confirms. */
export function CheckPanel(props: {
  checked: Checked | undefined
  checking: boolean
  confirmed: boolean
  onConfirm: (confirmed: boolean) => void
  onGo: (line: number) => void
}) {
  const { t } = useText()
  const { checked, checking } = props
  const [tab, setTab] = useState('problems')
  const errors = checked?.problems.filter((one) => one.severity === 'error') ?? []
  const others = (checked?.problems.length ?? 0) - errors.length
  const readings = checked?.readings ?? []
  return (
    <>
      {checked && (
        <Alert
          type={checked.ok ? 'success' : 'error'}
          showIcon
          title={checked.ok ? t('platform.checkPasses') : t('platform.checkFails', { n: errors.length })}
          description={[checked.head?.title, others > 0 && t('platform.warnings', { n: others })]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
      <span aria-live="polite">
        {checking && (
          <>
            <Spin size="small" /> {t('platform.checking')}
          </>
        )}
      </span>
      {checked && (
        <Section title={t('platform.step2')}>
          <Tabs
            activeKey={checked.document ? tab : 'problems'}
            onChange={setTab}
            items={[
              {
                key: 'problems',
                label: `${t('platform.problems')} ${checked.problems.length}`,
                children: <ProblemList problems={checked.problems} onGo={props.onGo} />,
              },
              {
                key: 'coverage',
                label: `${t('platform.coverage')} ${checked.coverage.length}`,
                children: <CoverageList coverage={checked.coverage} />,
              },
              {
                key: 'readings',
                label: `${t('platform.readings')} ${readings.length}`,
                children: <ReadingList readings={readings} />,
              },
            ]}
          />
          {checked.ok && readings.length > 0 && (
            <Checkbox checked={props.confirmed} onChange={(event) => props.onConfirm(event.target.checked)}>
              {t('platform.confirmAll', { n: readings.length })}
            </Checkbox>
          )}
        </Section>
      )}
    </>
  )
}
