import { integer, optionalText, type Row, type Statement, sql, text } from '../statement.ts'

/**
 * Which rules of the policy have met which projects. Gathered from the log behind the acts, so that an act costs nothing
 * more: first project by project, then by what is new in the log.
 */

/** Where gathering stands. */
export interface Gathered {
  /** Sequence up to which the log is counted, once all projects were walked through. */
  seq: number
  /** The stream walked through last; undefined when all have been. */
  walked: string | undefined
  /** The versions whose articles are counted. */
  law: string
  /** Whether the tenant has other versions by now, so that all projects are walked through anew. */
  outdated: boolean
  /** Last entry of the log, and last entry of the page that `pageStatement` selects. */
  head: number
  pageEnd: number
}

const LAW = sql`(SELECT ifnull(group_concat(hash), '') FROM policies)`
const SEQ = sql`(SELECT CASE WHEN walked IS NULL AND law = ${LAW} THEN seq ELSE 9223372036854775807 END FROM rule_uses_until)`
const WALKED = sql`(SELECT CASE WHEN law = ${LAW} THEN ifnull(walked, 'project;') ELSE 'project:' END FROM rule_uses_until)`

/** Statement for where gathering stands, for pages of `entries`; read its row with `gatheredOf`. */
export function gatheredStatement(entries: number): Statement {
  return sql`SELECT seq, walked, law, ${LAW} AS adopted, (SELECT ifnull(max(seq), 0) FROM events) AS head,
      (SELECT ifnull(max(seq), 0) FROM (${newEntries(entries)})) AS page_end FROM rule_uses_until`
}

/** The row of `gatheredStatement`. */
export function gatheredOf(rows: readonly Row[] = []): Gathered {
  const row = rows[0]!
  return {
    seq: integer(row, 'seq'),
    walked: optionalText(row, 'walked'),
    law: text(row, 'adopted'),
    outdated: text(row, 'law') !== text(row, 'adopted'),
    head: integer(row, 'head'),
    pageEnd: integer(row, 'page_end'),
  }
}

function newEntries(entries: number): Statement {
  return sql`SELECT seq, stream FROM events WHERE seq > ${SEQ} ORDER BY seq LIMIT ${entries}`
}

/** The streams of the next projects to look at: those not walked through yet, else those in the next new entries. */
export function pageStatement(projects: number, entries: number): Statement {
  return sql`SELECT * FROM (SELECT DISTINCT stream FROM events WHERE stream > ${WALKED} AND stream < 'project;'
      ORDER BY stream LIMIT ${projects})
    UNION SELECT stream FROM (${newEntries(entries)}) WHERE stream > 'project:' AND stream < 'project;'`
}

/** Sanctions that projects have put on their units by a day and that are not counted of them yet. */
export function uncountedSanctionsStatement(day: string): Statement {
  return sql`SELECT DISTINCT project_id, 'sanction:' || sanction AS rule FROM unit_sanctions u
    WHERE act = 'impose' AND act_on <= ${day} AND NOT EXISTS (SELECT 1 FROM rule_uses x
      WHERE x.project_id = u.project_id AND x.rule = (SELECT id FROM touched_rules WHERE rule = 'sanction:' || u.sanction))`
}

/** The rules that a project has met. */
export type ProjectUses = readonly [project: string, rules: readonly string[]]

/**
 * Statements that keep what a page found and go on from there; each project counts once for a rule. Whoever gathers
 * beside another writes the same rows, and only the first moves on.
 */
export function keepUsesStatements(
  uses: readonly ProjectUses[],
  from: Gathered,
  to: { seq: number; walked: string | undefined },
): Statement[] {
  const found = JSON.stringify(uses)
  const was = from.walked ?? null
  return [
    sql`INSERT OR IGNORE INTO touched_rules (rule) SELECT DISTINCT r.value FROM json_each(${found}) p, json_each(p.value, '$[1]') r`,
    sql`INSERT OR IGNORE INTO rule_uses (project_id, rule) SELECT p.value ->> 0, (SELECT id FROM touched_rules WHERE rule = r.value)
      FROM json_each(${found}) p, json_each(p.value, '$[1]') r`,
    sql`UPDATE rule_uses_until SET seq = ${to.seq}, walked = ${to.walked}, law = ${from.law}
      WHERE seq = ${from.seq} AND walked IS ${was}`,
  ]
}

/** Forgets what was gathered. */
export function forgetUsesStatements(): Statement[] {
  return [
    sql`DELETE FROM rule_uses`,
    sql`DELETE FROM touched_rules`,
    sql`UPDATE rule_uses_until SET seq = 0, walked = 'project:', law = ''`,
  ]
}

/** Statement for the rules that have met a project, with how many they have met. */
export function countUsesStatement(): Statement {
  return sql`SELECT rule, projects FROM touched_rules WHERE projects > 0 ORDER BY rule`
}

/** A condition on `p`: the project has met the rule. */
export function hasMet(rule: string): Statement {
  return sql`EXISTS (SELECT 1 FROM rule_uses x WHERE x.project_id = p.id
    AND x.rule = (SELECT id FROM touched_rules WHERE rule = ${rule}))`
}
