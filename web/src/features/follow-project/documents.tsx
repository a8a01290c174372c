import { Empty } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** Papers that the steps yielded. */
export function Documents({ id }: { id: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const query = useQuery({
    queryKey: ['documents', tenant, id],
    queryFn: () =>
      answer(
        api[':tenant'].projects[':id'].documents.$get({ param: { tenant, id }, query: { limit: '200' } }),
      ),
  })
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noDocuments')} />
        ) : (
          <dl className="fact-list">
            {items.map((one) => (
              <div key={one.id}>
                <dt>{one.title}</dt>
                <dd>
                  {policy?.words.step(one.step)} · {t('cases.issuedOn', { on: one.issuedOn })}
                </dd>
              </div>
            ))}
          </dl>
        )
      }
    </Loaded>
  )
}
