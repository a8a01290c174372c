import { z } from 'zod'

/** Stories are data: dated acts of people on projects, with what must come of each. */

const names = z.union([z.string(), z.array(z.string())])
const values = z.record(z.string(), z.unknown())

/** A file handed in, or the reason why there is none. */
const material = z.union([
  z.string(),
  z.strictObject({
    id: z.string(),
    reason: z.string().optional(),
    /** What is said with an execution: why something is sent back. */
    remark: z.string().optional(),
    contents: z.array(z.string()).optional(),
    /** Named but not handed in, to be refused. */
    file: z.literal(false).optional(),
  }),
])

/** What the office must answer; without it the act must be accepted. */
export const expectation = z.strictObject({
  refused: z.literal(true).optional(),
  status: z.number().int().optional(),
  codes: z.array(z.string()).optional(),
  articles: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  awaiting: z.array(z.string()).optional(),
})

const item = z.strictObject({
  project: z.string().optional(),
  step: z.string().optional(),
  outcome: z.string().optional(),
  records: values.optional(),
})

/**
 * One act. `on` is a day, or in samples a day of the plan's year (`Y-1/06-15`); without it the act follows the one
 * before after `gap` days. `by` names parties of the policy.
 */
export const act = z.strictObject({
  on: z.string().optional(),
  gap: z.number().int().optional(),
  /** Once in each year between the step `from` and the end of the story, at the latest `by` the day it is due. */
  yearly: z
    .strictObject({ on: z.string(), by: z.string(), from: z.string(), until: z.string().optional() })
    .optional(),
  /** Name by which a sample ends its story here; the step's id without it. */
  mark: z.string().optional(),
  project: z.string().optional(),
  by: names.optional(),
  step: z.string().optional(),
  procedure: z.string().optional(),
  start: values.optional(),
  outcome: z.string().optional(),
  records: values.optional(),
  materials: z.array(material).optional(),
  opinions: z.record(z.string(), z.enum(['agree', 'object'])).optional(),
  witness: names.optional(),
  experts: z.array(z.string()).optional(),
  checks: z.record(z.string(), z.string()).optional(),
  period: z.union([z.string(), z.number()]).optional(),
  opinion: z.enum(['agree', 'object']).optional(),
  /** What is said with an execution: why something is sent back. */
  remark: z.string().optional(),
  decide: z.string().optional(),
  value: z.string().optional(),
  reason: z.string().optional(),
  sanction: z.string().optional(),
  act: z.enum(['impose', 'lift']).optional(),
  facts: values.optional(),
  /** Steps done before the platform, entered once by an administrator of the organisation. */
  adopt: z
    .array(
      z.strictObject({
        step: z.string(),
        on: z.string(),
        outcome: z.string().optional(),
        records: values.optional(),
      }),
    )
    .optional(),
  batch: z.string().optional(),
  year: z.union([z.number().int(), z.string()]).optional(),
  items: z.union([z.literal('all'), z.array(item)]).optional(),
  item: item.optional(),
  announce: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  register: z.string().optional(),
  add: z.array(z.string()).optional(),
  /** What the act shows, for those who watch. */
  note: z.string().optional(),
  expect: expectation.optional(),
})
export type StoryAct = z.infer<typeof act>

/** A project as its unit opens it. */
export const storyProject = z.strictObject({
  title: z.string(),
  /** Which of the demo's units, from 1. */
  unit: z.number().int().positive().default(1),
  facts: values,
})
export type StoryProject = z.infer<typeof storyProject>

/** The whole life of a project, and of those that it is compared with. */
export const life = z.strictObject({
  title: z.string(),
  effectiveOn: z.string().optional(),
  projects: z.record(z.string(), storyProject),
  acts: z.array(act),
  expect: z.strictObject({ stage: z.string().optional(), settled: z.boolean().optional() }).optional(),
})
export type Life = z.infer<typeof life>

/** Projects cut out of scripts at different points. */
export const samples = z.strictObject({
  scripts: z.record(
    z.string(),
    z.strictObject({
      facts: values,
      acts: z.array(act),
      /** Stories that go on after this mark reach it soon after the plan; what follows is counted back from the end. */
      front: z.string().optional(),
    }),
  ),
  /** How a batch goes through its steps; `items: all` stands for the items of all samples. */
  batches: z
    .record(z.string(), z.strictObject({ acts: z.array(act), newest: z.string().optional() }))
    .default({}),
  projects: z.array(
    z.strictObject({
      title: z.string(),
      unit: z.number().int().positive(),
      script: z.string(),
      /** Plan year, counted from the newest that has been declared for. */
      plan: z.number().int().min(-6).max(1),
      /** Amount in 万元 that percentages in the script are of. */
      amount: z.number().positive(),
      /** Mark of the last act; `draft` for none. */
      until: z.string(),
      /** Put into the newest batch, which is not decided yet. */
      proposed: z.string().optional(),
      without: z.array(z.string()).default([]),
      more: z.array(act).default([]),
      /** How many days ago the last act was. */
      ago: z.number().int().min(1).default(12),
      facts: values.default({}),
      expect: z
        .strictObject({
          stage: z.string().optional(),
          ended: z.string().optional(),
          owes: z.array(z.string()).optional(),
          overdue: z.array(z.string()).optional(),
        })
        .default({}),
    }),
  ),
})
export type Samples = z.infer<typeof samples>
export type SampleProject = Samples['projects'][number]

/** What a tenant of the demo begins with, beside its policy. */
export const tenantDemo = z.strictObject({
  /** Chosen by the demo where the text of the policy does not show its day. */
  effectiveOn: z.string().optional(),
  units: z.array(z.string()).min(2),
  registers: z.record(z.string(), z.array(z.string())).default({}),
  /** Windows that a party announces each year: month and day, and years before the plan's. */
  announced: z
    .record(
      z.string(),
      z.strictObject({ from: z.string(), to: z.string(), before: z.number().int().default(0) }),
    )
    .default({}),
})
export type TenantDemo = z.infer<typeof tenantDemo>
