import { Button, Timeline } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { useEventText } from './event-text.ts'
import { Verification } from './verification.tsx'

type Entry = Answered<
  Awaited<ReturnType<(typeof api)[':tenant']['projects'][':id']['history']['$get']>>
>['items'][number]

/** Everything that was recorded of the project, the newest first. */
export function History({ id }: { id: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const [limit, setLimit] = useState(100)
  const query = useQuery({
    queryKey: ['history', tenant, id, limit],
    queryFn: () =>
      answer(
        api[':tenant'].projects[':id'].history.$get({
          param: { tenant, id },
          query: { limit: String(limit) },
        }),
      ),
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
          {next && limit < 200 && <Button onClick={() => setLimit(200)}>{t('work.loadMore')}</Button>}
        </>
      )}
    </Loaded>
  )
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
