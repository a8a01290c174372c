import { Empty } from 'antd'
import { readingsOf } from '../../../../functions/core/policy/readings.ts'
import { ruleAround, ruleBook } from '../../../../functions/core/policy/touch/rule-book.ts'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { KeyCount } from './use-count.tsx'

/** How open texts are read. */
export function Readings({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const readings = readingsOf(policy.document)
  if (readings.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noReadings')} />
  return (
    <ul className="rules">
      {readings.map((one) => (
        <li key={one.path}>
          <div className="rule-head">
            <strong>{one.title}</strong>
            <RuleCount path={one.path} policy={policy} />
            <Articles article={one.article} />
          </div>
          <div className="rule-line">{one.reading}</div>
        </li>
      ))}
    </ul>
  )
}

/** The number of the rule that is read, or of the one that the reading stands in. */
function RuleCount({ path, policy }: { path: string; policy: PolicyData }) {
  const rule = ruleAround(ruleBook(policy.document), path.split('.'))
  return rule ? <KeyCount rule={rule.key} words /> : null
}
