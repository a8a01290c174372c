import { z } from 'zod'
import { isDay } from '../../values/day.ts'
import { parseMoney } from '../../values/money.ts'
import { parseRatio } from '../../values/ratio.ts'
import { parseSpan } from '../../values/span.ts'

/**
 * The small parts that a policy file is made of: names, citations, literals with their unit, conditions,
 * relations and effects. `document.ts` puts them together.
 */

export const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, '名称只用字母、数字和连字符, 以字母开头')
  .refine((name) => !(name in Object.prototype), '是保留的名称, 请换一个')
  .describe('名称: 字母、数字和连字符')

const citation = z.union([
  z.string().min(1),
  z.strictObject({
    doc: z.string().optional().describe('条文所在的文件(documents 中的名称)'),
    at: z.string().describe('条、款、项或章节'),
    note: z.string().optional().describe('对文本的说明, 如脱字'),
  }),
])
/** One citation or several; made into a list of texts when compiled. */
export const article = z.union([citation, z.array(citation).min(1)]).describe('依据的条文, 如 第九条第三款')
export type ArticleText = z.infer<typeof article>

export const title = z.string().min(1).describe('显示的名称')
export const cited = {
  article: article.optional(),
  reading: z.string().optional().describe('对文义的理解, 采用前由人确认'),
  note: z.string().optional().describe('给编写者和读者的说明'),
}

export const day = z.string().refine(isDay, '须写作存在的日期, 如 2026-07-31').describe('日期 2026-07-31')
export const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '须写作月-日, 如 07-31')
  .describe('月-日, 如 07-31')
export const money = z
  .string()
  .refine((text) => parseMoney(text) !== undefined, '须写作金额, 如 100万元 或 12.5元')
  .describe('金额, 如 100万元')
export const span = z
  .string()
  .refine((text) => parseSpan(text) !== undefined, '须写作时长, 如 6 months、30 days、10 workdays')
  .describe('时长: 6 months、30 days、10 workdays')
export const ratio = z
  .string()
  .refine((text) => parseRatio(text) !== undefined, '须写作百分比, 如 15%')
  .describe('比例, 如 15%')

/** A condition: a map of names to tests (all must hold), or any / all / not. Names and types are checked on compiling. */
export type Condition = { [name: string]: unknown }
export const condition: z.ZodType<Condition> = z
  .record(z.string(), z.unknown())
  .describe('条件: {要素: 检验}, 可用 any、all、not')

export const hit = z.enum(['unique', 'first']).describe('命中方式: unique 只中一行, first 取第一行')

/** A decision table whose cells are `cell`. */
export function tableOf<T extends z.ZodType>(cell: T) {
  return z.strictObject({
    hit: hit.optional(),
    rows: z
      .array(
        z.strictObject({
          when: condition.optional(),
          else: z.literal(true).optional(),
          is: cell,
          article: article.optional(),
          reading: z.string().optional(),
        }),
      )
      .min(1),
    ...cited,
  })
}

/** A literal, or a table that gives it from the facts. */
export function valueOr<T extends z.ZodType>(cell: T) {
  return z.union([cell, z.strictObject({ table: z.union([id, tableOf(cell)]) })])
}

const afterObject = z.strictObject({
  step: id.optional(),
  every: id.optional().describe('每一个分项都已办理'),
  any: id.optional().describe('任一分项已办理'),
  atLeast: z.number().int().min(1).optional(),
  of: id.optional(),
  mayBeNone: z.boolean().optional(),
  delay: valueOr(span).optional().describe('至少经过的时长'),
  outcome: z.union([id, z.array(id)]).optional(),
  when: condition.optional(),
  ...cited,
})
export const after = z
  .union([id, afterObject, z.array(z.union([id, afterObject]))])
  .describe('在哪些环节之后方可办理')
export type AfterText = z.infer<typeof afterObject>

const unlessObject = z.strictObject({
  step: id.optional(),
  procedure: id.optional(),
  when: condition.optional(),
  ...cited,
})
export const unless = z
  .union([id, unlessObject, z.array(z.union([id, unlessObject]))])
  .describe('这些环节或程序未办结时不得办理')

export const requires = z
  .array(z.strictObject({ that: condition, when: condition.optional(), title: title.optional(), ...cited }))
  .describe('办理时必须成立的条件')

