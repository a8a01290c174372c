import { LEDGER_SCHEMA } from '../ledger-schema.ts'
import type { Migration } from '../migrate.ts'
import { DESK } from './desk-migration.ts'
import { REGULATIONS } from './regulation-migration.ts'
import { RULE_USES } from './rule-uses-migration.ts'

const flag = (column: string): string => `${column} INTEGER NOT NULL CHECK (${column} IN (0, 1))`

const WORDS = 'title, unit, code, initials'
const FORGET = `INSERT INTO project_search (project_search, rowid, ${WORDS})
  VALUES ('delete', old.n, old.title, old.unit, old.code, old.initials)`
const LEARN = `INSERT INTO project_search (rowid, ${WORDS}) VALUES (new.n, new.title, new.unit, new.code, new.initials)`

/** The index follows the words by itself. */
const WORD_TRIGGERS = [
  `CREATE TRIGGER project_words_in AFTER INSERT ON project_words BEGIN ${LEARN}; END`,
  `CREATE TRIGGER project_words_out AFTER DELETE ON project_words BEGIN ${FORGET}; END`,
  `CREATE TRIGGER project_words_changed AFTER UPDATE ON project_words BEGIN ${FORGET}; ${LEARN}; END`,
]

/**
 * One tenant's database. `events` and what the directory tables and `regulations` hold is the truth; everything from
 * `streams` to `announcements` can be made again from the events, `regulation_parts` from the texts.
 */
