import { sql } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'
import { hashPassword, oneTimePassword } from './password.ts'

/** Makes the first platform administrator `admin` where there is none; gives its password, which is shown once. */
export async function ensurePlatformAdministrator(deps: Deps): Promise<string | undefined> {
  const control = deps.databases.control()
  const [rows] = await control.read([
    sql`SELECT 1 AS one FROM platform_users WHERE role = 'platform-administrator' LIMIT 1`,
  ])
  if (rows?.length) return undefined
  const password = oneTimePassword(deps.randomBytes)
  await addPlatformUser(deps, {
    login: 'admin',
    name: '平台管理员',
    role: 'platform-administrator',
    password,
  })
  return password
}

/** A person of the platform; overseers have the division that they look down from. */
export interface PlatformUser {
  login: string
  name: string
  role: 'platform-administrator' | 'overseer'
  division?: string
  password: string
}

/** Adds a person of the platform. Called by the entry and the command line, which need no session. */
export async function addPlatformUser(deps: Deps, user: PlatformUser): Promise<void> {
  const hash = await hashPassword(user.password, deps.randomBytes)
  await deps.databases.control().write([
    sql`INSERT INTO platform_users (id, login, name, role, division, status, password, created_at) VALUES (${deps.newId()},
      ${user.login}, ${user.name}, ${user.role}, ${user.division}, 'active', ${hash}, ${deps.now().toISOString()})`,
  ])
}
