import { z } from 'zod'
import { materials, record } from './document-facts.ts'
import {
  after,
  article,
  cited,
  condition,
  due,
  effects,
  hit,
  id,
  monthDay,
  registerActs,
  requires,
  span,
  title,
  unless,
  valueOr,
  window,
} from './document-parts.ts'

/** The policy file as its author writes it. One schema serves the loader, the editors and the guide. */

export const records = z.record(id, record)

const partySet = z.union([
  id,
  z.strictObject({ any: z.array(id).min(1) }),
  z.strictObject({ all: z.array(id).min(2) }).describe('共同办理: 各方确认同一内容'),
])

export const actor = z.union([
  partySet,
  z.strictObject({
    table: z.union([
      id,
      z.strictObject({
        hit: hit.optional(),
        rows: z
          .array(
            z.strictObject({
              when: condition.optional(),
              else: z.literal(true).optional(),
              is: partySet,
              article: article.optional(),
            }),
          )
          .min(1),
      }),
    ]),
  }),
])

export const force = z.enum(['must', 'in-principle', 'may', 'by-analogy'])

const opinion = z.strictObject({
  from: valueOr(z.union([id, z.array(id).min(1)])),
  on: z.array(z.string()).optional().describe('就哪些方面'),
  collect: z
    .union([z.enum(['all', 'majority', 'any']), z.strictObject({ atLeast: z.number().int().min(1) })])
    .optional(),
  agree: z.enum(['all', 'majority', 'none']).optional(),
  within: valueOr(span).optional(),
  clock: z.enum(['restart', 'resume']).optional(),
  silence: z.enum(['blocks', 'agrees', 'skips']).optional(),
  again: z.enum(['all', 'objectors']).optional(),
  when: condition.optional(),
  ...cited,
})

export type OpinionText = z.infer<typeof opinion>

const experts = z.strictObject({
  from: id.describe('专家名录'),
  count: valueOr(z.number().int().min(1)).optional(),
  odd: z.boolean().optional(),
  drawn: z.boolean().optional().describe('由系统从名录随机抽取'),
  share: valueOr(z.string()).optional().describe('同意的比例, 如 2/3 或 60%'),
  optional: z.boolean().optional(),
  apart: z.array(id).optional().describe('与这些责任方同一单位的专家须回避'),
  when: condition.optional(),
  ...cited,
})

export const outcome = z.strictObject({
  title: title.optional(),
  when: condition.optional(),
  after: after.optional(),
  requires: requires.optional(),
  records: records.optional(),
  materials: materials.optional(),
  opinions: z.literal('none').optional(),
  again: z.boolean().optional().describe('仍须再办'),
  absorbedBy: id.optional().describe('项目并入本结果填的另一项目(type: project 的记录), 就此结束'),
  divides: z.literal(true).optional().describe('项目拆分: 就此结束, 由本单位另行申报注明出自它的各个项目'),
  ...effects,
  ...registerActs,
  ...cited,
})

export type OutcomeText = z.infer<typeof outcome>

const repeat = z.union([
  z.literal('many'),
  z.strictObject({
    each: z.enum(['year', 'half-year', 'quarter', 'month']),
    by: monthDay.optional(),
    window: window.optional(),
    from: id.optional(),
    until: id.optional(),
    ...cited,
  }),
])

const through = z.strictObject({ step: id, when: condition.optional() })

export const step = z.strictObject({
  title,
  stage: id.optional(),
  by: actor.optional(),
  when: condition.optional(),
  after: after.optional(),
  unless: unless.optional(),
  until: z.union([id, z.array(id)]).optional(),
  requires: requires.optional(),
  window: window.optional(),
  due: due.optional(),
  owed: valueOr(z.enum(['always', 'never', 'on-demand'])).optional(),
  repeat: repeat.optional(),
  effective: z.string().optional().describe('以哪项记录的日期为准'),
  records: records.optional(),
  materials: materials.optional(),
  opinions: z.union([opinion, z.array(opinion)]).optional(),
  witness: z.union([id, z.array(id)]).optional(),
  experts: experts.optional(),
  checks: z
    .record(
      id,
      z.strictObject({ title, required: z.boolean().optional(), when: condition.optional(), ...cited }),
    )
    .optional(),
  outcomes: z.record(id, outcome).optional(),
  yields: z
    .record(id, z.strictObject({ title, template: z.string().optional(), outcome: id.optional(), ...cited }))
    .optional(),
  through: z.union([id, through, z.array(through)]).optional(),
  composes: z.array(id).optional(),
  to: valueOr(z.union([id, z.array(id)])).optional(),
  copies: z.union([id, z.array(id)]).optional(),
  creates: id.optional(),
  closedBy: id.optional(),
  each: id.optional().describe('每个分项各办一次'),
  batch: z.boolean().optional(),
  channel: z.string().optional(),
  announced: id.optional(),
  aside: z.boolean().optional().describe('不决定项目所处阶段'),
  withdrawable: z
    .boolean()
    .optional()
    .describe('办理后可否由办理的单位撤回; 默认可以, 但已出具文书、使项目终止的不可以'),
  force: valueOr(force).optional(),
  ...effects,
  ...registerActs,
  ...cited,
})

export type StepText = z.infer<typeof step>
