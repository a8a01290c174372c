import type { Migration } from '../migrate.ts'

/**
 * What the tenant's own regulation says, beside the policy that was written from it. The text is kept as it was given, its
 * parts are made of it; which text it was stands in the log by its fingerprint.
 */
export const REGULATIONS: Migration = {
  name: '0007-regulations',
  statements: [
    `CREATE TABLE regulations (
      policy TEXT PRIMARY KEY REFERENCES policies (hash),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      given_at TEXT NOT NULL,
      given_by TEXT NOT NULL,
      -- the last, so that what stands before it is read without it
      text TEXT NOT NULL) STRICT`,
    `CREATE TABLE regulation_parts (
      policy TEXT NOT NULL REFERENCES policies (hash),
      n INTEGER NOT NULL,
      unit TEXT NOT NULL,
      chapter TEXT,
      title TEXT,
      paragraphs TEXT NOT NULL CHECK (json_valid(paragraphs)),
      PRIMARY KEY (policy, n)) STRICT`,
    'CREATE INDEX regulation_parts_by_unit ON regulation_parts (unit, policy)',
  ],
}
