import { isDay } from '../../values/day.ts'
import { formatMoney, parseMoney } from '../../values/money.ts'
import { formatRatio, parseRatio, type Ratio } from '../../values/ratio.ts'
import type { Permit, Row, Value } from '../state.ts'
import type { TypeName } from './document-facts.ts'

/** What a type needs beside its name to read a value. */
export interface TypeShape {
  type: TypeName
  options?: Record<string, string>
  columns?: Record<string, { type: TypeName; options?: Record<string, string> }>
}

/** A value, or what was expected and, where one line can show it, what was given instead. */
export type Parsed = { ok: true; value: Value } | { ok: false; expected: string; given?: string }

const MOST_SHOWN = 60

const EXPECTED: Record<TypeName, string> = {
  money: '金额, 请写作 12.5万元 或 125000元',
  day: '日期, 请写作 2026-07-31',
  year: '年度, 请写作 2027',
  period: '期间, 请写作 2026、2026-H1、2026-Q3 或 2026-07',
  number: '数字',
  ratio: '比例, 请写作 15%',
  boolean: 'true 或 false',
  text: '文字',
  choice: '选项之一',
  set: '选项的列表',
  list: '行的列表',
  organisation: '单位名称',
  person: '姓名',
  project: '项目编号',
  permit: '许可: {from: 起日, to: 止日}',
}

/**
 * Reads a value as written in a file or a request into its inner form (money in fen, ratio exact).
 * @returns what was expected, in Chinese, when it is not of the type.
 */
export function parseValue(shape: TypeShape, raw: unknown): Parsed {
  const value = read(shape, raw)
  if (value !== undefined) return { ok: true, value }
  const choices = shape.type === 'choice' || shape.type === 'set' ? shape.options : undefined
  const given = isPlain(raw) ? String(raw).slice(0, MOST_SHOWN) : undefined
  return {
    ok: false,
    expected: choices ? `${EXPECTED[shape.type]}: ${optionNames(choices)}` : EXPECTED[shape.type],
    ...(given ? { given } : {}),
  }
}

/** The choices as a person and a program know them: 新建(new)、续建(continuing). */
export function optionNames(options: Record<string, string>): string {
  return Object.entries(options)
    .map(([id, title]) => (title === id ? id : `${title}(${id})`))
    .join('、')
}

const PERIOD = /^\d{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$/

function read(shape: TypeShape, raw: unknown): Value | undefined {
  switch (shape.type) {
    case 'money':
      if (isObject(raw) && Number.isSafeInteger(raw.fen)) return raw.fen as number
      return typeof raw === 'string' ? parseMoney(raw) : undefined
    case 'day':
      return isDay(raw) ? raw : undefined
    case 'year': {
      const year = typeof raw === 'string' && /^\d{4}$/.test(raw) ? Number(raw) : raw
      return typeof year === 'number' && Number.isInteger(year) && year >= 1949 && year <= 2200
        ? year
        : undefined
    }
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined
    case 'ratio':
      if (typeof raw === 'string') return parseRatio(raw)
      return isObject(raw) && Number.isSafeInteger(raw.n) && Number.isSafeInteger(raw.d) && Number(raw.d) > 0
        ? ({ n: raw.n, d: raw.d } as Ratio)
        : undefined
    case 'boolean':
      return typeof raw === 'boolean' ? raw : undefined
    case 'choice':
      return typeof raw === 'string' && isOption(shape, raw) ? raw : undefined
    case 'set':
      return Array.isArray(raw) && raw.every((item) => typeof item === 'string' && isOption(shape, item))
        ? (raw as string[])
        : undefined
    case 'list':
      return readList(shape, raw)
    case 'permit':
      return isObject(raw) && isDay(raw.from) && isDay(raw.to) && raw.from <= raw.to
        ? ({
            from: raw.from,
            to: raw.to,
            ...(typeof raw.issuer === 'string' ? { issuer: raw.issuer } : {}),
          } as Permit)
        : undefined
    case 'period': {
      const period = typeof raw === 'number' ? String(raw) : raw
      return typeof period === 'string' && PERIOD.test(period) ? period : undefined
    }
    case 'text':
    case 'organisation':
    case 'person':
    case 'project':
      return typeof raw === 'string' && raw.trim() !== '' && raw.length <= 20_000 ? raw : undefined
  }
}

function isPlain(cell: unknown): cell is string | number | boolean {
  return typeof cell === 'string' || typeof cell === 'boolean' || Number.isFinite(cell)
}

function isOption(shape: TypeShape, name: string): boolean {
  return !shape.options || Object.hasOwn(shape.options, name)
}

function readList(shape: TypeShape, raw: unknown): Row[] | undefined {
  if (!Array.isArray(raw) || raw.length > 5_000) return undefined
  const rows: Row[] = []
  for (const item of raw) {
    const cells = isObject(item) ? item : { name: item }
    const row: Row = {}
    for (const [column, cell] of Object.entries(cells)) {
      const rule = shape.columns?.[column]
      const parsed = rule ? read(rule, cell) : isPlain(cell) ? cell : undefined
      if (parsed === undefined || typeof parsed === 'object') return undefined
      row[column] = parsed
    }
    rows.push(row)
  }
  return rows
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

/** A value as a person reads it: amounts with unit, options by their title. */
export function formatValue(
  type: TypeName,
  value: Value,
  options?: Record<string, string>,
): string | number | boolean {
  if (type === 'money' && typeof value === 'number') return formatMoney(value)
  if (type === 'ratio' && typeof value === 'object' && 'n' in value) return formatRatio(value)
  if (type === 'choice' && typeof value === 'string') return options?.[value] ?? value
  if (Array.isArray(value))
    return (
      value.map((item) => (typeof item === 'string' ? (options?.[item] ?? item) : '…')).join('、') || '(空)'
    )
  if (typeof value === 'object') return 'from' in value ? `${value.from} 至 ${value.to}` : formatRatio(value)
  return value
}
