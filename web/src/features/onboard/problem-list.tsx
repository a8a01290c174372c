import { Empty } from 'antd'
import type { PolicyProblem } from '../../shared/api.ts'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'

const TONES = { error: 'bad', warning: 'warn', note: 'faint' } as const

/** What the check found, each at its line. */
export function ProblemList({
  problems,
  onGo,
}: {
  problems: readonly PolicyProblem[]
  onGo: (line: number) => void
}) {
  const { t } = useText()
  if (problems.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('platform.checkPasses')} />
  return (
    <ul className="rules scroll-list">
      {problems.map((one) => (
        <li key={`${one.code}${one.line}${one.column}${one.message}`}>
          <div className="rule-head">
            <Pill tone={TONES[one.severity]}>{t(`platform.severity-${one.severity}`)}</Pill>
            {one.line && (
              <button type="button" className="article-link" onClick={() => onGo(one.line!)}>
                {t('platform.line', { line: one.line })}
              </button>
            )}
            <span className="quiet">{one.article?.join('、')}</span>
          </div>
          <div className="rule-line">{one.message}</div>
          {one.fix && (
            <div className="rule-line quiet">
              {t('platform.fix')}: {one.fix}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
