import { createHash } from 'node:crypto'
import type { Database } from './database.ts'
import { type Row, sql, text } from './statement.ts'

/** One step of a schema. Never edited once released: its hash is kept in every database that has it. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** SHA-256 over name and statements. */
export function migrationHash({ name, statements }: Migration): string {
  return createHash('sha256')
    .update(JSON.stringify([name, statements]))
    .digest('hex')
}

/** One hash for a whole chain of migrations: equal hash, equal schema. */
export function schemaHash(migrations: readonly Migration[]): string {
  return createHash('sha256').update(migrations.map(migrationHash).join()).digest('hex')
}

/**
 * Brings a database to the end of the chain. Each migration and its bookkeeping are one transaction, so a crash
 * leaves a prefix and the next run goes on. Throws when an applied migration differs from the one in the code
 * or is unknown to it (an older program on a newer database).
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  now: Date,
): Promise<{ applied: string[] }> {
  const done = await appliedMigrations(database)
  done.forEach((row, i) => {
    const known = migrations[i]
    if (!known)
      throw new Error(`the database has migration ${text(row, 'name')}, which this program does not know`)
    if (known.name !== text(row, 'name') || migrationHash(known) !== text(row, 'hash'))
      throw new Error(`migration ${known.name} is not the one that was applied`)
  })
  const applied: string[] = []
  for (const migration of migrations.slice(done.length)) {
    await database.write([
      sql`CREATE TABLE IF NOT EXISTS migrations (
        n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`,
      sql`INSERT INTO migrations (n, name, hash, applied_at)
        VALUES (${done.length + applied.length + 1}, ${migration.name}, ${migrationHash(migration)}, ${now.toISOString()})`,
      ...migration.statements.map((statement) => ({ sql: statement, args: [] })),
    ])
    applied.push(migration.name)
  }
  return { applied }
}

async function appliedMigrations(database: Database): Promise<Row[]> {
  const [tables] = await database.read([
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`,
  ])
  if (!tables?.length) return []
  const [rows] = await database.read([sql`SELECT name, hash FROM migrations ORDER BY n`])
  return rows ?? []
}
