import { z } from '@hono/zod-openapi'
import { findingSchema } from '../http/problem.ts'
import { policyName } from './parts.ts'

const outcomeView = z.object({
  id: z.string(),
  title: z.string(),
  settles: z.boolean(),
  barred: z.literal(true).optional(),
  returns: z.literal(true).optional(),
})

const materialView = z.object({
  id: z.string(),
  title: z.string(),
  required: z.enum(['yes', 'no', 'undetermined']),
  given: z.boolean(),
  orReason: z.boolean(),
  contents: z.array(z.string()).optional(),
  facts: findingSchema.shape.facts.optional().openapi({ description: '判断是否需要时所看的要素' }),
  article: z.array(z.string()),
})

const dueView = z.object({
  message: z.string(),
  article: z.array(z.string()),
  facts: findingSchema.shape.facts,
  workdaysLeft: z.number().int(),
})

const returnView = z.object({
  step: z.string(),
  title: z.string(),
  procedure: z.string().optional(),
  n: z.number().int(),
  on: z.string(),
  by: z.array(z.string()),
  outcome: z.string(),
  article: z.array(z.string()),
})

const stepView = z
  .object({
    id: z.string(),
    title: z.string(),
    stage: z.string(),
    part: z.string().optional(),
    state: z.enum(['excluded', 'blocked', 'open', 'done']),
    by: z.array(z.string()),
    joint: z.boolean(),
    awaiting: z.array(z.string()).optional(),
    outcome: z.string().optional(),
    executedOn: z.string().optional(),
    executedBy: z.array(z.string()).optional(),
    times: z.number().int().optional(),
    dueOn: z.string().optional(),
    provisional: z.boolean().optional(),
    due: dueView.optional(),
    overdue: z.boolean(),
    pending: z.boolean(),
    reopened: z.boolean().optional(),
    returned: returnView.optional(),
    demanded: z.boolean().optional(),
    repeatable: z.boolean().optional(),
    withdrawable: z.boolean().optional(),
    opensOn: z.string().optional(),
    closesOn: z.string().optional(),
    outcomes: z.array(outcomeView),
    materials: z.array(materialView),
    opinions: z
      .array(
        z.object({
          from: z.string(),
          value: z.string().optional(),
          awaited: z.boolean(),
          on: z.array(z.string()),
          aspects: z.array(z.object({ aspect: z.string(), value: z.string().optional() })),
          dueOn: z.string().optional(),
          due: dueView.optional(),
          article: z.array(z.string()),
        }),
      )
      .optional(),
    witness: z.array(z.string()).optional(),
    experts: z
      .object({
        register: z.string(),
        optional: z.boolean(),
        count: z.number().int().optional(),
        drawn: z
          .array(z.string())
          .optional()
          .openapi({ description: '本轮抽取的专家; 须抽取而尚未抽取的为空' }),
        article: z.array(z.string()),
      })
      .optional(),
    periods: z
      .array(
        z.object({ id: z.string(), dueOn: z.string().optional(), done: z.boolean(), overdue: z.boolean() }),
      )
      .optional(),
    article: z.array(z.string()),
    findings: z.array(findingSchema),
  })
  .openapi('StepStanding')

export const obligationView = z
  .object({
    step: z.string(),
    title: z.string(),
    by: z.array(z.string()),
    dueOn: z.string().optional(),
    provisional: z.boolean().optional(),
    due: dueView.optional(),
    overdue: z.boolean(),
    procedure: z.string().optional(),
    decision: z.string().optional(),
    demand: z.number().int().optional(),
    part: z.string().optional(),
    period: z.string().optional(),
    article: z.array(z.string()),
  })
  .openapi('Obligation')

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** A case as the engine sees it on a day. */
export const standingView = z
  .object({
    stage: z.string(),
    stageTitle: z.string(),
    track: z.string().optional(),
    version: z.string().optional(),
    settled: z.boolean(),
    ended: z.object({ result: z.string(), on: z.string() }).optional(),
    steps: z.array(stepView),
    procedures: z.array(
      z.object({
        id: z.string(),
        procedure: z.string(),
        title: z.string(),
        openedOn: z.string(),
        result: z.string().optional(),
        endedOn: z.string().optional(),
        facts: z.record(z.string(), scalar),
        steps: z.array(stepView),
      }),
    ),
    obligations: z.array(obligationView),
    tables: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        value: scalar.nullable(),
        valueTitle: z.string().optional(),
        possible: z.array(scalar),
        article: z.array(z.string()),
      }),
    ),
    decisions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        by: z.string(),
        value: z.string().optional(),
        default: z.string().optional(),
        reason: z.string().optional(),
        options: z.record(z.string(), z.string()),
        article: z.array(z.string()),
      }),
    ),
    startable: z.array(
      z.object({
        procedure: z.string(),
        title: z.string(),
        article: z.array(z.string()),
        findings: z.array(findingSchema),
      }),
    ),
    sanctions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        on: z.string(),
        cause: z.string(),
        unit: z.boolean(),
        article: z.array(z.string()),
      }),
    ),
  })
  .openapi('Standing')

/** What a command answers. */
export const caseAnswerView = z
  .object({
    project: z.object({
      id: z.string(),
      version: z.number().int(),
      stage: z.string(),
      stageTitle: z.string(),
      settled: z.boolean(),
      ended: z.string().nullable(),
    }),
    complete: z.boolean(),
    awaiting: z.array(z.string()),
    procedure: z.string().nullable(),
    findings: z.array(findingSchema),
    obligations: z.array(obligationView),
  })
  .openapi('CaseAnswer')

/** Facts and records as people write them; the policy's types judge them. */
export const written = z.record(policyName, z.unknown()).openapi('Written')

/** The party in whose name an organisation that holds several acts. */
export const asParty = policyName
  .optional()
  .openapi({ description: '以哪一责任方的名义, 只在本单位担任多个时需要' })

/** What an execution states. */
export const stepBody = z
  .strictObject({
    as: asParty,
    outcome: policyName.optional(),
    records: written.optional(),
    materials: z
      .array(
        z.union([
          policyName,
          z.strictObject({
            id: policyName,
            file: z.uuid().optional(),
            reason: z.string().min(1).max(2000).optional(),
            contents: z.array(z.string().max(200)).max(200).optional(),
          }),
        ]),
      )
      .max(200)
      .optional(),
    opinions: z.record(policyName, z.enum(['agree', 'object'])).optional(),
    witness: z.array(policyName).max(20).optional(),
    experts: z
      .array(
        z.union([
          z.string().min(1).max(60),
          z.strictObject({ name: z.string().min(1).max(60), agrees: z.boolean().optional() }),
        ]),
      )
      .max(99)
      .optional(),
    checks: z.record(policyName, z.enum(['met', 'not-met', 'not-applicable'])).optional(),
    minute: z
      .strictObject({ number: z.string().min(1).max(100), heldOn: z.iso.date(), file: z.uuid().optional() })
      .optional()
      .openapi({ description: '集体决策的会议纪要; 以召开日期为准' }),
    remark: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .optional()
      .openapi({ description: '办理意见; 退回的须写明理由, 其余选填; 记入项目记录并告知相关单位' }),
    period: z.string().max(20).optional(),
    part: z.string().max(60).optional(),
  })
  .openapi('StepInput')
