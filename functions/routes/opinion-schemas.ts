import { z } from '@hono/zod-openapi'
import type { OpinionWord } from '../services/cases/give-opinion.ts'
import { asParty } from './case-schemas.ts'

const word = {
  as: asParty,
  value: z.enum(['agree', 'object']),
  aspect: z.string().min(1).max(200).optional(),
  remark: z.string().min(1).max(4000).optional(),
}

/** One opinion, or several that are sent together. */
export const opinionFields = {
  ...word,
  value: word.value.optional(),
  opinions: z
    .array(z.strictObject(word))
    .min(1)
    .max(100)
    .optional()
    .openapi({ description: '同一环节的几条意见一并发表, 全部或全不; 此时不写 value、aspect、remark 和 as' }),
}

interface SaidOpinions extends Partial<OpinionWord> {
  opinions?: OpinionWord[]
}

/** Whether a body says one opinion or several, and not both. */
export function saysOpinions({ as, value, aspect, remark, opinions }: SaidOpinions): boolean {
  return opinions ? [as, value, aspect, remark].every((one) => one === undefined) : value !== undefined
}

/** The words of a body for which `saysOpinions` holds. */
export function wordsOf({ as, value, aspect, remark, opinions }: SaidOpinions): OpinionWord[] {
  return opinions ?? (value ? [{ as, value, aspect, remark }] : [])
}

/** What is said of a body for which it does not. */
export const ONE_OR_SEVERAL = { message: '写明一条意见(value), 或把几条写在 opinions 里', path: ['value'] }
