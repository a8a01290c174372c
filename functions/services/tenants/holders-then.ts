import { integer, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { Holders } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'

/** Statements for who held which party when, and for the names that organisations have and had. */
export function holdingStatements(): Statement[] {
  return [
    sql`SELECT seq, payload FROM events WHERE stream = 'directory'
      UNION ALL SELECT seq, payload FROM events WHERE stream > 'organisation:' AND stream < 'organisation;' ORDER BY seq`,
    sql`SELECT id, name FROM organisations UNION ALL SELECT organisation_id, name FROM former_names`,
  ]
}

interface Entered {
  id: string
  parties: string[]
  /** As founded: the units that it serves. */
  serves?: { unit: string; party: string }[]
  /** As added or changed: whom a unit answers to. */
  answersTo?: Record<string, string>
}

/** The organisations that held each party when an event was written, by the event's number in the log. */
export function holdersThen(rows: readonly Row[][]): (seq: number) => Holders {
  const named = new Map((rows[1] ?? []).map((row) => [text(row, 'name'), text(row, 'id')]))
  const organisations = new Map<string, string[]>()
  const perUnit = new Map<string, Map<string, string>>()
  const looks: { seq: number; holders: Holders }[] = []
  for (const row of rows[0] ?? []) {
    const payload = JSON.parse(text(row, 'payload')) as { organisations?: Entered[] } & Partial<Entered>
    const entered = payload.organisations ?? (isEntered(payload) ? [payload] : [])
    for (const { id, parties, serves, answersTo } of entered) {
      organisations.set(id, parties)
      for (const { unit, party } of serves ?? []) answer(perUnit, unit, party, id)
      if (answersTo) perUnit.set(id, new Map(Object.entries(answersTo)))
    }
    if (entered.some(({ parties, answersTo }) => parties.some((one) => one !== UNIT) || answersTo))
      looks.push({ seq: integer(row, 'seq'), holders: look(organisations, perUnit, named) })
  }
  const none = look(new Map(), new Map(), named)
  return (seq) => looks.findLast((one) => one.seq < seq)?.holders ?? none
}

function isEntered(payload: Partial<Entered>): payload is Entered {
  return payload.id !== undefined && payload.parties !== undefined
}

function answer(perUnit: Map<string, Map<string, string>>, unit: string, party: string, to: string): void {
  perUnit.set(unit, new Map([...(perUnit.get(unit) ?? []), [party, to]]))
}

function look(
  organisations: ReadonlyMap<string, string[]>,
  perUnit: ReadonlyMap<string, ReadonlyMap<string, string>>,
  named: Map<string, string>,
): Holders {
  const byParty = new Map<string, string[]>()
  for (const [id, parties] of organisations)
    for (const party of parties) if (party !== UNIT) byParty.set(party, [...(byParty.get(party) ?? []), id])
  const byUnit: Holders['byUnit'] = new Map(
    [...perUnit].map(([unit, held]) => [
      unit,
      [...held].map(([party, organisationId]) => ({ party, organisationId })),
    ]),
  )
  return { byParty, byUnit, byProject: new Map(), named }
}
