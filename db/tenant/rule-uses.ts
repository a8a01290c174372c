import { type Statement, sql } from '../statement.ts'

/**
 * Which rules of the policy a project has met: steps executed, decisions taken, procedures started, sanctions put in
 * force. Gathered from the log behind the acts, so that an act costs nothing more.
 */

/** What the log says beyond a sequence number, as rows of `rule_uses`; both bounds may be expressions. */
function usesBetween(after: Statement, upTo: Statement): Statement {
  return sql`SELECT CASE type WHEN 'executed' THEN 'step' WHEN 'decided' THEN 'decision' WHEN 'started' THEN 'procedure'
        ELSE 'sanction' END AS kind,
      coalesce(json_extract(payload, '$.step'), json_extract(payload, '$.decision'),
        json_extract(payload, '$.procedure'), json_extract(payload, '$.sanction')) AS rule,
      substr(stream, 9) AS project_id
    FROM events WHERE seq > ${after} AND seq <= ${upTo} AND type IN ('executed', 'decided', 'started', 'sanction')
      AND stream LIKE 'project:%'`
}

const UNTIL = sql`(SELECT seq FROM rule_uses_until)`

/** Statements that gather the next `count` entries of the log. */
export function gatherUsesStatements(count: number): Statement[] {
  return [
    sql`INSERT OR IGNORE INTO rule_uses (kind, rule, project_id) ${usesBetween(UNTIL, sql`${UNTIL} + ${count}`)}`,
    sql`UPDATE rule_uses_until SET seq = min(seq + ${count}, (SELECT ifnull(max(seq), 0) FROM events))`,
  ]
}

/** Entries of the log that are not gathered yet. */
export function ungatheredStatement(): Statement {
  return sql`SELECT (SELECT ifnull(max(seq), 0) FROM events) - seq AS entries FROM rule_uses_until`
}

/** Forgets what was gathered. */
export function forgetUsesStatements(): Statement[] {
  return [sql`DELETE FROM rule_uses`, sql`UPDATE rule_uses_until SET seq = 0`]
}

/** Projects by rule: what was gathered, what came since, and the sanctions that projects put on their units. */
export function countUsesStatement(): Statement {
  return sql`SELECT kind, rule, count(*) AS projects FROM (
      SELECT kind, rule, project_id FROM rule_uses
      UNION ${usesBetween(UNTIL, sql`9223372036854775807`)}
      UNION SELECT 'sanction', sanction, project_id FROM unit_sanctions WHERE act = 'impose')
    GROUP BY kind, rule ORDER BY kind, rule`
}
