import { useEffect, useRef } from 'react'
import { type RuleName, ruleAround, ruleBook } from '../../../../functions/core/policy/touch/rule-book.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import type { CitingRule } from '../../shared/policy-words.ts'
import { Paragraphs } from '../../shared/regulation/paragraphs.tsx'
import { useText } from '../../shared/text.ts'
import { Regulation, useRegulation } from './regulation.tsx'
import { ArticleCount, KeyCount } from './use-count.tsx'

/** Every article of the text: what it says where that was given, and how it is enforced, shown as guidance, or why not. */
export function ByArticle(props: {
  policy: PolicyData
  chosen?: string
  giving: boolean
  onGiving: (giving: boolean) => void
}) {
  const { policy, chosen } = props
  const regulation = useRegulation(policy.hash)
  const target = useRef<HTMLLIElement>(null)
  const loaded = regulation !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is loaded above the article moves it
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    void target.current?.scrollIntoView({ block: 'center' })
  }, [chosen, loaded])
  const texts = new Map(regulation?.parts.map((part) => [part.unit, part]))
  const { coverage } = policy.document
  const others = regulation?.parts.filter(({ unit }) => unit !== '' && !(unit in coverage)) ?? []
  return (
    <>
      <Regulation {...props} regulation={regulation} />
      <ul className="rules">
        {Object.keys(coverage).map((article) => (
          <li
            key={article}
            ref={article === chosen ? target : undefined}
            className={article === chosen ? 'chosen' : undefined}
          >
            <Article article={article} policy={policy} text={texts.get(article)} />
          </li>
        ))}
        {others.map((part) => (
          <li key={part.unit}>
            <strong>{part.unit}</strong>
            <Words text={part} />
          </li>
        ))}
      </ul>
    </>
  )
}

interface ArticleWords {
  chapter: string | null
  title: string | null
  paragraphs: string[]
}

function Words({ text }: { text: ArticleWords }) {
  return (
    <div className="article-words">
      <Paragraphs paragraphs={text.paragraphs} />
    </div>
  )
}

/** Rules with names longer than this stand one below the other. */
const LONG = 24

function Article(props: { article: string; policy: PolicyData; text: ArticleWords | undefined }) {
  const { t } = useText()
  const { article, text } = props
  const { document, words } = props.policy
  const kinds = [document.coverage[article] ?? []].flat()
  const rules = words.citing(article)
  const book = ruleBook(document)
  const ruleKinds = [...new Set(rules.map((one) => one.kind))]
  /** What cites the article: the rule itself, or a part of it that has a name of its own. */
  const titleOf = (one: CitingRule, rule: RuleName | undefined, isRule: boolean): string => {
    if (!rule) return one.title
    if (isRule) return rule.own ? rule.title : `${rule.title}(${t(`law.kind-${rule.kind}`)})`
    return rule.title.endsWith(one.title) ? rule.title : `${rule.title}: ${one.title}`
  }
  // What a rule cites in several of its parts is told once.
  const cites = (kind: string) => [
    ...new Map(
      rules.flatMap((one) => {
        if (one.kind !== kind) return []
        const rule = ruleAround(book, one.path.split('.'))
        const title = titleOf(one, rule, book.rules.has(one.path) || book.rules.has(`${one.path}.0`))
        const key = `${title}|${one.article}|${rule?.key}`
        return title ? [[key, { title, at: one.article, rule }] as const] : []
      }),
    ).values(),
  ]
  return (
    <>
      <div className="rule-head">
        <strong>{article}</strong>
        {text && <span className="quiet">{[text.chapter, text.title].filter(Boolean).join(' · ')}</span>}
        <ArticleCount unit={article} />
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
      {text && <Words text={text} />}
      {ruleKinds.map((kind) => (
        <Cites key={kind} kind={kind} rules={cites(kind)} article={article} />
      ))}
    </>
  )
}

interface Cite {
  title: string
  /** The citation as the rule has it, which may be more exact than the article. */
  at: string
  rule: RuleName | undefined
}

function Cites({ kind, rules, article }: { kind: string; rules: Cite[]; article: string }) {
  const long = rules.length > 1 && rules.some(({ title }) => title.length > LONG)
  return (
    <div className="rule-line">
      <span className="quiet rule-label">{kind}</span>
      <span className={long ? 'rule-cites rule-list' : 'rule-cites'}>
        {rules.map(({ title, at, rule }) => (
          <span key={`${title}|${at}|${rule?.key}`} className="rule-item">
            {title}
            {at !== article && <span className="quiet">({at})</span>}
            {rule && (
              <>
                &nbsp;
                <KeyCount rule={rule.key} />
              </>
            )}
          </span>
        ))}
      </span>
    </div>
  )
}
