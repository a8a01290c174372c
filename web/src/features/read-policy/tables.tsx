import type { Condition } from '../../../../functions/core/policy/document/document-parts.ts'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'
import { UseCount } from './use-count.tsx'

/** Which way a project goes, the decision tables, and what may be done in one: row by row, each with its article. */
export function Tables({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const { words, document } = policy
  const { scope, tables, merges } = document
  return (
    <div>
      <Rows
        title={t('law.scope')}
        article={scope.article}
        result={t('law.track')}
        rows={scope.rows.map((row, i) => ({
          path: `scope.rows.${i}`,
          when: row.when,
          is: words.track(row.track),
          article: row.article ?? scope.article,
        }))}
        policy={policy}
      />
      {Object.entries(tables ?? {}).map(([id, table]) => (
        <Rows
          key={id}
          title={table.title ?? id}
          article={table.article}
          result={t('cases.result')}
          rows={table.rows.map((row, i) => ({
            path: `tables.${id}.rows.${i}`,
            when: row.when,
            otherwise: row.else,
            is: table.values?.[String(row.is)] ?? shown(row.is, t),
            article: row.article ?? table.article,
          }))}
          policy={policy}
        />
      ))}
      {merges && (
        <Rows
          title={t('law.merges')}
          result={t('law.together')}
          rows={Object.entries(merges).map(([id, merge]) => ({
            path: `merges.${id}`,
            when: merge.when,
            is: `${merge.title}: ${merge.steps.map((step) => `「${words.step(step)}」`).join('')}`,
            article: merge.article,
          }))}
          policy={policy}
        />
      )}
    </div>
  )
}

interface TableRow {
  path: string
  when: Condition | undefined
  otherwise?: boolean
  is: string
  article: unknown
}

function Rows(props: {
  title: string
  article?: unknown
  result: string
  rows: TableRow[]
  policy: PolicyData
}) {
  const { t } = useText()
  return (
    <section className="step-stage">
      <h2>
        {props.title} <Articles article={cited(props.article)} />
      </h2>
      <div className="table-wrap">
        <table className="plain-table rows-table">
          <thead>
            <tr>
              <th scope="col">{t('cases.condition')}</th>
              <th scope="col">{props.result}</th>
              <th scope="col">{t('cases.basis')}</th>
              <th scope="col">{t('general.projects')}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.path}>
                <td>
                  {row.when
                    ? conditionText(row.when, props.policy.words)
                    : t(row.otherwise ? 'cases.otherwise' : 'cases.always')}
                </td>
                <td>
                  <strong>{row.is}</strong>
                </td>
                <td>
                  <Articles article={cited(row.article)} />
                </td>
                <td>
                  <UseCount path={row.path} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function shown(value: string | number | boolean, t: ReturnType<typeof useText>['t']): string {
  return value === true ? t('general.yes') : value === false ? t('general.no') : String(value)
}
