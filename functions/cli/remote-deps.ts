import { randomBytes } from 'node:crypto'
import { CONTROL_MIGRATIONS } from '../../db/control/migrations.ts'
import { migrate } from '../../db/migrate.ts'
import { createNamespace, openRemote, type RemoteConfig } from '../../db/open-remote.ts'
import { OVERSIGHT_MIGRATIONS } from '../../db/oversight/migrations.ts'
import { type Deps, idMaker } from '../deps.ts'
import { PolicyCache } from '../services/tenants/policies.ts'

/** The remote databases that the environment names, as wrangler.toml does; undefined when it names none. */
export function remoteConfig(environment: NodeJS.ProcessEnv): RemoteConfig | undefined {
  const { CONTROL_URL, OVERSIGHT_URL, TENANT_URL, DATABASE_ADMIN_URL, DATABASE_TOKEN } = environment
  if (!CONTROL_URL || !OVERSIGHT_URL || !TENANT_URL) return undefined
  return {
    controlUrl: CONTROL_URL,
    oversightUrl: OVERSIGHT_URL,
    tenantUrl: TENANT_URL,
    adminUrl: DATABASE_ADMIN_URL,
    token: DATABASE_TOKEN,
  }
}

/**
 * What the command line needs to work on databases over HTTP: the same that a Worker has, but for files. Makes the
 * control and oversight databases where they are missing and brings them to the newest schema.
 */
export async function remoteDeps(config: RemoteConfig, log: Deps['log']): Promise<Deps> {
  const now = (): Date => new Date()
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  const databases = openRemote(config, now)
  for (const name of ['control', 'oversight']) if (config.adminUrl) await createNamespace(config, name)
  await migrate(databases.control(), CONTROL_MIGRATIONS, now())
  await migrate(databases.oversight(), OVERSIGHT_MIGRATIONS, now())
  const none = (): never => {
    throw new Error('files are not at hand on the command line')
  }
  return {
    now,
    newId: idMaker(now, random),
    randomBytes: random,
    databases,
    files: { put: none, get: none, delete: none, async *list() {} },
    assets: { get: none },
    policies: new PolicyCache(),
    log,
    build: { version: 'cli', revision: 'cli' },
  }
}
