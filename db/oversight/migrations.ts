import type { Migration } from '../migrate.ts'

const AMOUNTS = ['estimate', 'approved', 'budget', 'contract', 'paid']

/**
 * The superior jurisdictions' read model. Nothing here is a truth: it is made from the tenants' event logs. What is
 * published are `projects`, `obligations` and `stage_spans`; `cursors` to `parked` are the feed's own memory.
 */
export const OVERSIGHT_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-foundation',
    statements: [
      // How far each tenant's log is read. `mark` is the hash of the last event read, so that another log under the
      // same numbers shows; `rev` counts the writes of the feed, so that of two feeders one finds its write refused.
      `CREATE TABLE cursors (
        tenant_id TEXT PRIMARY KEY,
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq >= 0),
        mark TEXT NOT NULL,
        made_by TEXT NOT NULL,
        as_of TEXT NOT NULL,
        rev INTEGER NOT NULL CHECK (rev > 0)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE tenant_folds (
        tenant_id TEXT PRIMARY KEY,
        fold TEXT NOT NULL CHECK (json_valid(fold))) STRICT, WITHOUT ROWID`,
      // `derived_on`: the day that the project's rows are made for, '' when they must be made anew, '9999-12-31' when
      // no day changes them any more. `made` is the hash of its rows, so that unchanged ones are not written again.
      `CREATE TABLE folds (
        tenant_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        derived_on TEXT NOT NULL,
        made TEXT NOT NULL,
        fold TEXT NOT NULL CHECK (json_valid(fold)),
        PRIMARY KEY (tenant_id, project_id)) STRICT`,
      `CREATE INDEX folds_to_derive ON folds (tenant_id, derived_on, project_id)`,
      `CREATE INDEX folds_by_organisation ON folds (tenant_id, organisation_id)`,
      `CREATE TABLE parked (
        tenant_id TEXT NOT NULL,
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        error TEXT NOT NULL,
        parked_at TEXT NOT NULL,
        PRIMARY KEY (tenant_id, stream)) STRICT, WITHOUT ROWID`,
      // The last contact with each tenant; of no account for what the rows say.
      `CREATE TABLE feeds (
        tenant_id TEXT PRIMARY KEY,
        head INTEGER NOT NULL,
        pulled_at TEXT,
        tried_at TEXT NOT NULL,
        error TEXT,
        stuck TEXT,
        tries INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE guard (ok INTEGER NOT NULL CHECK (ok = 1)) STRICT`,
      `CREATE TABLE projects (
        tenant_id TEXT NOT NULL,
        id TEXT NOT NULL,
        division TEXT NOT NULL CHECK (length(division) = 6),
        title TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        organisation TEXT,
        category TEXT,
        category_title TEXT,
        nature TEXT,
        track TEXT,
        plan_year INTEGER,
        stage TEXT NOT NULL,
        settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
        ended TEXT,
        opened_on TEXT NOT NULL CHECK (length(opened_on) = 10),
        ended_on TEXT CHECK (length(ended_on) = 10),
        ${AMOUNTS.map((column) => `${column} INTEGER`).join(', ')},
        version INTEGER NOT NULL CHECK (version > 0),
        PRIMARY KEY (tenant_id, id)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX projects_by_stage ON projects (tenant_id, stage, id)`,
      `CREATE INDEX projects_by_year ON projects (tenant_id, plan_year, id)`,
      `CREATE INDEX projects_by_category ON projects (tenant_id, category, id)`,
      `CREATE TABLE obligations (
        tenant_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        item TEXT NOT NULL,
        step TEXT NOT NULL,
        title TEXT NOT NULL,
        parties TEXT NOT NULL CHECK (json_valid(parties)),
        due_on TEXT NOT NULL CHECK (length(due_on) = 10),
        provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
        PRIMARY KEY (tenant_id, project_id, item)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX obligations_due ON obligations (tenant_id, due_on, project_id)`,
      `CREATE INDEX obligations_by_project ON obligations (tenant_id, project_id, due_on)`,
      // `days` of a stay that counts; `first` of such stays of the project in the stage, so that projects can be counted too.
      `CREATE TABLE stage_spans (
        tenant_id TEXT NOT NULL,
        project_id TEXT NOT NULL,
        n INTEGER NOT NULL,
        stage TEXT NOT NULL,
        entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
        left_on TEXT CHECK (length(left_on) = 10),
        days INTEGER CHECK (days > 0),
        first INTEGER NOT NULL CHECK (first IN (0, 1)),
        PRIMARY KEY (tenant_id, project_id, n)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX stage_spans_passed ON stage_spans (tenant_id, stage, days, first) WHERE days IS NOT NULL`,
    ],
  },
  {
    name: '0002-due-reasons',
    statements: [
      `ALTER TABLE projects ADD COLUMN policy_hash TEXT CHECK (length(policy_hash) = 64)`,
      `ALTER TABLE obligations ADD COLUMN reason TEXT CHECK (json_valid(reason))`,
      // Rows made before have neither: the next contact with each tenant makes all of them again from the folds.
      `UPDATE folds SET derived_on = '', made = ''`,
      `UPDATE cursors SET as_of = '', rev = rev + 1`,
    ],
  },
  {
    // The keys are written as the overseer's list orders by them.
    name: '0003-orders',
    statements: AMOUNTS.map(
      (column) => `CREATE INDEX projects_by_${column} ON projects (coalesce(${column}, -1), tenant_id, id)`,
    ),
  },
]
