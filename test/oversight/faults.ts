import { type Database, DatabaseError, type Databases } from '../../db/database.ts'
import type { Row } from '../../db/statement.ts'
import type { Deps } from '../../functions/deps.ts'

/** The process is dead: nothing it still asks for is done. */
export class Crash extends Error {}

/** Where a process dies: at its nth call to any database, before it or after it was carried out. */
export interface CrashPoint {
  call: number
  when: 'before' | 'after'
}

/** Dependencies of a process that dies at a point; `calls` tells how many there were. */
export function dying(deps: Deps, point: CrashPoint | undefined): { deps: Deps; calls: () => number } {
  let calls = 0
  let dead = false
  const guarded = (database: Database): Database => {
    const through = async (work: () => Promise<Row[][]>): Promise<Row[][]> => {
      if (dead) throw new Crash()
      const now = ++calls === point?.call
      if (now && point.when === 'before') dead = true
      if (dead) throw new Crash()
      const rows = await work()
      if (now) {
        dead = true
        throw new Crash()
      }
      return rows
    }
    return {
      read: (statements) => through(() => database.read(statements)),
      write: (statements) => through(() => database.write(statements)),
    }
  }
  return { deps: { ...deps, databases: each(deps.databases, guarded, guarded) }, calls: () => calls }
}

/**
 * Tenants over a bad line: what they send is partly sent twice, out of order or not at all; some do not answer; some
 * calls to the read model are carried out while the answer gets lost.
 */
export function badLine(deps: Deps, random: () => number, down: ReadonlySet<string>): Deps {
  const mangled = (rows: Row[]): Row[] => {
    const twice = rows.flatMap((row) => (random() < 0.3 ? [row, { ...row }] : [row]))
    const lossy = random() < 0.2 ? twice.filter(() => random() > 0.1) : twice
    return random() < 0.5 ? lossy.toSorted(() => random() - 0.5) : lossy
  }
  const tenant = (database: Database, id: string): Database => ({
    async read(statements) {
      if (down.has(id)) throw new DatabaseError('unknown', 'no route to host')
      const rows = await database.read(statements)
      return rows.map((part, i) => (statements[i]!.sql.includes('ORDER BY seq LIMIT') ? mangled(part) : part))
    },
    write: (statements) => database.write(statements),
  })
  const oversight = (database: Database): Database => ({
    read: (statements) => database.read(statements),
    async write(statements) {
      if (random() < 0.05) throw new DatabaseError('busy', 'lost on the way there')
      const rows = await database.write(statements)
      if (random() < 0.05) throw new DatabaseError('unknown', 'lost on the way back')
      return rows
    },
  })
  return { ...deps, databases: each(deps.databases, oversight, tenant) }
}

function each(
  databases: Databases,
  oversight: (database: Database) => Database,
  tenant: (database: Database, id: string) => Database,
): Databases {
  return {
    ...databases,
    control: () => databases.control(),
    oversight: () => oversight(databases.oversight()),
    tenant: (id) => tenant(databases.tenant(id), id),
  }
}
