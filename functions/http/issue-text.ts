import type { z } from 'zod'

const KINDS: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '一组键值',
  record: '一组键值',
  array: '列表',
}

/** What is wrong with one part of a request, in words its sender reads; a schema's own Chinese sentence stands as it is. */
export function issueText(issue: z.core.$ZodIssue): string {
  if (/[一-鿿]/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'unrecognized_keys':
      return `未知的键: ${issue.keys.join(', ')}`
    case 'invalid_type':
      // zod strips the input from its issues; its sentence alone still tells a part that is absent.
      return /received undefined$/.test(issue.message)
        ? '缺少这一项'
        : `须是${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `须是 ${issue.values.map(String).join('、')} 之一`
    case 'too_small':
      if (Number(issue.minimum) === 1 && issue.origin !== 'number') return '不得为空'
      return `不得少于 ${issue.minimum}${UNITS[issue.origin] ?? ''}`
    case 'too_big':
      return `不得超过 ${issue.maximum}${UNITS[issue.origin] ?? ''}`
    case 'invalid_format':
      return issue.format === 'date' ? '须是日期, 如 2026-07-31' : '格式不对'
    default:
      return '不合格式'
  }
}

const UNITS: Record<string, string> = { string: ' 个字', array: ' 项', set: ' 项' }
