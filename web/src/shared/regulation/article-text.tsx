import './regulation.css'
import { useContext } from 'react'
import { Link } from 'react-router'
import { answer, api } from '../api.ts'
import { useMe, useTenant } from '../me.ts'
import { OverseenPlace } from '../policy-data.ts'
import { useQuery } from '../query.ts'
import { useText } from '../text.ts'
import { Paragraphs } from './paragraphs.tsx'

/** What an article says in the regulation's own words, or that nobody has given them yet. */
export function ArticleText({ article, hash }: { article: string; hash: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const jurisdiction = useContext(OverseenPlace)
  const { data } = useQuery({
    queryKey: ['article', jurisdiction ?? tenant, hash, article],
    staleTime: 600_000,
    queryFn: () =>
      jurisdiction === undefined
        ? answer(
            api[':tenant'].policy.articles[':article'].$get({ param: { tenant, article }, query: { hash } }),
          )
        : answer(
            api.oversight.policies[':jurisdiction'][':hash'].articles[':article'].$get({
              param: { jurisdiction, hash, article },
            }),
          ),
  })
  if (!data) return <p className="quiet">{t('law.textLoading')}</p>
  if (!data.given) return <NotGiven hash={hash} />
  if (!data.paragraphs) return <p className="quiet">{t('law.textLacks')}</p>
  const name = t('law.textOf', { article: data.unit })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long article is scrolled by keyboard too
    <section className="article-words scroll" tabIndex={0} aria-label={name}>
      <p className="quiet article-place">{[data.chapter, data.title].filter(Boolean).join(' · ')}</p>
      <Paragraphs paragraphs={data.paragraphs} meant={data.meant} />
    </section>
  )
}

/** One sentence that the text is not there, and for who may give it, where. */
export function NotGiven({ hash }: { hash: string }) {
  const { t } = useText()
  const me = useMe()
  return (
    <p className="quiet">
      {t('law.textNotGiven')}{' '}
      {me.user.role === 'administrator' && (
        <Link to={`/policy?view=article&give=1&hash=${hash}`}>{t('law.textGiveLink')}</Link>
      )}
    </p>
  )
}
