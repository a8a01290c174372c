import { Button, Timeline } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { DeskLog } from './desk-log.tsx'
import { useEventText } from './event-text.ts'
import { Verification } from './verification.tsx'

type Entry = Answered<
  Awaited<ReturnType<(typeof api)[':tenant']['projects'][':id']['history']['$get']>>
>['items'][number]

/** Everything that was recorded of the project, the newest first; `whole` shows all that one page can hold at once. */
export function History({ id, whole = false }: { id: string; whole?: boolean }) {
  const { t } = useText()
  const tenant = useTenant()
  const [pages, setPages] = useState(whole ? 100 : 1)
  const query = useQuery({
    queryKey: ['history', tenant, id, pages],
    queryFn: () => readPages(tenant, id, pages),
  })
  return (
    <Loaded query={query}>
      {({ items, next }) => (
        <>
          <Verification id={id} />
          <Timeline
            className="history"
            items={[...items]
              .reverse()
              .map((entry) => ({ key: entry.version, content: <Line entry={entry} tenant={tenant} /> }))}
          />
          {next && <Button onClick={() => setPages(pages + 1)}>{t('work.loadMore')}</Button>}
          <DeskLog id={id} />
        </>
      )}
    </Loaded>
  )
}

/** The first pages of the log, one after the other. */
async function readPages(tenant: string, id: string, pages: number) {
  const items: Entry[] = []
  let after: string | undefined
  for (let page = 0; page < pages; page += 1) {
    const read = await answer(
      api[':tenant'].projects[':id'].history.$get({
        param: { tenant, id },
        query: { limit: '200', ...(after ? { after } : {}) },
      }),
    )
    items.push(...read.items)
    after = read.next ?? undefined
    if (!after) break
  }
  return { items, next: after }
}

function Line({ entry, tenant }: { entry: Entry; tenant: string }) {
  const { t } = useText()
  const organisation = useOrganisationNames()
  const { what, more, files } = useEventText()(entry)
  return (
    <div className="history-entry">
      <strong>{what}</strong> <span className="number quiet">{entry.on}</span>
      <div className="quiet">
        {entry.actor.organisation && organisation(entry.actor.organisation)} {entry.actor.name} ·{' '}
        {t('cases.enteredOn', { at: instantText(entry.recordedAt) })}
      </div>
      {more.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {files.map((file) => (
        <div key={file.id}>
          <a href={`/api/${tenant}/materials/${file.id}`} download>
            {t('cases.download')}: {file.title}
          </a>
        </div>
      ))}
    </div>
  )
}