export const TENANT_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-foundation',
    statements: [
      ...LEDGER_SCHEMA,
      `CREATE TABLE policies (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        effective_on TEXT NOT NULL UNIQUE CHECK (length(effective_on) = 10),
        text TEXT NOT NULL,
        adopted_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE organisations (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE TABLE organisation_parties (
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        party TEXT NOT NULL,
        PRIMARY KEY (organisation_id, party)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX organisations_by_party ON organisation_parties (party, organisation_id)`,
      // Parties that differ from unit to unit, such as the department that a unit answers to.
      `CREATE TABLE unit_parties (
        unit_id TEXT NOT NULL REFERENCES organisations (id),
        party TEXT NOT NULL,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        PRIMARY KEY (unit_id, party)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE users (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('administrator', 'handler', 'reviewer', 'head', 'auditor')),
        status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
        password TEXT NOT NULL,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX users_by_organisation ON users (organisation_id, id)`,
      `CREATE TABLE sessions (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        seen_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX sessions_by_user ON sessions (user_id)`,
      `CREATE INDEX sessions_age ON sessions (ends_at)`,
      `CREATE TABLE materials (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        uploaded_by TEXT NOT NULL REFERENCES users (id),
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size > 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        storage_key TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX materials_by_organisation ON materials (organisation_id, id)`,
      // A statement that must find a row inserts its count here and takes it away again: 0 fails the batch.
      `CREATE TABLE guard (ok INTEGER NOT NULL CHECK (ok = 1)) STRICT`,
      // From here on: derived from the events.
      `CREATE TABLE streams (
        stream TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        n INTEGER NOT NULL,
        hash TEXT NOT NULL,
        state TEXT NOT NULL CHECK (json_valid(state))) STRICT, WITHOUT ROWID`,
      `CREATE TABLE projects (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        title TEXT NOT NULL,
        policy TEXT NOT NULL REFERENCES policies (hash),
        plan_year INTEGER,
        nature TEXT,
        estimate INTEGER,
        ${flag('secret')},
        track TEXT,
        stage TEXT NOT NULL,
        ${flag('settled')},
        ended TEXT,
        version INTEGER NOT NULL CHECK (version > 0),
        as_of TEXT NOT NULL CHECK (length(as_of) = 10),
        next_change_on TEXT CHECK (length(next_change_on) = 10),
        -- how often these rows were made: who writes only differences makes sure that nobody did meanwhile
        made INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX projects_by_organisation ON projects (organisation_id, id)`,
      `CREATE INDEX projects_by_stage ON projects (stage, id)`,
      `CREATE INDEX projects_by_year ON projects (plan_year, id)`,
      `CREATE INDEX projects_next_change ON projects (next_change_on, id) WHERE next_change_on IS NOT NULL`,
      `CREATE TABLE project_parties (
        project_id TEXT NOT NULL REFERENCES projects (id),
        party TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        PRIMARY KEY (project_id, party, organisation_id)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX projects_by_holder ON project_parties (organisation_id, project_id)`,
      `CREATE TABLE todos (
        subject TEXT NOT NULL,
        item TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        party TEXT NOT NULL,
        step TEXT NOT NULL,
        title TEXT NOT NULL,
        due_on TEXT CHECK (length(due_on) = 10),
        ${flag('provisional')},
        ${flag('open')},
        sort_key TEXT NOT NULL,
        PRIMARY KEY (subject, item, organisation_id)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX todos_mine ON todos (organisation_id, sort_key, subject, item)`,
      `CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        project_id TEXT NOT NULL,
        document TEXT NOT NULL,
        title TEXT NOT NULL,
        step TEXT NOT NULL,
        outcome TEXT,
        issued_on TEXT NOT NULL,
        version INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX documents_by_project ON documents (project_id, id)`,
      `CREATE TABLE material_uses (
        material_id TEXT NOT NULL REFERENCES materials (id),
        project_id TEXT NOT NULL,
        step TEXT NOT NULL,
        PRIMARY KEY (material_id, project_id, step)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX material_uses_by_project ON material_uses (project_id)`,
      // What projects have put on their unit or taken from it; `n` is the order within the project.
      `CREATE TABLE unit_sanctions (
        project_id TEXT NOT NULL,
        n INTEGER NOT NULL,
        organisation_id TEXT NOT NULL,
        sanction TEXT NOT NULL,
        act TEXT NOT NULL CHECK (act IN ('impose', 'lift')),
        act_on TEXT NOT NULL CHECK (length(act_on) = 10),
        cause TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (project_id, n)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX unit_sanctions_by_unit ON unit_sanctions (organisation_id, act_on)`,
      `CREATE TABLE batches (
        id TEXT PRIMARY KEY,
        procedure TEXT NOT NULL,
        year INTEGER,
        -- procedure and year, where there is one batch a year
        once TEXT UNIQUE,
        policy TEXT NOT NULL REFERENCES policies (hash),
        title TEXT NOT NULL,
        ended TEXT,
        version INTEGER NOT NULL CHECK (version > 0),
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      `CREATE INDEX batches_by_procedure ON batches (procedure, id)`,
      `CREATE TABLE batch_items (
        batch_id TEXT NOT NULL REFERENCES batches (id),
        project_id TEXT NOT NULL,
        step TEXT NOT NULL,
        outcome TEXT,
        records TEXT NOT NULL CHECK (json_valid(records)),
        PRIMARY KEY (batch_id, project_id, step)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX batch_items_by_project ON batch_items (project_id)`,
      `CREATE TABLE register_entries (
        register TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        level TEXT,
        from_on TEXT CHECK (length(from_on) = 10),
        to_on TEXT CHECK (length(to_on) = 10),
        PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID`,
      `CREATE INDEX register_names ON register_entries (name)`,
      `CREATE TABLE announcements (
        step TEXT NOT NULL,
        year INTEGER NOT NULL,
        from_on TEXT CHECK (length(from_on) = 10),
        to_on TEXT NOT NULL CHECK (length(to_on) = 10),
        PRIMARY KEY (step, year)) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: '0002-lists',
    statements: [
      ...[
        'code TEXT',
        'category TEXT',
        'approved INTEGER',
        'budget INTEGER',
        'contract INTEGER',
        'paid INTEGER',
        'final INTEGER',
        'due_on TEXT CHECK (length(due_on) = 10)',
        'due_title TEXT',
        'exceptions TEXT CHECK (json_valid(exceptions))',
        'gates TEXT CHECK (json_valid(gates))',
        // What lists are sorted by; a row without the value stands at the end.
        'amount_key INTEGER NOT NULL GENERATED ALWAYS AS (ifnull(estimate, -1)) VIRTUAL',
        "due_key TEXT NOT NULL GENERATED ALWAYS AS (ifnull(due_on, '9999-12-31')) VIRTUAL",
      ].map((column) => `ALTER TABLE projects ADD COLUMN ${column}`),
      'CREATE INDEX projects_by_change ON projects (updated_at, id)',
      'CREATE INDEX projects_by_amount ON projects (amount_key, id)',
      'CREATE INDEX projects_by_due ON projects (due_key, id)',
      // Lists walk the order that they are shown in and filter on the way.
      'DROP INDEX projects_by_stage',
      // The words of a project with a space around each Han character, and the first letters of their pinyin.
      `CREATE TABLE project_words (
        n INTEGER PRIMARY KEY,
        project_id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        unit TEXT NOT NULL,
        code TEXT NOT NULL,
        initials TEXT NOT NULL) STRICT`,
      `CREATE VIRTUAL TABLE project_search USING fts5 (title, unit, code, initials, content = 'project_words', content_rowid = 'n')`,
      ...WORD_TRIGGERS,
      // What a person keeps for himself: no part of any case, so no events.
      `CREATE TABLE views (
        id TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        name TEXT NOT NULL,
        ${flag('shared')},
        query TEXT NOT NULL,
        columns TEXT NOT NULL CHECK (json_valid(columns)),
        version INTEGER NOT NULL CHECK (version > 0),
        updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      'CREATE INDEX views_by_user ON views (user_id, id)',
      'CREATE INDEX views_shared ON views (organisation_id, id) WHERE shared = 1',
      `CREATE TABLE preferences (
        user_id TEXT PRIMARY KEY REFERENCES users (id),
        content TEXT NOT NULL CHECK (json_valid(content)),
        version INTEGER NOT NULL CHECK (version > 0),
        updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
      // The sweep fills the new columns of what is already there.
      "UPDATE projects SET next_change_on = '2000-01-01'",
    ],
  },
  DESK,
  {
    name: '0004-rule-uses',
    statements: [
      `CREATE TABLE rule_uses (
        kind TEXT NOT NULL CHECK (kind IN ('step', 'decision', 'procedure', 'sanction')),
        rule TEXT NOT NULL,
        project_id TEXT NOT NULL,
        PRIMARY KEY (kind, rule, project_id)) STRICT, WITHOUT ROWID`,
      // How far the log has been gathered.
      'CREATE TABLE rule_uses_until (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT',
      'INSERT INTO rule_uses_until (one, seq) VALUES (1, 0)',
    ],
  },
  {
    // One row that says whether what every request hangs on is still what it was: a new random stamp with every change,
    // so that two databases, or one before and after it was put back from a copy, never share a stamp by counting alike.
    name: '0005-directory-stamp',
    statements: [
      `CREATE TABLE directory_stamp (only INTEGER PRIMARY KEY CHECK (only = 1), stamp TEXT NOT NULL) STRICT`,
      `INSERT INTO directory_stamp (only, stamp) VALUES (1, lower(hex(randomblob(12))))`,
      ...['policies', 'organisation_parties', 'unit_parties', 'announcements'].flatMap((table) =>
        ['INSERT', 'UPDATE', 'DELETE'].map(
          (verb) => `CREATE TRIGGER ${table}_${verb.toLowerCase()}_stamped AFTER ${verb} ON ${table}
            BEGIN UPDATE directory_stamp SET stamp = lower(hex(randomblob(12))); END`,
        ),
      ),
    ],
  },
  {
    name: '0006-register-organisations',
    // Where an expert works: who belongs to a party of the case must stand aside.
    statements: ['ALTER TABLE register_entries ADD COLUMN organisation TEXT'],
  },
  REGULATIONS,
  RULE_USES,
]
