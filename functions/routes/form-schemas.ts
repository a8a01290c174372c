import { z } from '@hono/zod-openapi'
import { typeName } from '../core/policy/document/document-facts.ts'
import { findingSchema } from '../http/problem.ts'

const articles = z.array(z.string())
const asked = z.enum(['yes', 'no', 'undetermined'])
const options = z.record(z.string(), z.string())

/** A field that a form asks for. */
export const fieldView = z
  .object({
    id: z.string(),
    title: z.string(),
    source: z.enum(['record', 'fact']),
    type: typeName,
    of: z.literal('unit').optional(),
    options: options.optional(),
    columns: z
      .record(
        z.string(),
        z.object({ title: z.string().optional(), type: typeName, options: options.optional() }),
      )
      .optional(),
    unit: z.string().optional(),
    help: z.string().optional(),
    register: z.string().optional(),
    required: asked,
    hangsOn: z.array(z.string()),
    facts: findingSchema.shape.facts,
    article: articles,
  })
  .openapi('FormField')

/** A material that a form asks for. */
export const materialForm = z
  .object({
    id: z.string(),
    title: z.string(),
    required: asked,
    hangsOn: z.array(z.string()),
    facts: findingSchema.shape.facts,
    present: z.boolean(),
    orReason: z.boolean(),
    anyOf: z.string().optional(),
    contents: z.array(z.string()).optional(),
    copies: z.number().int().optional(),
    medium: z.string().optional(),
    form: z.string().optional(),
    article: articles,
  })
  .openapi('FormMaterial')

const effect = z.union([
  z.object({
    kind: z.literal('reopens'),
    step: z.string(),
    to: z.string().optional(),
    within: z.string().optional(),
    until: z.string().optional(),
    anew: z.boolean(),
    article: articles,
  }),
  z.object({
    kind: z.literal('demands'),
    step: z.string(),
    within: z.string().optional(),
    until: z.string().optional(),
    by: z.string().optional(),
    article: articles,
  }),
  z.object({ kind: z.literal('postpones'), step: z.string(), article: articles }),
  z.object({ kind: z.enum(['imposes', 'lifts']), sanction: z.string(), article: articles }),
  z.object({ kind: z.literal('enlists'), step: z.string() }),
  z.object({ kind: z.literal('ends'), result: z.string() }),
])

/** An outcome of a step with what it asks for and brings about. */
export const outcomeForm = z
  .object({
    id: z.string(),
    title: z.string(),
    settles: z.boolean(),
    returns: z.boolean().openapi({ description: '退回已办的环节, 须在 remark 写明理由' }),
    allowed: asked,
    facts: findingSchema.shape.facts,
    opinions: z.boolean(),
    fields: z.array(fieldView),
    materials: z.array(materialForm),
    effects: z.array(effect),
    article: articles,
  })
  .openapi('FormOutcome')
