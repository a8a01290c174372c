import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { type Surroundings, versionFor } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'
import { AppError, type InputError } from '../errors.ts'

/** What an organisation is to stand for. */
export interface Holding {
  parties: readonly string[]
  /** For a unit: the organisations that hold parties for it alone, such as the department that it answers to. */
  answersTo?: Record<string, string>
}

/** Statement for the organisations that a holding names. */
export function namedStatement({ answersTo }: Holding): Statement {
  const named = JSON.stringify(Object.values(answersTo ?? {}))
  return sql`SELECT id FROM organisations WHERE id IN (SELECT value FROM json_each(${named}))`
}

/** Throws `malformed` for parties that the policy of the day does not know, or that nobody can hold in this way. */
export function requireHolding(
  around: Surroundings,
  today: string,
  holding: Holding,
  named: readonly Row[] = [],
): void {
  const parties = versionFor(around, undefined, today)?.policy.document.parties ?? {}
  const known = new Set(named.map((row) => text(row, 'id')))
  const errors: InputError[] = [
    ...holding.parties
      .filter((party) => !parties[party])
      .map((party) => ({ pointer: '#/parties', detail: `办法中没有责任方 ${party}` })),
    ...Object.entries(holding.answersTo ?? {})
      .filter(([party, id]) => parties[party]?.held?.per !== 'unit' || !known.has(id))
      .map(([party]) => ({
        pointer: `#/answersTo/${party}`,
        detail: '没有这一单位, 或不是按单位担任的责任方',
      })),
  ]
  if (Object.keys(holding.answersTo ?? {}).length && !holding.parties.includes(UNIT))
    errors.push({ pointer: '#/answersTo', detail: '只用于建设单位' })
  if (errors.length) throw new AppError('malformed', '责任方有误', { errors })
}
