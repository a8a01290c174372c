import { z } from 'zod'
import { decision, fact, parameter, table } from './document-facts.ts'
import { after, cited, condition, day, hit, id, requires, title, unless } from './document-parts.ts'
import { actor, force, records, step } from './document-steps.ts'

const procedure = z.strictObject({
  title,
  on: z.enum(['project', 'unit', 'batch']),
  each: z.literal('year').optional(),
  when: condition.optional(),
  after: after.optional(),
  until: z.union([id, z.array(id)]).optional(),
  unless: unless.optional(),
  atOnce: z.number().int().min(1).optional().describe('同时进行的件数, 默认 1'),
  by: actor.optional().describe('由谁发起, 默认第一个环节的责任方'),
  requires: requires.optional(),
  facts: z.record(id, fact).optional(),
  effective: z.array(id).optional().describe('算作生效的结果, 默认 approved、effective、filed'),
  fill: z
    .strictObject({
      order: z.array(z.string()).describe('先后: 要素或记录, 前面加 - 为由大到小'),
      amount: z.string().describe('每个项目的金额'),
      within: z.string().describe('合计不超过: 金额, 或一项要素、参数'),
      over: id.optional().describe('放不下的项目建议的结果'),
    })
    .optional(),
  steps: z.record(id, step),
  ...cited,
})

export type ProcedureText = z.infer<typeof procedure>

const party = z.strictObject({
  name: title,
  from: z.literal('unit').or(id).optional().describe('由项目的建设单位或某要素所指单位担任'),
  same: id.optional().describe('与哪一责任方是同一单位'),
  collective: z.strictObject({ office: id }).optional().describe('集体决策, 由办公室录入'),
  held: z.strictObject({ per: z.enum(['unit', 'project', 'part']), from: z.string().optional() }).optional(),
  external: z.boolean().optional(),
  recordedBy: id.optional(),
  jurisdiction: z.enum(['own', 'superior']).optional(),
  apart: z.array(id).optional().describe('不得与这些责任方为同一单位'),
  ...cited,
})

export type PartyText = z.infer<typeof party>

const bar = z.strictObject({
  step: id.optional(),
  stage: id.optional(),
  outcome: id.optional(),
  when: condition.optional(),
})

const veto = z.strictObject({
  title,
  when: condition,
  bars: z.array(bar).min(1),
  lifted: z.union([condition, z.strictObject({ by: id })]).optional(),
  ...cited,
})

const sanction = z.strictObject({
  title,
  on: z.enum(['project', 'unit']),
  spares: z.literal('own').optional().describe('不及于引起惩戒的项目本身'),
  bars: z.array(bar),
  lifted: z.strictObject({ when: condition.optional(), by: id.optional(), after: id.optional() }).optional(),
  ...cited,
})

const register = z.strictObject({
  title,
  of: z.string(),
  keptBy: id,
  each: z.literal('year').optional(),
  size: z
    .strictObject({ atLeast: z.number().int().optional(), atMost: z.number().int().optional() })
    .optional(),
  levels: z.array(z.string()).optional(),
  entry: records.optional(),
  ...cited,
})

const merge = z.strictObject({
  title,
  steps: z.array(id).min(2),
  when: condition,
  by: actor.optional(),
  force: force.optional(),
  drops: z.array(id).optional(),
  ...cited,
})

const norm = z.strictObject({
  title,
  binds: z.union([id, z.array(id)]),
  at: z.array(id).optional(),
  breach: z.string().optional(),
  ...cited,
})

const cover = z.union([
  z.literal('enforced'),
  z.strictObject({ guidance: z.array(id).min(1) }),
  z.strictObject({ informative: z.string().min(1) }),
])

const header = z.strictObject({
  jurisdiction: z.strictObject({
    id,
    name: title,
    division: z.string().regex(/^\d{6}$/, '六位行政区划代码(GB/T 2260)'),
    level: z.enum(['province', 'city', 'county', 'zone']),
    superior: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  }),
  title,
  number: z.string().optional(),
  issued: day.optional(),
  effective: z.union([day, z.literal('unseen')]),
  expires: day.optional(),
  supersedes: z.array(z.string()).optional(),
  basis: z
    .array(
      z.union([
        z.string(),
        z.strictObject({ title, number: z.string().optional(), version: z.string().optional() }),
      ]),
    )
    .optional(),
  interpretedBy: z.array(id).optional(),
  source: z.enum(['full-text', 'reprint', 'commentary']),
  articles: z.union([z.number().int().min(1), z.array(z.string()).min(1)]),
  unseen: z.array(z.string()).optional().describe('现有文本看不到的内容'),
  binds: id.optional().describe('自哪一环节起确定适用的版本, 默认 declare'),
  transition: z
    .strictObject({
      of: z.union([z.literal('earlier'), day]).describe('取代哪一版(施行日), 或 earlier: 此前各版'),
      binds: id.optional().describe('已办过这一环节的项目仍按旧版'),
      takes: z.array(id).min(1).describe('处于这些阶段的在办项目转为适用本版'),
      ...cited,
    })
    .optional(),
  ...cited,
})

export const policyDocument = z
  .strictObject({
    policy: header,
    scope: z.strictObject({
      hit: hit.optional(),
      rows: z
        .array(
          z.strictObject({
            when: condition.optional(),
            else: z.literal(true).optional(),
            track: id,
            ...cited,
          }),
        )
        .min(1),
      ...cited,
    }),
    tracks: z.record(
      id,
      z.strictObject({
        title,
        only: z.array(id).optional(),
        procedure: id.optional(),
        force: force.optional(),
        ...cited,
      }),
    ),
    parties: z.record(id, party),
    registers: z.record(id, register).optional(),
    documents: z
      .record(
        id,
        z.strictObject({
          title,
          number: z.string().optional(),
          from: day.optional(),
          to: day.optional(),
          ...cited,
        }),
      )
      .optional(),
    parameters: z.record(id, parameter).optional(),
    facts: z.record(id, fact),
    tables: z.record(id, table).optional(),
    decisions: z.record(id, decision).optional(),
    stages: z.record(id, z.strictObject({ title: title.optional(), when: condition.optional(), ...cited })),
    steps: z.record(id, step),
    merges: z.record(id, merge).optional(),
    procedures: z.record(id, procedure).optional(),
    vetoes: z.record(id, veto).optional(),
    sanctions: z.record(id, sanction).optional(),
    norms: z.record(id, norm).optional(),
    coverage: z.record(z.string(), z.union([cover, z.array(cover).min(1)])),
  })
  .describe('政务信息化项目管理办法')

export type PolicyDocument = z.infer<typeof policyDocument>
