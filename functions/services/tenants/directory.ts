import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { Outside } from '../../core/policy/model.ts'
import type { AdoptedPolicy, PolicyCache } from './policies.ts'

/** What changes rarely in a tenant and every case hangs on. */
export interface Directory {
  /** Oldest first. */
  versions: AdoptedPolicy[]
  /** Organisations by the parties that they hold for the whole tenant. */
  byParty: Map<string, string[]>
  /** Parties held for one unit only, by unit. */
  byUnit: Map<string, { party: string; organisationId: string }[]>
  announced: NonNullable<Outside['announced']>
}

/** A directory with the stamp that the database had when it was read. */
interface Stamped {
  stamp: string
  directory: Directory
}

/** Whoever reads and then parses: the same object both times. */
interface Reader {
  tenant: string
}

const KEPT = 100

/**
 * The directories read last. One is used again only when the database, asked in the very read that needs it, still has
 * the same stamp; triggers give it a new random one with every change. So nothing here is ever older than that read,
 * however many processes or isolates write.
 */
export class DirectoryCache {
  #tenants = new Map<string, Stamped>()
  /** What a reader's statement offered to the database; others may have replaced it here by the time of the answer. */
  #offered = new WeakMap<Reader, Stamped>()

  /** Columns of one row: `stamp`, and `directory` as JSON where the offered one no longer holds. */
  columns(reader: Reader, policies: PolicyCache): Statement {
    const offered = this.#tenants.get(reader.tenant)
    if (offered) this.#offered.set(reader, offered)
    else this.#offered.delete(reader)
    return sql`stamp, CASE WHEN stamp = ${offered?.stamp} THEN NULL ELSE json_object(
      'versions', (SELECT json_group_array(json_array(hash, effective_on,
        CASE WHEN hash IN (SELECT value FROM json_each(${policies.known(reader.tenant)})) THEN NULL ELSE text END)) FROM policies),
      'parties', (SELECT json_group_array(json_array(party, organisation_id)) FROM (SELECT party, organisation_id
        FROM organisation_parties WHERE party < 'unit' UNION ALL SELECT party, organisation_id FROM organisation_parties
        WHERE party > 'unit')),
      'perUnit', (SELECT json_group_array(json_array(unit_id, party, organisation_id)) FROM (SELECT unit_id, party, organisation_id
        FROM unit_parties ORDER BY unit_id, party)),
      'announced', (SELECT json_group_array(json_array(step, year, from_on, to_on)) FROM announcements)) END AS directory`
  }

  /** The directory of a row with `columns`. */
  directoryOf(reader: Reader, row: Row, policies: PolicyCache): Directory {
    const stamp = text(row, 'stamp')
    const offered = this.#offered.get(reader)
    const stamped =
      row.directory === null
        ? offered
        : { stamp, directory: parsed(reader, text(row, 'directory'), policies) }
    if (stamped?.stamp !== stamp) throw new Error('who reads a directory must be who asked for it')
    this.#tenants.delete(reader.tenant)
    this.#tenants.set(reader.tenant, stamped)
    if (this.#tenants.size > KEPT) this.#tenants.delete(this.#tenants.keys().next().value!)
    return stamped.directory
  }
}

function parsed({ tenant }: Reader, json: string, policies: PolicyCache): Directory {
  const read = JSON.parse(json) as {
    versions: [string, string, string | null][]
    parties: [string, string][]
    perUnit: [string, string, string][]
    announced: [string, number, string | null, string][]
  }
  const rows = read.versions.map(([hash, effective_on, source]) => ({ hash, effective_on, text: source }))
  rows.sort((a, b) => (a.effective_on < b.effective_on ? -1 : 1))
  const announced: Directory['announced'] = {}
  for (const [step, year, from, to] of read.announced)
    announced[step] = { ...announced[step], [String(year)]: { from: from ?? undefined, to } }
  return {
    versions: policies.versions(tenant, rows),
    byParty: grouped(read.parties, ([, organisationId]) => organisationId),
    byUnit: grouped(read.perUnit, ([, party, organisationId]) => ({ party, organisationId })),
    announced,
  }
}

/** Rows by their first cell. */
export function grouped<R extends readonly [string, ...unknown[]], T>(
  rows: readonly R[],
  item: (row: R) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row[0])
    if (group) group.push(item(row))
    else groups.set(row[0], [item(row)])
  }
  return groups
}
