import { z } from 'zod'
import { day, id } from './document/document-parts.ts'

/** A scenario: facts and dated events, played by `simulate` and by the golden tests (§20). */

const parties = z.union([id, z.array(id)])
const values = z.record(z.string(), z.unknown())
const material = z.union([
  z.string(),
  z.strictObject({
    id: z.string(),
    file: z.string().optional(),
    reason: z.string().optional(),
    contents: z.array(z.string()).optional(),
  }),
])
const expert = z.union([z.string(), z.strictObject({ name: z.string(), agrees: z.boolean().optional() })])

/** What a golden scenario says must come of an event. */
export const eventExpectation = z.strictObject({
  refused: z.boolean().optional(),
  accepted: z.boolean().optional(),
  codes: z.array(z.string()).optional(),
  articles: z.array(z.string()).optional(),
  facts: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  /** Codes that no finding may have. */
  without: z.array(z.string()).optional(),
  awaiting: z.array(z.string()).optional(),
})

export const scenarioEvent = z.strictObject({
  on: day,
  /** Hour of the day in Asia/Shanghai. */
  at: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  project: z.string().optional(),
  step: id.optional(),
  by: parties.optional(),
  outcome: id.optional(),
  records: values.optional(),
  materials: z.array(material).optional(),
  opinions: values.optional(),
  witness: parties.optional(),
  experts: z.array(expert).optional(),
  checks: z.record(z.string(), z.string()).optional(),
  minute: z.strictObject({ number: z.string(), heldOn: day, file: z.string().optional() }).optional(),
  period: z.union([z.string(), z.number()]).optional(),
  part: z.string().optional(),
  parts: z.array(z.string()).optional(),
  demand: z.number().int().optional(),
  act: z.enum(['opinion', 'witness', 'draw', 'impose', 'lift']).optional(),
  /** What a draw is made with; the same seed gives the same names. */
  seed: z
    .string()
    .regex(/^[0-9a-f]{1,32}$/)
    .optional(),
  count: z.number().int().min(1).optional(),
  aside: z.array(z.strictObject({ name: z.string(), reason: z.string() })).optional(),
  opinion: z.enum(['agree', 'object']).optional(),
  value: z.union([z.string(), z.boolean()]).optional(),
  aspect: z.string().optional(),
  remark: z.string().optional(),
  decide: id.optional(),
  withdraw: id.optional(),
  reason: z.string().optional(),
  sanction: id.optional(),
  procedure: z.string().optional(),
  /** The procedure's facts, as they are or under `facts`. */
  start: values.optional(),
  facts: values.optional(),
  track: z.enum(['keep', 'change']).optional(),
  batch: id.optional(),
  year: z.number().int().optional(),
  items: z
    .array(
      z.strictObject({
        project: z.string().optional(),
        step: id.optional(),
        outcome: id.optional(),
        records: values.optional(),
      }),
    )
    .optional(),
  adopt: z
    .array(z.strictObject({ step: id, on: day, outcome: id.optional(), records: values.optional() }))
    .optional(),
  announce: id.optional(),
  from: day.optional(),
  to: day.optional(),
  unit: z.strictObject({ facts: values.optional() }).optional(),
  note: z.string().optional(),
  expect: eventExpectation.optional(),
})
export type ScenarioEvent = z.infer<typeof scenarioEvent>

export const scenario = z.strictObject({
  name: z.string().optional(),
  article: z.union([z.string(), z.array(z.string())]).optional(),
  facts: values.optional(),
  unit: z
    .strictObject({
      facts: values.optional(),
      sanctions: z
        .array(z.union([id, z.strictObject({ id, on: day, cause: z.string().optional() })]))
        .optional(),
    })
    .optional(),
  registers: z
    .record(
      z.string(),
      z.array(
        z.union([
          z.string(),
          z.strictObject({
            name: z.string(),
            from: day.optional(),
            to: day.optional(),
            level: z.string().optional(),
            organisation: z.string().optional(),
          }),
        ]),
      ),
    )
    .optional(),
  announced: z
    .record(z.string(), z.record(z.string(), z.strictObject({ from: day.optional(), to: day })))
    .optional(),
  counts: z.record(z.string(), z.number()).optional(),
  /** Which organisation holds a party. */
  organisations: z.record(z.string(), z.string()).optional(),
  projects: z.record(z.string(), z.strictObject({ facts: values.optional() })).optional(),
  on: day.optional(),
  events: z.array(scenarioEvent).optional(),
  note: z.string().optional(),
})
export type Scenario = z.infer<typeof scenario>
