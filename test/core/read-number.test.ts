import { describe, expect, it } from 'vitest'
import { readNumber, readPercent, readWan, readYear } from '../../web/src/shared/inputs/read-number.ts'

describe('what a person types as a number', () => {
  it.each([
    ['520', 520],
    ['520.5', 520.5],
    ['1,200', 1200],
    ['１２．５', 12.5],
    ['520万元', 520],
    ['520 万', 520],
    ['5200000元', 520],
    ['5,200,000 元', 520],
    ['1.2亿元', 12_000],
    ['0.000001', 0.000001],
  ])('reads the amount %s', (typed, wan) => expect(readWan(typed)).toBe(wan))

  it.each(['', '12,5', '12,5abc', '-3', '五百', '1e3', '1.2.3', '999999999999', '520美元'])(
    'takes %j for no amount instead of guessing',
    (typed) => expect(readWan(typed)).toBeUndefined(),
  )

  it('does not make 1949 of 27 nor 2200 of 20277', () => {
    expect(['27', '20277', '1900', '二〇二七'].map(readYear)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([readYear('2027'), readYear('2027年')]).toEqual([2027, 2027])
  })

  it('reads shares and plain numbers', () => {
    expect([readPercent('12.5%'), readPercent('12.5'), readPercent('％')]).toEqual([12.5, 12.5, undefined])
    expect([readNumber('-1.5'), readNumber('1.'), readNumber('三')]).toEqual([-1.5, 1, undefined])
  })
})
