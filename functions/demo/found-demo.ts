import type { Act } from '../../db/ledger.ts'
import { append } from '../../db/tenant/append.ts'
import type { Deps } from '../deps.ts'
import { shanghaiDay } from '../services/context.ts'
import { insertUser, userAdded } from '../services/people/add-user.ts'
import { addPlatformUser } from '../services/people/ensure-platform-administrator.ts'
import { hashPassword } from '../services/people/password.ts'
import { controlStatements } from '../services/tenants/add-tenant.ts'
import { loadedPolicy } from '../services/tenants/checked-policy.ts'
import { provisionTenant } from '../services/tenants/provision-tenant.ts'
import { type Cast, castOf, DEMO_PASSWORD } from './cast.ts'
import type { DemoTenant } from './demo-files.ts'

/** Who the log says has made what the demo begins with. */
const FOUNDER = { user: 'demo', name: '演示数据' }

/** Adds a jurisdiction with its organisations and people. */
export async function foundTenant(deps: Deps, tenant: DemoTenant, passwordHash: string): Promise<Cast> {
  const plan = {
    text: tenant.policyText,
    file: tenant.policyFile,
    effectiveOn: tenant.dayUnseen ? tenant.demo.effectiveOn : undefined,
    units: tenant.demo.units,
    administrator: { login: 'admin', name: '系统管理员', password: DEMO_PASSWORD },
  }
  const act: Act = { at: deps.now(), actor: FOUNDER, requestId: deps.newId() }
  const provisioned = await provisionTenant(deps, act, plan, async () => false, loadedPolicy)
  await deps.databases.control().write(controlStatements(provisioned, plan, act))
  const cast = castOf(provisioned.id, tenant.policy, provisioned.organisations, deps.newId)
  const users = cast.members.map(({ id, login, name, role, organisation }) => ({
    id,
    login,
    name,
    role,
    status: 'active',
    organisationId: organisation.id,
  }))
  await append(deps.databases.tenant(provisioned.id), {
    act,
    others: users.map((user) => userAdded(user, shanghaiDay(act.at))),
    projections: users.map((user) => insertUser(user, passwordHash, act.at)),
  })
  return cast
}

/** One hash for everybody: the password is printed anyway, and hashing it hundreds of times would take long. */
export function demoPasswordHash(deps: Deps): Promise<string> {
  return hashPassword(DEMO_PASSWORD, deps.randomBytes)
}

/** A person of the platform in the demo. */
export interface PlatformMember {
  login: string
  name: string
  role: 'platform-administrator' | 'overseer'
  division?: string
}

/** The platform's administrator, and an overseer for each province that has a jurisdiction here. */
export function platformCast(tenants: readonly DemoTenant[]): PlatformMember[] {
  const provinces = new Map<string, string>()
  for (const { superior, name } of tenants) {
    const province = /^.+?(?:省|自治区)/.exec(name)?.[0]
    if (superior && province) provinces.set(`${superior.slice(0, 2)}0000`, province)
  }
  return [
    { login: 'admin', name: '平台管理员', role: 'platform-administrator' },
    ...[...provinces].sort().map(([division, province]) => ({
      login: `overseer-${division}`,
      name: `${province}监管员`,
      role: 'overseer' as const,
      division,
    })),
  ]
}

/** Adds the people of the platform. */
export async function foundPlatform(deps: Deps, tenants: readonly DemoTenant[]): Promise<void> {
  for (const member of platformCast(tenants))
    await addPlatformUser(deps, { ...member, password: DEMO_PASSWORD })
}
