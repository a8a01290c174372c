import { LEDGER_SCHEMA } from '../ledger-schema.ts'
import type { Migration } from '../migrate.ts'

/** The control database: which tenants there are, by which policies, and who runs or oversees the platform. */
export const CONTROL_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-foundation',
    statements: [
      ...LEDGER_SCHEMA,
      `CREATE TABLE tenants (
        id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
        name TEXT NOT NULL,
        division TEXT NOT NULL CHECK (length(division) = 6),
        level TEXT NOT NULL,
        superior TEXT,
        database_schema TEXT NOT NULL,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX tenants_by_division ON tenants (division)`,
      `CREATE TABLE policies (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
        title TEXT NOT NULL,
        number TEXT,
        text TEXT NOT NULL,
        adopted_at TEXT NOT NULL,
        adopted_by TEXT NOT NULL,
        PRIMARY KEY (tenant_id, hash),
        UNIQUE (tenant_id, effective_on)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE fleet (
        tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
        database_schema TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('current', 'failed')),
        error TEXT,
        tried_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE platform_users (
        id TEXT PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('platform-administrator', 'overseer')),
        division TEXT CHECK (length(division) = 6),
        status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
        password TEXT NOT NULL,
        created_at TEXT NOT NULL,
        CHECK (role <> 'overseer' OR division IS NOT NULL)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE sessions (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES platform_users (id),
        seen_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX sessions_by_user ON sessions (user_id)`,
      `CREATE INDEX sessions_age ON sessions (ends_at)`,
      // Heads of the tenants' audit chains, kept apart so that cutting off a chain's tail shows.
      `CREATE TABLE anchors (
        tenant_id TEXT NOT NULL REFERENCES tenants (id),
        chain TEXT NOT NULL,
        n INTEGER NOT NULL,
        hash TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        PRIMARY KEY (tenant_id, chain)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE anchor_cursors (
        tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    ],
  },
]
