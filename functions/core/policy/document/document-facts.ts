import { z } from 'zod'
import { article, cited, condition, id, tableOf, title, valueOr } from './document-parts.ts'

/** Facts, records, materials: what is known, what an execution states, what is handed in. */

export const typeName = z.enum([
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
])
export type TypeName = z.infer<typeof typeName>

const options = z.record(id, z.string()).describe('选项: 名称 → 显示')
const rowCheck = z.strictObject({
  sum: z.string().describe('求和的列'),
  equals: z.string().optional().describe('须等于的要素'),
  atMost: z.string().optional().describe('不得超过的要素'),
  ...cited,
})

const aggregate = z.string()
const computed = {
  sum: z.union([aggregate, z.array(aggregate).min(1)]).optional(),
  latest: aggregate.optional(),
  earliest: aggregate.optional(),
  max: aggregate.optional(),
  count: aggregate.optional(),
  difference: z.tuple([z.string(), z.string()]).optional(),
  ratio: z.tuple([z.string(), z.string()]).optional().describe('两项之比'),
  copy: z.string().optional(),
  over: z.enum(['all', 'effective']).optional().describe('只计已生效的程序'),
  since: id.optional().describe('自该环节最近一次办理起累计'),
  where: condition.optional().describe('只计符合这一条件的项目; 已终止的不计, 除非写了 ended'),
  excluding: z.enum(['self', 'none']).optional().describe('本项目: 不计(self, 默认)或计入(none)'),
}

/** A typed datum that a step records. */
export const record = z.strictObject({
  title: title.optional(),
  type: typeName,
  options: options.optional(),
  ordered: z.boolean().optional(),
  columns: z
    .record(id, z.strictObject({ title: title.optional(), type: typeName, options: options.optional() }))
    .optional(),
  checks: z.array(rowCheck).optional(),
  help: z.string().optional(),
  unit: z.string().optional(),
  when: condition.optional(),
  optional: z.boolean().optional(),
  from: id.optional().describe('取自名录'),
  level: z.string().optional(),
  atLeast: z.union([z.string(), z.number()]).optional().describe('不得少于'),
  atMost: z.union([z.string(), z.number()]).optional().describe('不得超过'),
  force: valueOr(z.enum(['must', 'in-principle', 'may', 'by-analogy'])).optional(),
  ...cited,
})
export type RecordText = z.infer<typeof record>

export const fact = z.strictObject({
  title,
  type: typeName.optional(),
  options: options.optional(),
  ordered: z.boolean().optional(),
  columns: record.shape.columns,
  checks: z.array(rowCheck).optional(),
  help: z.string().optional(),
  unit: z.string().optional(),
  of: z.enum(['project', 'unit']).optional(),
  keptBy: id.optional().describe('单位的要素: 由这一责任方认定, 单位自己不能填'),
  from: z
    .union([id, z.array(id)])
    .optional()
    .describe('由哪些环节填报'),
  when: condition.optional(),
  optional: z.boolean().optional(),
  each: id.optional(),
  fixedAt: id.optional().describe('自该环节办理起固定'),
  ...computed,
  ...cited,
})
export type FactText = z.infer<typeof fact>

export const material = z.strictObject({
  title,
  when: condition.optional(),
  contents: z.array(z.string()).optional().describe('应有的篇章'),
  from: id.optional().describe('取自先前环节'),
  orReason: z.boolean().optional().describe('可说明理由不提交'),
  optional: z.boolean().optional(),
  copies: z.number().int().min(1).optional(),
  medium: z.string().optional(),
  form: z.string().optional(),
  template: z.string().optional(),
  anyOf: id.optional().describe('同组任交其一'),
  ...cited,
})
export type MaterialText = z.infer<typeof material>
export const materials = z.record(id, material)

export const table = tableOf(z.union([z.string(), z.boolean(), z.number()])).extend({
  title: title.optional(),
  values: z.record(z.string(), z.string()).optional().describe('各取值的显示名称'),
})
export type TableText = z.infer<typeof table>

export const decision = z.strictObject({
  title,
  by: id,
  when: condition.optional(),
  options,
  default: id.optional(),
  force: z.enum(['in-principle', 'may', 'must']).optional(),
  ...cited,
})
export type DecisionText = z.infer<typeof decision>

export const parameter = z.strictObject({
  title,
  type: typeName,
  values: z.record(z.string().regex(/^\d{4}$/), z.union([z.string(), z.number()])),
  ...cited,
})
export { article }
