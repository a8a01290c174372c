import { useEffect, useRef } from 'react'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'

/** Every article of the text: enforced by which rules, shown as guidance where, or informative and why. */
export function ByArticle({ policy, chosen }: { policy: PolicyData; chosen?: string }) {
  const { t } = useText()
  const { document, words } = policy
  const target = useRef<HTMLLIElement>(null)
  useEffect(() => target.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <ul className="rules">
      {Object.entries(document.coverage).map(([article, cover]) => {
        const rules = words.citing(article)
        const kinds = [cover].flat()
        const lines = [
          ...new Set(
            rules.filter((one) => one.title).map((one) => `${one.kind}|${one.title}|${one.article}`),
          ),
        ]
        return (
          <li
            key={article}
            ref={article === chosen ? target : undefined}
            className={article === chosen ? 'chosen' : undefined}
          >
            <div className="rule-head">
              <strong>{article}</strong>
              {kinds.map((one) =>
                one === 'enforced' ? (
                  <Pill key="enforced" tone="good">
                    {t('cases.articleEnforced')}
                  </Pill>
                ) : 'guidance' in one ? (
                  <Pill key="guidance" tone="busy">
                    {t('cases.articleGuides', {
                      steps: one.guidance.map((step) => words.step(step)).join('、'),
                    })}
                  </Pill>
                ) : (
                  <Pill key="informative" tone="faint">
                    {t('cases.articleInforms', { reason: one.informative })}
                  </Pill>
                ),
              )}
            </div>
            {lines.map((line) => {
              const [kind, title, at] = line.split('|')
              return (
                <div key={line} className="rule-line">
                  <span className="quiet">{kind}</span> {title}
                  {at !== article && <span className="quiet"> {at}</span>}
                </div>
              )
            })}
          </li>
        )
      })}
    </ul>
  )
}
