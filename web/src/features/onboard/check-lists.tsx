import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import type { Checked } from './use-check.ts'

const TONES = { enforced: 'good', guidance: 'busy', informative: 'faint', missing: 'bad' } as const

/** Every article with what accounts for it. */
export function CoverageList({ coverage }: { coverage: Checked['coverage'] }) {
  const { t } = useText()
  return (
    <ul className="rules scroll-list">
      {coverage.map((one) => (
        <li key={one.article}>
          <div className="rule-head">
            <strong>{one.article}</strong>
            {one.how.map((how) => (
              <Pill key={how} tone={TONES[how]}>
                {t(`platform.${how}`)}
              </Pill>
            ))}
            {one.rules.length > 0 && (
              <span className="quiet">{t('cases.rulesHere', { n: one.rules.length })}</span>
            )}
            {one.informative && <span className="quiet">{one.informative}</span>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** How open texts are read, to be confirmed by a person. */
export function ReadingList({ readings }: { readings: Checked['readings'] }) {
  const { t } = useText()
  return (
    <>
      <p className="quiet">{t('platform.readingsHint')}</p>
      <ul className="rules scroll-list">
        {readings.map((one) => (
          <li key={one.path}>
            <div className="rule-head">
              <strong>{one.title}</strong>
              <span className="quiet">{one.article.join('、')}</span>
            </div>
            <div className="rule-line">{one.reading}</div>
          </li>
        ))}
      </ul>
    </>
  )
}
