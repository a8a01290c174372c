import { CardPopover } from '../../shared/card-popover.tsx'
import { OverseenPlace } from '../../shared/policy-data.ts'
import { ArticleText } from '../../shared/regulation/article-text.tsx'
import { useText } from '../../shared/text.ts'
import type { Compared } from './compare-page.tsx'

type Jurisdiction = Compared['jurisdictions'][number]
type Line = NonNullable<Compared['rows'][number]['cells'][string]>[number]

/** What one jurisdiction rules, each sentence with its articles; nothing found is told apart from not shown. */
export function RuleCell(props: { lines: Line[] | undefined; jurisdiction: Jurisdiction; title: string }) {
  const { t } = useText()
  const { lines, jurisdiction } = props
  if (!lines) {
    const partial = jurisdiction.policy?.source === 'commentary'
    return <span className="quiet">{t(partial ? 'platform.notShown' : 'platform.noRule')}</span>
  }
  return (
    <ul className="rule-lines">
      {lines.map((line) => (
        <li key={`${line.text}${line.article.join()}`}>
          {line.text}{' '}
          <CardPopover
            label={`${props.title}: ${line.article.join(', ')}`}
            content={<Source line={line} jurisdiction={jurisdiction} />}
          >
            <button
              type="button"
              className="article-link"
              aria-label={`${props.title}: ${line.article.join(', ')}`}
            >
              {line.article.join(', ')}
            </button>
          </CardPopover>
        </li>
      ))}
    </ul>
  )
}

/** The regulation's own words for each article, and the reading under which the rule stands. */
function Source({ line, jurisdiction: { id, policy } }: { line: Line; jurisdiction: Jurisdiction }) {
  const { t } = useText()
  if (!policy) return null
  return (
    <OverseenPlace value={id}>
      {line.article.map((article) => (
        <section key={article}>
          <strong>{article}</strong>
          <ArticleText article={article} hash={policy.hash} />
        </section>
      ))}
      <p>{line.text}</p>
      <p className="quiet">
        {policy.title}{' '}
        {[policy.number, t('platform.since', { on: policy.effectiveOn })].filter(Boolean).join(' · ')}
      </p>
      {line.reading && (
        <p>
          {t('platform.read')}: {line.reading}
        </p>
      )}
    </OverseenPlace>
  )
}
