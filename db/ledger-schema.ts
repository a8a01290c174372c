/**
 * What every database that keeps a truth of its own has: the event log, the audit chains, the idempotency keys.
 * Part of the first migration of control and tenant databases; never edited, only added to by later migrations.
 * Tables that only grow keep their rows in the order of their coming (no WITHOUT ROWID): a long row put between two
 * others would split pages, a short index entry rarely does.
 */
export const LEDGER_SCHEMA: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    type TEXT NOT NULL,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (json_valid(actor)),
    cause TEXT,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    UNIQUE (stream, version)) STRICT`,
  `CREATE TRIGGER events_in_order BEFORE INSERT ON events
    WHEN NEW.version <> 1 + coalesce((SELECT max(version) FROM events WHERE stream = NEW.stream), 0)
    BEGIN SELECT raise(ABORT, 'events_in_order'); END`,
  `CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events_are_kept'); END`,
  `CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events_stay'); END`,
  // The trigger lets an entry follow only the last one of its chain, by number and by hash: a chain cannot fork.
  `CREATE TABLE audit (
    chain TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    prev TEXT NOT NULL CHECK (length(prev) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    algorithm TEXT NOT NULL,
    entry TEXT NOT NULL CHECK (json_valid(entry)),
    PRIMARY KEY (chain, n)) STRICT`,
  `CREATE TRIGGER audit_head BEFORE INSERT ON audit
    WHEN NEW.n <> 1 + coalesce((SELECT max(n) FROM audit WHERE chain = NEW.chain), 0)
      OR NEW.prev <> coalesce((SELECT hash FROM audit WHERE chain = NEW.chain ORDER BY n DESC LIMIT 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT raise(ABORT, 'audit_head'); END`,
  `CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit_is_kept'); END`,
  `CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit_stays'); END`,
  `CREATE TABLE idempotency (
    user_id TEXT NOT NULL,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    request TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (json_valid(answer)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, key)) STRICT`,
  `CREATE TABLE throttle (
    key TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    until TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE INDEX throttle_age ON throttle (until)`,
]
