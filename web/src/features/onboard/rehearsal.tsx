import { Alert, Button, Checkbox, Empty } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { RehearsedProject } from './rehearsed-project.tsx'

const rehearse = api.tenants[':tenant'].policies.rehearsal
type Page = Answered<Awaited<ReturnType<typeof rehearse.$post>>>
export type Rehearsed = Page['items'][number]

/** What the new version would change for each running project, before anybody adopts it. Nothing is stored. */
export function Rehearsal(props: { tenant: string; text: string; file: string; effectiveOn?: string }) {
  const { t } = useText()
  const { tenant, text, file, effectiveOn } = props
  const [all, setAll] = useState(false)
  const [seen, setSeen] = useState<{ of: string; looked: number; items: Rehearsed[]; last: Page }>()
  const of = JSON.stringify([text, effectiveOn, all])
  const ask = useAct((after: string | undefined) =>
    answer(
      rehearse.$post({
        param: { tenant },
        json: { policy: text, file, all, ...(effectiveOn && { effectiveOn }), ...(after && { after }) },
      }),
    ),
  )
  const look = async (more: boolean) => {
    const page = await ask
      .mutateAsync(more ? (seen?.last.next ?? undefined) : undefined)
      .catch(() => undefined)
    if (!page) return
    const before = more && seen ? seen : { looked: 0, items: [] }
    setSeen({
      of,
      looked: before.looked + page.looked,
      items: [...before.items, ...page.items],
      last: page,
    })
  }
  const stale = seen !== undefined && seen.of !== of
  return (
    <Section
      title={t('platform.rehearsal')}
      extra={
        <Button onClick={() => void look(false)} loading={ask.isPending}>
          {t('platform.rehearse')}
        </Button>
      }
    >
      <p className="quiet">{t('platform.rehearsalHint')}</p>
      <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
        {t('platform.rehearseAll')}
      </Checkbox>
      <ProblemAlert error={ask.error} />
      {stale && (
        <Alert className="section-alert" type="warning" showIcon title={t('platform.rehearsalStale')} />
      )}
      {seen && (
        <>
          <p aria-live="polite">
            <Pill tone="busy">{t('platform.rehearsed', { n: seen.looked, on: seen.last.on })}</Pill>{' '}
            {t('platform.rehearsedChanged', { n: seen.items.filter((one) => one.moves !== false).length })}
          </p>
          {seen.items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('platform.rehearsalNothing')} />
          ) : (
            <ul className="rules scroll-list">
              {seen.items.map((one) => (
                <RehearsedProject key={one.project.id} rehearsed={one} />
              ))}
            </ul>
          )}
          {seen.last.next && !stale && (
            <Button onClick={() => void look(true)} loading={ask.isPending}>
              {t('platform.rehearseMore')}
            </Button>
          )}
        </>
      )}
    </Section>
  )
}
