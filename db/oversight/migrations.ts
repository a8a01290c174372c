import type { Migration } from '../migrate.ts'

/** The superior jurisdictions' read model. Nothing here is a truth: it is made from the tenants' event logs. */
export const OVERSIGHT_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-foundation',
    statements: [
      `CREATE TABLE cursors (
        tenant_id TEXT PRIMARY KEY,
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        as_of TEXT NOT NULL,
        fed_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE projects (
        tenant_id TEXT NOT NULL,
        id TEXT NOT NULL,
        division TEXT NOT NULL CHECK (length(division) = 6),
        title TEXT NOT NULL,
        organisation TEXT NOT NULL,
        plan_year INTEGER,
        nature TEXT,
        category TEXT,
        stage TEXT NOT NULL,
        ended TEXT,
        estimate INTEGER,
        approved INTEGER,
        budget INTEGER,
        contracted INTEGER,
        version INTEGER NOT NULL,
        PRIMARY KEY (tenant_id, id)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX projects_by_division ON projects (division, tenant_id, id)`,
      `CREATE INDEX projects_summary ON projects (division, stage, plan_year, category)`,
      `CREATE TABLE obligations (
        tenant_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        item TEXT NOT NULL,
        division TEXT NOT NULL CHECK (length(division) = 6),
        step TEXT NOT NULL,
        party TEXT NOT NULL,
        due_on TEXT CHECK (length(due_on) = 10),
        PRIMARY KEY (tenant_id, project_id, item)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX obligations_due ON obligations (division, due_on)`,
      `CREATE TABLE stage_spans (
        tenant_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        n INTEGER NOT NULL,
        division TEXT NOT NULL CHECK (length(division) = 6),
        stage TEXT NOT NULL,
        from_on TEXT NOT NULL,
        to_on TEXT,
        days INTEGER,
        PRIMARY KEY (tenant_id, project_id, n)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX stage_spans_median ON stage_spans (division, stage, days)`,
    ],
  },
]
