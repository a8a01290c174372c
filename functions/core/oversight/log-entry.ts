import type { Policy } from '../policy/model.ts'
import type { Day } from '../values/day.ts'

/** An entry of a tenant's event log, as the feed pulls it. */
export interface LogEntry {
  seq: number
  /** `project:<id>`, `unit:<id>`, `announcement:<step>:<year>`, `directory` and others. */
  stream: string
  /** Position in its stream, from 1. */
  version: number
  type: string
  /** The day that counts. */
  on: Day
  /** When it was written. */
  at: string
  payload: Record<string, unknown>
}

/** A policy version of a tenant. */
export interface PolicyVersion {
  hash: string
  effectiveOn: Day
  policy: Policy
}

/** A log that cannot be read: what it says is not known, so nothing is shown of it. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Unreadable'
  }
}

/** The project that a stream is about; undefined for every other stream. */
export function projectOfStream(stream: string): string | undefined {
  return stream.startsWith('project:') ? stream.slice('project:'.length) : undefined
}

/**
 * The version that judges a case: the one that binds it, else the newest begun on `day`; before the first has begun, the
 * first. Expiry ends declarations, not what runs. `versions` are sorted by their day of effect.
 */
export function versionFor(
  versions: readonly PolicyVersion[],
  bound: Day | undefined,
  day: Day,
): PolicyVersion {
  const found =
    bound === undefined
      ? (versions.findLast((one) => one.effectiveOn <= day) ?? versions[0])
      : versions.find((one) => one.effectiveOn === bound)
  if (!found) throw new Unreadable(`no policy version ${bound ?? `on ${day}`}`)
  return found
}

/** The rules of the version that judges a case. */
export function policyFor(versions: readonly PolicyVersion[], bound: Day | undefined, day: Day): Policy {
  return versionFor(versions, bound, day).policy
}
