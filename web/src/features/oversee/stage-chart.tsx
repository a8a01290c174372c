import { Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'

const Bars = lazy(async () => ({ default: (await import('./bars.tsx')).Bars }))

export interface ChartRow {
  name: string
  value: number
  note?: string
  to: string
}

/** Numbers by stage as bars or as a table; each leads to its projects. */
export function StageChart({ title, unit, rows }: { title: string; unit: string; rows: ChartRow[] }) {
  const { t } = useText()
  const [shown, setShown] = useState<'chart' | 'table'>('chart')
  return (
    <Section
      title={`${title} (${unit})`}
      extra={
        <Segmented<'chart' | 'table'>
          size="small"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'chart', label: t('platform.chart') },
            { value: 'table', label: t('platform.table') },
          ]}
        />
      }
    >
      {rows.length === 0 ? (
        <p className="quiet">{t('platform.nothing')}</p>
      ) : shown === 'chart' ? (
        <Suspense fallback={<div className="chart" />}>
          <Bars title={title} rows={rows} />
        </Suspense>
      ) : (
        <table className="plain-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td className="number">
                  <Link to={row.to}>{row.value}</Link>
                </td>
                <td className="quiet">{row.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
