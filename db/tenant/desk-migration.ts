import type { Migration } from '../migrate.ts'

/**
 * What a clerk's desk holds beside the cases: notices, who has a to-do in hand, drafts, sign-ins.
 * Notices without an `origin` and `desk` are derived from the events; the rest is kept as it is.
 */
export const DESK: Migration = {
  name: '0003-desk',
  statements: [
    // Recipient: an organisation or a person. `origin` names what a reminder was made of, so that it comes once.
    `CREATE TABLE notices (
      recipient TEXT NOT NULL,
      id TEXT NOT NULL,
      category TEXT NOT NULL CHECK (category IN
        ('returned', 'result', 'sanction', 'received', 'copy', 'urged', 'handed', 'due-soon', 'overdue')),
      subject TEXT NOT NULL,
      step TEXT,
      about TEXT NOT NULL CHECK (json_valid(about)),
      origin TEXT,
      PRIMARY KEY (recipient, id)) STRICT`,
    `CREATE UNIQUE INDEX notices_once ON notices (origin) WHERE origin IS NOT NULL`,
    // Up to which notice a person has read everything, and what was read one by one after it.
    `CREATE TABLE notice_preferences (
      user_id TEXT PRIMARY KEY REFERENCES users (id),
      read_to TEXT NOT NULL DEFAULT '',
      muted TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(muted))) STRICT, WITHOUT ROWID`,
    `CREATE TABLE notice_reads (
      user_id TEXT NOT NULL REFERENCES users (id),
      notice_id TEXT NOT NULL,
      PRIMARY KEY (user_id, notice_id)) STRICT, WITHOUT ROWID`,
    // A to-do in somebody's hands, and when it was last urged; the to-do itself may come and go.
    `CREATE TABLE desk (
      subject TEXT NOT NULL,
      item TEXT NOT NULL,
      organisation_id TEXT NOT NULL,
      holder_id TEXT,
      held_since TEXT,
      note TEXT,
      urged_on TEXT CHECK (length(urged_on) = 10),
      urges INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (subject, item, organisation_id)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX todos_due ON todos (due_on, subject, item, organisation_id) WHERE due_on IS NOT NULL`,
    // What a person has begun and done, found in the log itself.
    `CREATE INDEX events_begun ON events (json_extract(actor, '$.user'), seq) WHERE type IN ('opened', 'started')`,
    `CREATE INDEX events_done ON events (json_extract(actor, '$.user'), seq)
      WHERE type IN ('executed', 'confirmed', 'opinion', 'witnessed', 'decided')`,
    `CREATE TABLE drafts (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id),
      kind TEXT NOT NULL CHECK (kind IN ('declaration')),
      title TEXT NOT NULL,
      content TEXT NOT NULL CHECK (json_valid(content)),
      version INTEGER NOT NULL CHECK (version > 0),
      updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE INDEX drafts_by_user ON drafts (user_id, id)`,
    `CREATE TABLE sign_ins (
      n INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN
        ('signed-in', 'wrong', 'too-many', 'signed-out', 'ended-elsewhere', 'ended-by-administrator', 'expired')),
      user_id TEXT REFERENCES users (id),
      address TEXT NOT NULL) STRICT`,
    `CREATE INDEX sign_ins_by_user ON sign_ins (user_id, n)`,
    `CREATE INDEX sign_ins_age ON sign_ins (at)`,
    `ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT ''`,
    // A name that an organisation had: facts and records that say it still mean that organisation.
    `CREATE TABLE former_names (
      name TEXT PRIMARY KEY,
      organisation_id TEXT NOT NULL REFERENCES organisations (id)) STRICT, WITHOUT ROWID`,
  ],
}
