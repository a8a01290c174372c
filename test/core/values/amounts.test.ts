import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseValue } from '../../../functions/core/policy/document/literal.ts'
import { formatMoney, parseMoney } from '../../../functions/core/values/money.ts'
import {
  compareRatios,
  compareToShare,
  formatRatio,
  parseRatio,
} from '../../../functions/core/values/ratio.ts'

describe('money', () => {
  it.each([
    ['100万元', 100_000_000],
    ['12.5万元', 12_500_000],
    ['0.000001万元', 1],
    ['12.5元', 1_250],
    ['0.01元', 1],
    ['1,234,567.89元', 123_456_789],
    ['1.5亿元', 15_000_000_000],
    ['0.00000001亿元', 100],
    ['-3元', -300],
    [' 5 万元 ', 5_000_000],
    ['90071992547.40991万元', undefined],
    ['499.999999万元', 499_999_999],
  ])('%s is %s fen', (text, fen) => {
    expect(parseMoney(text)).toBe(fen)
  })

  it.each([
    '',
    '100',
    '万元',
    '100 万',
    '12,5',
    '0.0000001万元',
    '0.001元',
    '1e3元',
    '12.5.1元',
    '一百万元',
    '999999999999999亿元',
    '１００元',
    '100万元整',
  ])('%s is no amount', (text) => {
    expect(parseMoney(text)).toBeUndefined()
  })

  it('what is written is read as the same fen, whatever it is', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        expect(parseMoney(formatMoney(fen))).toBe(fen)
      }),
    )
  })

  it('is written as short as it can be', () => {
    expect([0, 1, 100, 999_999, 1_000_000, 1_000_001, -1_500_000].map(formatMoney)).toEqual([
      '0元',
      '0.01元',
      '1元',
      '9999.99元',
      '1万元',
      '1.000001万元',
      '-1.5万元',
    ])
  })
})

describe('ratios', () => {
  it.each([
    ['15%', { n: 15, d: 100 }],
    ['12.5%', { n: 125, d: 1000 }],
    ['0.000001%', { n: 1, d: 100_000_000 }],
    ['-5%', { n: -5, d: 100 }],
    ['110 %', { n: 110, d: 100 }],
  ])('%s', (text, wanted) => {
    expect(parseRatio(text)).toEqual(wanted)
  })

  it.each(['15', '%', '1/3', '15％', '1.2345678%'])('%s is no percentage', (text) => {
    expect(parseRatio(text)).toBeUndefined()
  })

  it('one fen on either side of a share is told apart at any size', () => {
    const share = parseRatio('15%')!
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_000_000_000 }), (base) => {
        const whole = base * 100
        expect(compareToShare(base * 15, share, whole)).toBe(0)
        expect(compareToShare(base * 15 + 1, share, whole)).toBe(1)
        expect(compareToShare(base * 15 - 1, share, whole)).toBe(-1)
      }),
    )
  })

  it('a third is more than 33.333333% and less than 33.333334%', () => {
    expect([
      compareRatios({ n: 1, d: 3 }, parseRatio('33.333333%')!),
      compareRatios({ n: 1, d: 3 }, parseRatio('33.333334%')!),
    ]).toEqual([1, -1])
    expect(compareRatios({ n: 1, d: 3 }, { n: 333_333_333, d: 999_999_999 })).toBe(0)
  })

  it('orders as the real numbers do', () => {
    const ratio = fc.record({
      n: fc.maxSafeInteger(),
      d: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    })
    fc.assert(
      fc.property(ratio, ratio, (a, b) => {
        expect(compareRatios(a, b)).toBe(-compareRatios(b, a) || 0)
        expect(compareRatios(a, a)).toBe(0)
      }),
    )
  })

  it('is shown with at most four decimals', () => {
    expect(
      [
        { n: 15, d: 100 },
        { n: 1, d: 3 },
        { n: 2, d: 1 },
      ].map(formatRatio),
    ).toEqual(['15%', '33.3333%', '200%'])
  })
})

describe('reading a value by its type', () => {
  const options = { low: '低', high: '高' }

  it.each([
    [{ type: 'money' }, '1元', 100],
    [{ type: 'money' }, { fen: 7 }, 7],
    [{ type: 'money' }, { fen: 0.5 }, undefined],
    [{ type: 'money' }, 100, undefined],
    [{ type: 'money' }, '100', undefined],
    [{ type: 'day' }, '2026-02-29', undefined],
    [{ type: 'year' }, '2027', 2027],
    [{ type: 'year' }, 2027.5, undefined],
    [{ type: 'year' }, 26, undefined],
    [{ type: 'number' }, Number.NaN, undefined],
    [{ type: 'number' }, '5', undefined],
    [{ type: 'boolean' }, 'true', undefined],
    [{ type: 'boolean' }, 'yes', undefined],
    [{ type: 'text' }, '  ', undefined],
    [{ type: 'text' }, 'on', 'on'],
    [{ type: 'choice', options }, 'low', 'low'],
    [{ type: 'choice', options }, 'medium', undefined],
    [{ type: 'choice', options }, 'toString', undefined],
    [{ type: 'set', options }, [], []],
    [{ type: 'set', options }, ['low', 'x'], undefined],
    [{ type: 'set', options }, ['low', 'constructor'], undefined],
    [{ type: 'ratio' }, { n: 1, d: 0 }, undefined],
    [{ type: 'ratio' }, { n: 1, d: 3 }, { n: 1, d: 3 }],
    [{ type: 'permit' }, { from: '2026-01-01', to: '2025-12-31' }, undefined],
    [
      { type: 'permit' },
      { from: '2026-01-01', to: '2026-01-01', issuer: '甲' },
      { from: '2026-01-01', to: '2026-01-01', issuer: '甲' },
    ],
    [{ type: 'period' }, 2026, '2026'],
    [{ type: 'period' }, '2026-Q5', undefined],
    [{ type: 'list', columns: { amount: { type: 'money' } } }, [{ amount: '1元' }], [{ amount: 100 }]],
    [{ type: 'list', columns: { amount: { type: 'money' } } }, [{ amount: '1' }], undefined],
    [{ type: 'list' }, ['甲'], [{ name: '甲' }]],
    [{ type: 'list' }, [{ deep: { er: 1 } }], undefined],
  ] as const)('%o from %o', (shape, raw, wanted) => {
    const parsed = parseValue(shape as Parameters<typeof parseValue>[0], raw)
    expect(parsed.ok ? parsed.value : undefined).toEqual(wanted)
  })

  it('is half-read never: anything at all is a value of the type, or told what was expected', () => {
    const types = [
      'money',
      'day',
      'year',
      'period',
      'number',
      'ratio',
      'boolean',
      'text',
      'choice',
      'set',
      'list',
      'organisation',
      'person',
      'project',
      'permit',
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (type, raw) => {
          const parsed = parseValue({ type, options }, raw)
          if (!parsed.ok) expect(parsed.expected.length).toBeGreaterThan(0)
          else
            expect(
              parseValue({ type, options }, type === 'money' ? { fen: parsed.value } : parsed.value),
            ).toEqual(parsed)
        },
      ),
    )
  })
})
