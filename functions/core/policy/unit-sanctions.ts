import type { Day } from '../values/day.ts'
import type { SanctionInForce } from './state.ts'

/** What a project did to the sanctions on its unit. */
export interface UnitAct {
  id: string
  act: 'impose' | 'lift'
  on: Day
  cause: string
  seq: number
  project?: string
}

/**
 * The sanctions on a unit after all acts up to a day. A project lifts what it caused itself, and what stands on the unit
 * without a project; what another project caused is not its to lift (§12).
 */
export function sanctionsAfter(
  acts: Iterable<UnitAct>,
  day?: Day,
  given: SanctionInForce[] = [],
): SanctionInForce[] {
  const list = given.map((one) => ({ ...one }))
  for (const { id, act, on, cause, seq, project } of acts) {
    if (day !== undefined && on > day) continue
    if (act === 'impose') list.push({ id, on, cause, seq, ...(project === undefined ? {} : { project }) })
    else
      for (const one of list)
        if (one.id === id && one.liftedOn === undefined && (one.project ?? project) === project)
          one.liftedOn = on
  }
  return list
}
