import { Empty } from 'antd'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'

/** The decision tables, row by row with its article. */
export function Tables({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const tables = Object.entries(policy.document.tables ?? {})
  if (tables.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <div>
      {tables.map(([id, table]) => (
        <section key={id} className="step-stage">
          <h2>
            {table.title ?? id} <Articles article={cited(table.article)} />
          </h2>
          <div className="table-wrap">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('cases.condition')}</th>
                  <th scope="col">{t('cases.result')}</th>
                  <th scope="col">{t('cases.basis')}</th>
                </tr>
              </thead>
              <tbody>
                {table.rows.map((row) => (
                  <tr key={JSON.stringify(row)}>
                    <td>
                      {row.when
                        ? conditionText(row.when, policy.words)
                        : t(row.else ? 'cases.otherwise' : 'cases.always')}
                    </td>
                    <td>
                      <strong>{table.values?.[String(row.is)] ?? shown(row.is, t)}</strong>
                    </td>
                    <td>
                      <Articles article={cited(row.article ?? table.article)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  )
}

function shown(value: string | number | boolean, t: ReturnType<typeof useText>['t']): string {
  return value === true ? t('general.yes') : value === false ? t('general.no') : String(value)
}
