import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  isDay,
  weekdayOf,
} from '../../../functions/core/values/day.ts'
import {
  addRest,
  addSpan,
  formatSpan,
  leastDays,
  parseSpan,
  subtractSpan,
} from '../../../functions/core/values/span.ts'
import {
  addWorkdays,
  isWorkday,
  rollToWorkday,
  workdaysBetween,
} from '../../../functions/core/values/workdays.ts'
import { seededCalendar as calendar } from '../../../functions/services/calendar.ts'

const day = fc.integer({ min: 0, max: 80_000 }).map((serial) => addDays('1900-01-01', serial))

describe('days', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['2026-01-32', false],
    ['1899-12-31', false],
    [20260101, false],
    [undefined, false],
  ])('%s is a day: %s', (text, wanted) => {
    expect(isDay(text)).toBe(wanted)
  })

  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-12-31', 0, '2026-12-31'],
  ])('%s and %i months: %s', (from, months, wanted) => {
    expect(addMonths(from, months)).toBe(wanted)
  })

  it('a date past the end of its month is the last of it', () => {
    expect([dayOf(2026, 2, 31), dayOf(2024, 2, 30), dayOf(2026, 4, 31)]).toEqual([
      '2026-02-28',
      '2024-02-29',
      '2026-04-30',
    ])
  })

  it('weekdays', () => {
    expect(['2026-10-10', '2026-10-11', '1900-01-01', '2000-01-01'].map(weekdayOf)).toEqual([6, 0, 1, 6])
  })

  it('days there and back are the same, and sort as they follow', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (from, days) => {
        const to = addDays(from, days)
        expect(addDays(to, -days)).toBe(from)
        expect(daysBetween(from, to)).toBe(days)
        expect(from < to).toBe(days > 0)
      }),
    )
  })

  it('months never leave the month they lead to, and are never early', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 300 }), (from, months) => {
        const to = addMonths(from, months)
        const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(isDay(to)).toBe(true)
        expect(index(to) - index(from)).toBe(months)
        expect(to.slice(8) <= from.slice(8)).toBe(true)
        expect(to.slice(8) === from.slice(8) || addDays(to, 1).slice(8) === '01').toBe(true)
      }),
    )
  })
})

describe('working days', () => {
  it('国庆 and 中秋 2026: off on weekdays, worked on the make-up weekends', () => {
    const october = ['2026-10-01', '2026-10-07', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-11']
    expect(october.map((one) => isWorkday(one, calendar))).toEqual([false, false, true, true, true, false])
    expect(['2026-09-20', '2026-09-25', '2026-09-26'].map((one) => isWorkday(one, calendar))).toEqual([
      true,
      false,
      false,
    ])
  })

  it.each([
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
    ['2026-10-12', -1, '2026-10-10'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-03', 1, '2026-10-08'],
    ['2026-10-10', 0, '2026-10-10'],
    ['2026-02-13', 2, '2026-02-24'],
  ])('%s and %i working days: %s', (from, count, wanted) => {
    expect(addWorkdays(from, count, calendar).day).toBe(wanted)
  })

  it('the day itself is not counted, the last one is a working day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 60 }), (offset, count) => {
        const from = addDays('2024-06-01', offset)
        const { day: to, provisional } = addWorkdays(from, count, calendar)
        expect(isWorkday(to, calendar)).toBe(true)
        expect(workdaysBetween(from, to, calendar)).toBe(count)
        expect(provisional).toBe(to >= '2027-01-01')
      }),
    )
  })

  it('a year whose holidays are not published makes the result provisional', () => {
    expect(addWorkdays('2026-12-30', 1, calendar)).toEqual({ day: '2026-12-31', provisional: false })
    expect(addWorkdays('2026-12-31', 1, calendar)).toEqual({ day: '2027-01-01', provisional: true })
    expect(addWorkdays('2027-03-01', 5, calendar)).toEqual({ day: '2027-03-08', provisional: true })
    expect(addWorkdays('2027-01-04', -2, calendar)).toEqual({ day: '2026-12-31', provisional: true })
  })

  it('rolls to the next working day, and says when that is a guess', () => {
    expect(rollToWorkday('2026-10-01', calendar)).toEqual({ day: '2026-10-08', provisional: false })
    expect(rollToWorkday('2026-10-10', calendar)).toEqual({ day: '2026-10-10', provisional: false })
    expect(rollToWorkday('2027-01-02', calendar)).toEqual({ day: '2027-01-04', provisional: true })
  })
})

describe('spans', () => {
  it.each([
    ['6 months', { count: 6, unit: 'months' }],
    ['1 month', { count: 1, unit: 'months' }],
    ['30 days', { count: 30, unit: 'days' }],
    ['10 workdays', { count: 10, unit: 'workdays' }],
    ['1 workday', { count: 1, unit: 'workdays' }],
    ['2 years', { count: 24, unit: 'months' }],
    ['2 weeks', { count: 14, unit: 'days' }],
    ['6个月', { count: 6, unit: 'months' }],
    ['10个工作日', { count: 10, unit: 'workdays' }],
    ['15工作日', { count: 15, unit: 'workdays' }],
    ['30日', { count: 30, unit: 'days' }],
    ['1年', { count: 12, unit: 'months' }],
    [' 5 days ', { count: 5, unit: 'days' }],
  ])('%s', (text, wanted) => {
    expect(parseSpan(text)).toEqual(wanted)
  })

  it.each([
    '6',
    'months',
    '-6 months',
    '6.5 months',
    '半年',
    '6 month 3 days',
    '10 business days',
    '99999 days',
  ])('%s is no span', (text) => {
    expect(parseSpan(text)).toBeUndefined()
  })

  it('is added to a day and taken before one, by its unit', () => {
    const at = (text: string) => parseSpan(text)!
    expect(addSpan('2026-08-31', at('6 months'), calendar)).toEqual({ day: '2027-02-28', provisional: false })
    expect(addSpan('2026-09-30', at('3 workdays'), calendar).day).toBe('2026-10-10')
    expect(subtractSpan('2026-05-05', at('10 workdays'), calendar).day).toBe('2026-04-17')
    expect(subtractSpan('2026-03-31', at('1 month'), calendar).day).toBe('2026-02-28')
    expect([formatSpan(at('6 months')), formatSpan(at('10 workdays')), formatSpan(at('30 days'))]).toEqual([
      '6个月',
      '10个工作日',
      '30日',
    ])
  })

  it('what earlier rounds used is taken off, at least one day is left', () => {
    const rest = (span: string, used: [string, string][]) =>
      addRest(
        '2026-03-02',
        parseSpan(span)!,
        used.map(([from, to]) => ({ from, to })),
        calendar,
      ).day
    expect(rest('10 days', [])).toBe('2026-03-12')
    expect(rest('10 days', [['2026-01-01', '2026-01-05']])).toBe('2026-03-08')
    expect(
      rest('10 days', [
        ['2026-01-01', '2026-01-05'],
        ['2026-02-01', '2026-02-28'],
      ]),
    ).toBe('2026-03-03')
    expect(rest('10 workdays', [['2026-09-30', '2026-10-10']])).toBe('2026-03-11')
    expect(rest('1 workdays', [['2026-09-30', '2026-10-10']])).toBe('2026-03-03')
    expect(rest('1 month', [['2026-01-01', '2026-01-11']])).toBe('2026-03-23')
  })

  it('no span of months is shorter than its least number of days', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 240 }), (from, count) => {
        const real = daysBetween(from, addMonths(from, count))
        expect(leastDays({ count, unit: 'months' })).toBeLessThanOrEqual(real)
      }),
    )
  })
})