const anchor = z.union([id, z.strictObject({ step: id, outcome: id.optional() })])
export const dueForm = {
  within: valueOr(span).optional(),
  of: z.union([anchor, z.array(anchor), z.strictObject({ last: z.array(anchor) })]).optional(),
  first: z.array(anchor).optional().describe('任一先完成者起算'),
  by: z.union([monthDay, span]).optional().describe('月-日(配 year), 或提前的时长(配 before)'),
  year: id.optional(),
  fact: z.string().optional().describe('期限所在的日期要素'),
  before: z.string().optional(),
  roll: z.literal('next-workday').optional(),
  clock: z.enum(['restart', 'resume']).optional(),
  stops: z.array(id).optional().describe('暂停期间不计的程序'),
}

const demandObject = z.strictObject({
  step: id,
  within: valueOr(span).optional(),
  by: monthDay.optional(),
  due: z.strictObject({ fact: z.string() }).optional(),
  when: condition.optional(),
  ...cited,
})
const reopenObject = z.strictObject({
  from: id,
  to: id.optional(),
  within: valueOr(span).optional(),
  anew: z.boolean().optional(),
  ...cited,
})
const one = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)])

/** What an outcome, a missed due day or a step does beside being done; carried out in this order. */
export const effects = {
  reopens: one(z.union([id, reopenObject]))
    .optional()
    .describe('退回重办的环节'),
  demands: one(z.union([id, demandObject]))
    .optional()
    .describe('要求办理的环节'),
  postpones: one(z.strictObject({ step: id, to: z.string(), ...cited }))
    .optional()
    .describe('期限改为'),
  imposes: one(
    z.union([id, z.strictObject({ sanction: id, when: condition.optional(), ...cited })]),
  ).optional(),
  lifts: one(z.union([id, z.strictObject({ sanction: id, ...cited })])).optional(),
  enlists: z
    .strictObject({ plan: id, step: id, outcome: id.optional() })
    .optional()
    .describe('列入当年计划并办理该环节'),
  carries: z
    .strictObject({ items: id, rest: id.optional() })
    .optional()
    .describe('批次环节: 对列入与未列入的项目各办理什么结果'),
  ends: id.optional().describe('程序以此结果结束'),
}

/** What an execution writes to a register that others are judged by. Names are those of records or facts. */
export const registerActs = {
  enters: one(
    z.strictObject({
      register: id,
      name: z.string().describe('记入谁: 文字、单位或人员的记录或要素'),
      level: z.string().optional().describe('等级: 名录 levels 之一, 或一项记录'),
      organisation: z.string().optional().describe('所在单位: 一项记录或要素'),
      from: z.string().optional().describe('自哪天起: 日期记录; 默认办理当日'),
      to: z.string().optional().describe('至哪天止: 日期记录, 或时长如 3 years; 不写为长期'),
      when: condition.optional(),
      ...cited,
    }),
  )
    .optional()
    .describe('办成后记入名录; 已在名录的续期'),
  leaves: one(
    z.strictObject({
      register: id,
      name: z.string().describe('移出谁: 文字、单位或人员的记录或要素'),
      to: z.string().optional().describe('最后有效的一天: 日期记录; 默认办理的前一日'),
      when: condition.optional(),
      ...cited,
    }),
  )
    .optional()
    .describe('办成后移出名录'),
}
export const missed = z.strictObject({ ...effects, ...cited }).describe('逾期的后果')

const dueObject = z.strictObject({
  ...dueForm,
  when: condition.optional(),
  missed: missed.optional(),
  ...cited,
})
export const due = z.union([dueObject, z.array(dueObject).min(1)]).describe('办理期限')
export type DueText = z.infer<typeof dueObject>

const bound = z.union([
  z.string().regex(/^(\d{2}-\d{2}|Q[1-4]|\d{2}|\d{2}-(early|mid|late))$/, '须写作 07-31、Q3、07 或 07-early'),
  z.number().int().min(1).max(12).describe('月份'),
  z.strictObject({ fact: z.string() }),
])
export const window = z
  .strictObject({
    from: bound.optional(),
    to: bound.optional(),
    for: z.enum(['next-year', 'this-year']).optional(),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '须写作 17:00')
      .optional()
      .describe('最后一天的截止时刻, 如 17:00'),
    counts: z
      .enum(['submission', 'receipt'])
      .optional()
      .describe('以提交(默认)还是以收到为准: 非工作日或时刻之后提交的, 下一工作日收到'),
    late: z.enum(['refuse', 'note']).optional(),
    announced: id.optional().describe('由该责任方公布起止日'),
    when: condition.optional(),
    ...cited,
  })
  .describe('办理窗口')
export type WindowText = z.infer<typeof window>
