import { Empty } from 'antd'
import type { PolicyChange } from '../../../../functions/core/policy/diff.ts'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'

const TONES = { added: 'good', removed: 'bad', changed: 'busy' } as const

/** What differs from the version in force, rule by rule. */
export function ChangeList({ changes }: { changes: readonly PolicyChange[] }) {
  const { t } = useText()
  if (changes.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('platform.noChanges')} />
  return (
    <ul className="rules scroll-list">
      {changes.map((one) => (
        <li key={`${one.path}${one.message}`}>
          <div className="rule-head">
            <Pill tone={TONES[one.kind]}>{t(`platform.change-${one.kind}`)}</Pill>
            <span className="quiet">{one.article.join('、')}</span>
          </div>
          <div className="rule-line">{one.message}</div>
        </li>
      ))}
    </ul>
  )
}
