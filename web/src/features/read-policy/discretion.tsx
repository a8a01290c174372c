import { Empty } from 'antd'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { UseCount } from './use-count.tsx'

/** What people decide with a reason, and what breaches lead to. */
export function Discretion({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const decisions = Object.entries(policy.document.decisions ?? {})
  const sanctions = Object.entries(policy.document.sanctions ?? {})
  if (decisions.length + sanctions.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <>
      {decisions.length > 0 && (
        <section className="step-stage">
          <h2>{t('cases.discretion')}</h2>
          <ul className="rules">
            {decisions.map(([id, one]) => (
              <li key={id}>
                <div className="rule-head">
                  <strong>{one.title}</strong>
                  <span className="quiet">{policy.words.party(one.by)}</span>
                  <UseCount kind="decision" rule={id} />
                  <Articles article={cited(one.article)} />
                </div>
                <div className="rule-line">
                  {Object.entries(one.options).map(([option, title]) => (
                    <Pill key={option} tone={option === one.default ? 'busy' : 'faint'}>
                      {option === one.default ? t('cases.inPrinciple', { option: title }) : title}
                    </Pill>
                  ))}
                </div>
                {one.reading && <div className="rule-line quiet">{one.reading}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {sanctions.length > 0 && (
        <section className="step-stage">
          <h2>{t('cases.sanctionsOf')}</h2>
          <ul className="rules">
            {sanctions.map(([id, one]) => (
              <li key={id}>
                <div className="rule-head">
                  <strong>{one.title}</strong>
                  <UseCount kind="sanction" rule={id} />
                  <Articles article={cited(one.article)} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
