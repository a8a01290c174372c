import { Empty } from 'antd'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'

/** How open texts are read. */
export function Readings({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const seen = new Set<string>()
  const readings = policy.words.allRules.filter((rule) => {
    if (!rule.reading || seen.has(rule.path)) return false
    seen.add(rule.path)
    return true
  })
  if (readings.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noReadings')} />
  return (
    <ul className="rules">
      {readings.map((rule) => (
        <li key={rule.path}>
          <div className="rule-head">
            <strong>{rule.title}</strong>
            <Articles article={[rule.article]} />
          </div>
          <div className="rule-line">{rule.reading}</div>
        </li>
      ))}
    </ul>
  )
}
