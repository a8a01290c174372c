import { type Statement, sql, values } from '../../../db/statement.ts'
import type { PolicyDocument } from '../../core/policy/document/document.ts'
import { UNIT } from '../cases/visibility.ts'

const SAMPLE_UNITS = ['一', '二']

/** An organisation that a new tenant begins with. */
export interface PlannedOrganisation {
  id: string
  name: string
  parties: string[]
  unit: boolean
  /** Parties that it holds for single units only. */
  serves: { unit: string; party: string }[]
}

/**
 * One organisation for every party of the policy: a party with `same` shares its organisation, collective and external
 * ones act through another, and the units are those named, or two samples to be renamed or joined by the real ones.
 */
export function organisationsFor(
  document: PolicyDocument,
  newId: () => string,
  unitNames = SAMPLE_UNITS.map((n) => `${document.parties[UNIT]?.name ?? '项目建设单位'}${n}`),
): PlannedOrganisation[] {
  const units: PlannedOrganisation[] = unitNames.map((name) => ({
    id: newId(),
    name,
    parties: [UNIT],
    unit: true,
    serves: [],
  }))
  const authorities: PlannedOrganisation[] = []
  for (const [party, { name, same, collective, external, from, held }] of Object.entries(document.parties)) {
    if (same || collective || external || from || (held && held.per !== 'unit')) continue
    const parties = [party, ...sharing(document, party)]
    const serves = held ? units.map((unit) => ({ unit: unit.id, party })) : []
    authorities.push({ id: newId(), name, parties, unit: false, serves })
  }
  return [...authorities, ...units]
}

function sharing(document: PolicyDocument, party: string): string[] {
  const direct = Object.entries(document.parties).filter(([, other]) => other.same === party)
  return direct.flatMap(([id]) => [id, ...sharing(document, id)])
}

/** The rows of planned organisations. */
export function organisationRows(organisations: readonly PlannedOrganisation[], at: Date): Statement[] {
  const parties = organisations.flatMap(({ id, parties: held }) => held.map((party) => [id, party]))
  const perUnit = organisations.flatMap(({ id, serves }) =>
    serves.map(({ unit, party }) => [unit, party, id]),
  )
  const rows: (string | null)[][] = organisations.map(({ id, name }) => [id, name, at.toISOString()])
  return [
    sql`INSERT INTO organisations (id, name, created_at) VALUES ${values(rows)}`,
    sql`INSERT INTO organisation_parties (organisation_id, party) VALUES ${values(parties)}`,
    ...(perUnit.length
      ? [sql`INSERT INTO unit_parties (unit_id, party, organisation_id) VALUES ${values(perUnit)}`]
      : []),
  ]
}
