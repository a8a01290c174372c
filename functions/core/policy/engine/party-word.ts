import type { OpinionRule, Step } from '../model-step.ts'
import type { GivenOpinion } from '../state.ts'

/** What a party has said of a step, put together from its opinions on single aspects and on the whole. */
export interface PartyWord {
  /** Each aspect that it is asked about with its latest word; empty where the rule names none. */
  aspects: { aspect: string; value?: GivenOpinion['value'] }[]
  /** Its word on the whole, once every aspect has one: an objection to one aspect is an objection. */
  value?: GivenOpinion['value']
  /** Whether it objects to anything, be the rest said or not. */
  objects: boolean
}

/**
 * Reads the word of a party from its opinions in their order (§11). The latest on an aspect counts; one that names no
 * aspect of the rule speaks of all of them, unless it names what another rule of the step asks about.
 */
export function partyWord(
  step: Step,
  rule: OpinionRule,
  given: readonly GivenOpinion[],
  from: string,
): PartyWord {
  const keys = rule.on.length > 0 ? rule.on : ['']
  const latest = new Map<string, GivenOpinion['value']>()
  for (const one of given) {
    if (one.from !== from) continue
    const { aspect } = one
    if (aspect !== undefined && rule.on.includes(aspect)) latest.set(aspect, one.value)
    else if (aspect === undefined || !step.opinions.some((other) => other.on.includes(aspect)))
      for (const key of keys) latest.set(key, one.value)
  }
  const values = keys.map((key) => latest.get(key))
  const objects = values.includes('object')
  const whole = values.every((value) => value !== undefined)
  return {
    aspects: rule.on.map((aspect) => ({ aspect, value: latest.get(aspect) })),
    objects,
    ...(whole ? { value: objects ? 'object' : values.includes('silent') ? 'silent' : 'agree' } : {}),
  }
}
