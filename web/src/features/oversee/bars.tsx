import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { useTheme } from '../../shared/theme.ts'
import type { ChartRow } from './stage-chart.tsx'

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer])

const COLOURS = { light: '#1b62bf', dark: '#5a9ee8', contrast: '#00347a' }

/** Lying bars; a click opens the projects behind one. */
export function Bars({ title, rows }: { title: string; rows: ChartRow[] }) {
  const place = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const mode = useTheme()
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, undefined, { renderer: 'svg' })
    const style = getComputedStyle(document.documentElement)
    const text = {
      color: style.getPropertyValue('--text'),
      fontFamily: getComputedStyle(document.body).fontFamily,
    }
    chart.setOption({
      aria: {
        enabled: true,
        label: { description: `${title}: ${rows.map((row) => `${row.name} ${row.value}`).join(', ')}` },
      },
      animation: false,
      grid: { left: 8, right: 48, top: 4, bottom: 4, containLabel: true },
      tooltip: { trigger: 'item' },
      xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((row) => row.name),
        axisLabel: text,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: style.getPropertyValue('--line') } },
      },
      series: [
        {
          type: 'bar',
          data: rows.map((row) => row.value),
          barMaxWidth: 18,
          itemStyle: { color: COLOURS[mode], borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: 'right', ...text },
          cursor: 'pointer',
        },
      ],
    })
    chart.on('click', ({ dataIndex }) => {
      const row = rows[dataIndex]
      if (row) void navigate(row.to)
    })
    const resize = () => chart.resize()
    addEventListener('resize', resize)
    return () => {
      removeEventListener('resize', resize)
      chart.dispose()
    }
  }, [rows, title, navigate, mode])
  return <div className="chart" ref={place} style={{ height: Math.max(120, rows.length * 30 + 16) }} />
}
