import { Link } from 'react-router'
import { answer, api } from './api.ts'
import { useTenant } from './me.ts'
import { wan } from './money.ts'
import { usePolicy } from './policy-data.ts'
import { useQuery } from './query.ts'
import { useText } from './text.ts'
import { useSettled } from './use-settled.ts'

/** Projects whose name is close to this one: what may be built twice, or goes on from an earlier one. Nothing where there is none. */
export function SimilarProjects({ title, except }: { title: string; except?: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const settled = useSettled(title.trim())
  const { data } = useQuery({
    queryKey: ['similar', tenant, settled, except],
    enabled: settled.length > 1,
    staleTime: 60_000,
    queryFn: () =>
      answer(api[':tenant'].similar.$get({ param: { tenant }, query: { title: settled, except } })),
  })
  if (!data || data.items.length === 0 || settled.length < 2) return null
  return (
    <section className="similar" aria-label={t('cases.similar')}>
      <h3 className="sub-head">{t('cases.similar')}</h3>
      <p className="quiet">{t('cases.similarHint')}</p>
      <ul className="plain-list">
        {data.items.map((one) => (
          <li key={one.id}>
            <Link to={`/projects/${one.id}`}>{one.title}</Link>
            <div className="quiet">
              {[
                one.organisation,
                one.planYear,
                one.estimateFen === null ? undefined : `${wan(one.estimateFen)} ${t('general.wan')}`,
                policy?.words.stage(one.stage),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
