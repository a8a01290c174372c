import { Input, type InputRef, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../shared/api.ts'
import { type Me, useTenant } from '../shared/me.ts'
import { Pill } from '../shared/pill.tsx'
import { usePolicy } from '../shared/policy-data.ts'
import { stageName } from '../shared/policy-words.ts'
import { useQuery } from '../shared/query.ts'
import { useText } from '../shared/text.ts'
import { menuOf } from './menu.tsx'

/** Typing rests so long before the service is asked. */
const CALM_MS = 150

interface Hit {
  to: string
  title: string
  more?: ReactNode
}

interface Group {
  name: string
  hits: Hit[]
}

/** One search over pages, projects, steps and articles; the keyboard alone is enough. */
export function Palette({ me, close }: { me: Me; close: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [word, setWord] = useState('')
  const [chosen, setChosen] = useState(0)
  const input = useRef<InputRef>(null)
  const id = useId()
  const groups = useHits(me, word.trim())
  const hits = groups.flatMap((group) => group.hits)
  const at = Math.min(chosen, hits.length - 1)
  const open = (hit: Hit | undefined) => {
    if (!hit) return
    close()
    void navigate(hit.to)
  }
  const press = (event: KeyboardEvent) => {
    // While a Chinese word is being composed, Enter and the arrows belong to the input method.
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen(hits.length === 0 ? 0 : (at + step + hits.length) % hits.length)
    } else if (event.key === 'Enter') open(hits[at])
  }
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at, id])
  let n = -1
  return (
    <Modal
      open
      footer={null}
      closable={false}
      width={640}
      className="palette"
      title={<span className="visually-hidden">{t('lists.search')}</span>}
      onCancel={close}
      afterOpenChange={(shown) => shown && input.current?.focus()}
    >
      <Input
        ref={input}
        size="large"
        role="combobox"
        aria-label={t('lists.search')}
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder={t('lists.searchHint')}
        maxLength={100}
        value={word}
        onChange={(event) => {
          setWord(event.target.value)
          setChosen(0)
        }}
        onKeyDown={press}
      />
      <div className="palette-hits" id={`${id}-list`} role="listbox" aria-label={t('lists.search')}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box
          <div key={group.name} role="group" aria-label={group.name}>
            <div className="palette-group" aria-hidden>
              {group.name}
            </div>
            {group.hits.map((hit) => {
              n += 1
              const own = n
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input that owns the list handles its keys
                <div
                  key={hit.to + hit.title}
                  id={`${id}-${own}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={own === at}
                  className={own === at ? 'palette-hit chosen' : 'palette-hit'}
                  onMouseMove={() => setChosen(own)}
                  onClick={() => open(hit)}
                >
                  <span className="palette-title">{hit.title}</span>
                  {hit.more}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {word.trim() !== '' && hits.length === 0 && (
        <p aria-live="polite">{t('lists.nothingFound', { word: word.trim() })}</p>
      )}
      <p className="quiet palette-keys">{t('lists.searchKeys')}</p>
    </Modal>
  )
}

/** What is found, by kind; pages at once, the rest when the service has answered. */
function useHits(me: Me, word: string): Group[] {
  const { t } = useText()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const asked = useCalm(word)
  const { data } = useQuery({
    queryKey: ['search', tenant, asked],
    enabled: tenant !== '' && asked !== '',
    queryFn: () => answer(api[':tenant'].search.$get({ param: { tenant }, query: { q: asked } })),
    placeholderData: (before) => before,
  })
  const small = word.toLowerCase()
  const pages = menuOf(me)
    .map((entry) => ({ to: entry.path, title: t(entry.text), initials: entry.initials }))
    .filter((one) => one.title.toLowerCase().includes(small) || one.initials.includes(small))
    .map(({ to, title }) => ({ to, title }))
  const found = word === '' ? undefined : data
  const groups: Group[] = [
    {
      name: t('general.projects'),
      hits: [
        ...(found?.projects ?? []).map((one) => ({
          to: `/projects/${one.id}`,
          title: one.title,
          more: (
            <span className="palette-more">
              <span className="quiet">{one.code ?? one.organisation}</span>
              <Pill tone={one.ended ? 'faint' : 'busy'}>
                {policy?.words.stage(one.stage) ?? stageName(one.stage)}
              </Pill>
            </span>
          ),
        })),
        ...(tenant && word
          ? [{ to: `/projects?word=${encodeURIComponent(word)}`, title: t('lists.searchList', { word }) }]
          : []),
        ...(me.user.role === 'overseer' && word
          ? [
              {
                to: `/oversight/projects?word=${encodeURIComponent(word)}`,
                title: t('lists.searchList', { word }),
              },
            ]
          : []),
      ],
    },
    { name: t('lists.pages'), hits: pages },
    {
      name: t('lists.steps'),
      hits: (found?.steps ?? []).map((one) => ({
        to: articleAddress(one.article),
        title: one.title,
        more: <span className="quiet">{one.article}</span>,
      })),
    },
    {
      name: t('lists.articles'),
      hits: (found?.articles ?? []).map((one) => ({
        to: articleAddress(one.article),
        title: one.article,
        more: <span className="quiet palette-more">{one.titles.join('、')}</span>,
      })),
    },
  ]
  return groups.filter((group) => group.hits.length > 0)
}

function articleAddress(article: string): string {
  return `/policy?view=article&article=${encodeURIComponent(article)}`
}

function useCalm(word: string): string {
  const [calm, setCalm] = useState(word)
  useEffect(() => {
    const waiting = setTimeout(() => setCalm(word), CALM_MS)
    return () => clearTimeout(waiting)
  }, [word])
  return calm
}
