import { type Answered, answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { Pages, usePages } from '../../shared/pages.tsx'
import { type TextKey, useText } from '../../shared/text.ts'

type Entry = Answered<
  Awaited<ReturnType<(typeof api)[':tenant']['projects'][':id']['desk']['$get']>>
>['items'][number]

const SAID: Record<Entry['type'], TextKey> = {
  urged: 'desk.logUrged',
  'handed-over': 'desk.logHanded',
  claimed: 'desk.logClaimed',
  'given-back': 'desk.logGivenBack',
}

/** Who urged whom and who handed what to whom in a project; nothing where nobody did. */
export function DeskLog({ id }: { id: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const organisation = useOrganisationNames()
  const pages = usePages(['desk', tenant, id], (after) =>
    answer(
      api[':tenant'].projects[':id'].desk.$get({ param: { tenant, id }, query: { limit: '20', after } }),
    ),
  )
  if (!pages.items?.length) return null
  return (
    <section className="desk-log">
      <h3>{t('desk.log')}</h3>
      <Pages pages={pages}>
        {(items) => (
          <ul className="todos">
            {items.map((one) => (
              <li key={one.version} className="act">
                <div>
                  {t(SAID[one.type], {
                    who: `${one.actor.organisation ? `${organisation(one.actor.organisation)} ` : ''}${one.actor.name}`,
                    organisation: organisation(one.organisationId),
                    title: one.title,
                    to: one.to,
                  })}
                  {one.note && <div className="quiet">{t('desk.noteSaid', { note: one.note })}</div>}
                </div>
                <span className="quiet number">{instantText(one.recordedAt)}</span>
              </li>
            ))}
          </ul>
        )}
      </Pages>
    </section>
  )
}
