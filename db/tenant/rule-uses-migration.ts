import type { Migration } from '../migrate.ts'

/**
 * Which rules have met which projects: derived from the events, gathered behind the acts. A rule is named by its key
 * once; how many projects it has met is kept beside it, since a page shows all of them at once.
 */
export const RULE_USES: Migration = {
  name: '0008-rule-uses-of-every-kind',
  statements: [
    'DROP TABLE rule_uses',
    'DROP TABLE rule_uses_until',
    `CREATE TABLE touched_rules (
      id INTEGER PRIMARY KEY,
      rule TEXT NOT NULL UNIQUE,
      projects INTEGER NOT NULL DEFAULT 0) STRICT`,
    `CREATE TABLE rule_uses (
      project_id TEXT NOT NULL,
      rule INTEGER NOT NULL REFERENCES touched_rules (id),
      PRIMARY KEY (project_id, rule)) STRICT, WITHOUT ROWID`,
    `CREATE TRIGGER rule_uses_counted AFTER INSERT ON rule_uses
      BEGIN UPDATE touched_rules SET projects = projects + 1 WHERE id = new.rule; END`,
    // How far the log has been gathered; while all projects are walked through, the last one that was; and for which
    // versions of the policy: with another one the articles of all projects are gathered too.
    `CREATE TABLE rule_uses_until (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      seq INTEGER NOT NULL,
      walked TEXT,
      law TEXT NOT NULL) STRICT`,
    "INSERT INTO rule_uses_until (one, seq, walked, law) VALUES (1, 0, 'project:', '')",
  ],
}
