import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { createContext, lazy, Suspense, useContext } from 'react'
import { Link } from 'react-router'
import { CardPopover } from './card-popover.tsx'
import { useTenant } from './me.ts'
import type { PolicyData } from './policy-data.ts'
import { OverseenPlace, usePolicy } from './policy-data.ts'
import { readableFacts } from './policy-words.ts'
import { useText } from './text.ts'

/** The policy version that a page speaks of, by hash; without it today's. */
export const PolicyVersion = createContext<string | undefined>(undefined)

const ArticleText = lazy(async () => ({
  default: (await import('./regulation/article-text.tsx')).ArticleText,
}))

export interface Grounds {
  article: readonly string[]
  facts?: Record<string, unknown>
  message?: string
}

/** Articles as buttons; each tells what it says and what the policy does with it, in which version. */
export function Articles({ article }: { article: readonly string[] }) {
  return (
    <span className="articles">
      {[...new Set(article)].map((one) => (
        <CardPopover key={one} label={one} content={<ArticleCard article={one} />}>
          <button type="button" className="article-link">
            {one}
          </button>
        </CardPopover>
      ))}
    </span>
  )
}

/** The question mark beside whatever the rules decided. */
export function Why({ grounds, label }: { grounds: readonly Grounds[]; label?: string }) {
  return (
    <WhyButton label={label}>
      <GroundsList grounds={grounds} />
    </WhyButton>
  )
}

/** Reasons one after the other, and the policy version that they stand in. */
export function GroundsList({ grounds }: { grounds: readonly Grounds[] }) {
  return (
    <>
      {grounds.map((one) => (
        <GroundsCard key={`${one.message}${one.article.join()}`} {...one} />
      ))}
      <VersionLine />
    </>
  )
}

/** The question mark alone; what it tells is made, and may be read, once it is asked. */
export function WhyButton({ label, children }: { label?: string; children: ReactNode }) {
  const { t } = useText()
  return (
    <CardPopover title={label ?? t('cases.why')} label={label ?? t('cases.why')} content={children}>
      <Button
        size="small"
        type="text"
        className="why-button"
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-label={label ? `${t('cases.why')}: ${label}` : t('cases.why')}
      />
    </CardPopover>
  )
}

export function GroundsCard({ article, facts = {}, message }: Grounds) {
  const { t } = useText()
  const { data } = usePolicy(useContext(PolicyVersion))
  const shown = readableFacts(facts)
  return (
    <div className="grounds">
      {message && <p className="grounds-message">{message}</p>}
      {article.length > 0 && (
        <p>
          <span className="quiet">{t('cases.basis')} </span>
          <Articles article={article} />
        </p>
      )}
      {shown.length > 0 && (
        <dl className="facts">
          {shown.map(([name, value]) => (
            <Fact key={name} name={data?.words.name(name) ?? name} value={value} />
          ))}
        </dl>
      )}
    </div>
  )
}

function Fact({ name, value }: { name: string; value: unknown }) {
  const { t } = useText()
  const shown =
    value === null
      ? t('cases.unknownFact')
      : value === true
        ? t('general.yes')
        : value === false
          ? t('general.no')
          : String(value)
  return (
    <>
      <dt>{name}</dt>
      <dd>{shown}</dd>
    </>
  )
}

function ArticleCard({ article }: { article: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const overseen = useContext(OverseenPlace)
  const version = useContext(PolicyVersion)
  const { data } = usePolicy(version)
  if (!data) return null
  const { unit, covers, rules } = data.words.article(article)
  const lines: ReactNode[] = covers.map((cover) =>
    cover === 'enforced'
      ? `${t('cases.articleEnforced')} · ${t('cases.rulesHere', { n: rules.length })}`
      : 'guidance' in cover
        ? t('cases.articleGuides', { steps: cover.guidance.map((step) => data.words.step(step)).join('、') })
        : t('cases.articleInforms', { reason: cover.informative }),
  )
  const exact = rules.filter((rule) => rule.article === article)
  const named = (exact.length > 0 ? exact : rules).filter((rule) => rule.title)
  return (
    <>
      <strong>{article}</strong>
      {(tenant !== '' || overseen !== undefined) && unit !== undefined && (
        <Suspense fallback={<p className="quiet">{t('law.textLoading')}</p>}>
          <ArticleText article={article} hash={data.hash} />
        </Suspense>
      )}
      {(lines.length > 0 ? lines : [t('cases.articleUnseen')]).map((line) => (
        <p key={String(line)}>{line}</p>
      ))}
      <ul className="plain-list">
        {unique(named.map((rule) => `${rule.kind}: ${rule.title}`))
          .slice(0, 6)
          .map((line) => (
            <li key={line}>{line}</li>
          ))}
      </ul>
      {tenant !== '' && <Link to={articleAddress(unit ?? article, version)}>{t('cases.seeArticle')}</Link>}
      <VersionLine />
    </>
  )
}

function articleAddress(article: string, version: string | undefined): string {
  return `/policy?${new URLSearchParams({ view: 'article', article, ...(version && { hash: version }) })}`
}

/** The policy version that the reasons beside it stand in. */
export function VersionLine() {
  const { data } = usePolicy(useContext(PolicyVersion))
  const { t } = useText()
  if (!data) return null
  return <p className="quiet version-line">{versionText(data, t)}</p>
}

function versionText(data: PolicyData, t: ReturnType<typeof useText>['t']): string {
  const { title, number } = data.document.policy
  const day = t('cases.effectiveOn', { on: data.effectiveOn })
  return `${title}${number ? ` ${number}` : ''}, ${day}${data.effectiveChosen ? ` (${t('cases.chosenDay')})` : ''}`
}

function unique(lines: string[]): string[] {
  return [...new Set(lines)]
}
