import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { yearCalendar } from '../../functions/core/policy/year-calendar.ts'
import { small } from './small.ts'

const ROOT = join(import.meta.dirname, '../../tenants')

function calendarOf(id: string, year: number, announced = {}) {
  const file = readdirSync(join(ROOT, id)).find((name) => name.endsWith('.yaml'))!
  const { policy } = loadPolicy(readFileSync(join(ROOT, id, file), 'utf8'), file)
  return yearCalendar(policy!.document, year, announced)
}

describe('the year of a policy', () => {
  it('第九条 六安: 7月底前报送下一年度, 第十二条 七、八月集中审查, 逾期只作提示', () => {
    const items = calendarOf('luan', 2026)
    expect(items).toContainEqual(
      expect.objectContaining({
        step: 'declare',
        to: '2026-07-31',
        planYear: 2027,
        article: ['第九条第一款'],
      }),
    )
    expect(items).toContainEqual(
      expect.objectContaining({ step: 'expert-review', from: '2026-07-01', to: '2026-08-31', lenient: true }),
    )
  })

  it('第八条 鼓楼: 三季度集中申报', () => {
    expect(calendarOf('gulou', 2027)).toContainEqual(
      expect.objectContaining({ step: 'declare', kind: 'window', from: '2027-07-01', to: '2027-09-30' }),
    )
  })

  it('解读三(六) 天宁: 每年 11 月底前自评价', () => {
    expect(calendarOf('tianning', 2026)).toContainEqual(
      expect.objectContaining({ step: 'annual-evaluation', kind: 'due', to: '2026-11-30' }),
    )
  })

  it('第七条 连云港: 由牵头部门公布, 公布以前没有日期', () => {
    const item = (announced = {}) =>
      calendarOf('lianyungang', 2026, announced).find(({ step }) => step === 'declare')
    expect(item()).toMatchObject({ announcedBy: 'lead' })
    expect(item()?.to).toBeUndefined()
    expect(item({ declare: [{ year: 2027, from: '2026-05-01', to: '2026-06-30' }] })).toMatchObject({
      from: '2026-05-01',
      to: '2026-06-30',
      planYear: 2027,
    })
  })

  const spans = (items: { step: string; from?: string; to?: string; planYear?: number }[]) =>
    items.filter(({ step }) => step === 'declare').map(({ from, to, planYear }) => [from, to, planYear])

  it('第九条 六安: 7月底截止的一轮之后, 8月起的下一轮也在同一年里', () => {
    expect(spans(calendarOf('luan', 2026))).toEqual([
      ['2025-08-01', '2026-07-31', 2027],
      ['2026-08-01', '2027-07-31', 2028],
    ])
  })

  it('shows both rounds of a window that crosses the new year, and those announced for two plan years', () => {
    const { document } = small('steps: {declare: {window: {from: 11-01, to: 02-15}}}')
    expect(spans(yearCalendar(document, 2026, {}))).toEqual([
      ['2025-11-01', '2026-02-15', undefined],
      ['2026-11-01', '2027-02-15', undefined],
    ])
    const declare = [
      { year: 2026, from: '2025-12-01', to: '2026-01-20' },
      { year: 2027, from: '2026-12-01', to: '2027-01-20' },
      { year: 2028, from: '2027-12-01', to: '2028-01-20' },
    ]
    expect(spans(calendarOf('lianyungang', 2026, { declare }))).toEqual([
      ['2025-12-01', '2026-01-20', 2026],
      ['2026-12-01', '2027-01-20', 2027],
    ])
  })

  it('leaves out what hangs on the facts of a project', () => {
    expect(calendarOf('gulou', 2026).map(({ step }) => step)).not.toContain('maintenance-application')
  })
})
