import { type Client, createClient, LibsqlError } from '@libsql/client/web'
import { type Database, DatabaseError, type Databases, kindOf } from './database.ts'
import { migrate } from './migrate.ts'
import { bindable, type Row, type SqlValue, type Statement } from './statement.ts'
import { TENANT_MIGRATIONS } from './tenant/migrations.ts'

/** Where the databases are. `tenantUrl` holds `{tenant}`; a base URL with a path ends with a slash. */
export interface RemoteConfig {
  controlUrl: string
  oversightUrl: string
  tenantUrl: string
  token?: string
  /** Base of sqld's admin API, which makes namespaces; without it the server must make them by itself. */
  adminUrl?: string
  fetch?: typeof globalThis.fetch
}

/** Databases over HTTP. Clients belong to one request: make this anew for each and keep nothing of it. */
export function openRemote(config: RemoteConfig, now: () => Date): Databases {
  const opened = new Map<string, RemoteDatabase>()
  const at = (url: string): Database => {
    const known = opened.get(url)
    if (known) return known
    const database = new RemoteDatabase(
      createClient({ url, authToken: config.token, fetch: config.fetch, concurrency: 6 }),
    )
    opened.set(url, database)
    return database
  }
  const tenant = (id: string): Database => {
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) throw new DatabaseError('missing', 'no such database')
    return at(config.tenantUrl.replace('{tenant}', id))
  }
  return {
    control: () => at(config.controlUrl),
    oversight: () => at(config.oversightUrl),
    tenant,
    async createTenant(id) {
      if (config.adminUrl) await createNamespace(config, id)
      await migrate(tenant(id), TENANT_MIGRATIONS, now())
    },
    close() {
      for (const database of opened.values()) database.close()
    },
  }
}

class RemoteDatabase implements Database {
  constructor(private readonly client: Client) {}

  read(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#batch(statements, 'read')
  }

  write(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#batch(statements, 'write')
  }

  close(): void {
    this.client.close()
  }

  async #batch(statements: readonly Statement[], mode: 'read' | 'write'): Promise<Row[][]> {
    try {
      const results = await this.client.batch(
        statements.map(({ sql, args }) => ({ sql, args: args.map(bindable) })),
        mode,
      )
      return results.map((result) =>
        result.rows.map((row) => {
          const out: Row = {}
          result.columns.forEach((column, i) => {
            out[column] = fromWire(row[i])
          })
          return out
        }),
      )
    } catch (error) {
      if (!(error instanceof LibsqlError)) throw new DatabaseError('unknown', String(error), { cause: error })
      throw new DatabaseError(kindOf(error.code, error.rawCode), error.message, { cause: error })
    }
  }
}

function fromWire(value: unknown): SqlValue {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (typeof value === 'bigint') return Number(value)
  return (value ?? null) as SqlValue
}

/** Makes a namespace through sqld's admin API; one that is there is left as it is. */
export async function createNamespace(config: RemoteConfig, id: string): Promise<void> {
  const call = config.fetch ?? fetch
  const response = await call(`${config.adminUrl}/v1/namespaces/${id}/create`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(config.token && { authorization: `Bearer ${config.token}` }),
    },
    body: '{}',
  })
  const exists = response.status === 409 || response.status === 400
  if (!response.ok && !exists) throw new DatabaseError('unknown', `namespace not created: ${response.status}`)
}
