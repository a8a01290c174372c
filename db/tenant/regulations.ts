import { type Statement, sql, values } from '../statement.ts'

/** A part of a regulation's text as it is kept, in the order of the text. */
export interface RegulationPartRow {
  unit: string
  chapter: string | null
  title: string | null
  paragraphs: readonly string[]
}

/** The text that a tenant gave for a version of its policy, with who gave it and when. */
export interface RegulationRow {
  policy: string
  text: string
  sha256: string
  at: string
  by: string
}

/** Puts a version's text in the place of the one before. */
export function keepRegulationStatement(row: RegulationRow): Statement {
  return sql`INSERT INTO regulations (policy, text, sha256, given_at, given_by)
    VALUES (${row.policy}, ${row.text}, ${row.sha256}, ${row.at}, ${row.by})
    ON CONFLICT (policy) DO UPDATE SET text = excluded.text, sha256 = excluded.sha256, given_at = excluded.given_at,
      given_by = excluded.given_by`
}

/** Takes a version's text away with its parts. */
export function dropRegulationStatements(policy: string): Statement[] {
  return [
    sql`DELETE FROM regulation_parts WHERE policy = ${policy}`,
    sql`DELETE FROM regulations WHERE policy = ${policy}`,
  ]
}

/** Puts the parts of a version's text in the place of those before. */
export function regulationPartStatements(policy: string, parts: readonly RegulationPartRow[]): Statement[] {
  const rows = parts.map(({ unit, chapter, title, paragraphs }, n) => [
    policy,
    n,
    unit,
    chapter,
    title,
    JSON.stringify(paragraphs),
  ])
  const cleared = sql`DELETE FROM regulation_parts WHERE policy = ${policy}`
  if (rows.length === 0) return [cleared]
  return [
    cleared,
    sql`INSERT INTO regulation_parts (policy, n, unit, chapter, title, paragraphs) VALUES ${values(rows)}`,
  ]
}
