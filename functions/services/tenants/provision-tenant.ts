import { sha256 } from '../../../db/canonical.ts'
import { DatabaseError } from '../../../db/database.ts'
import { type Act, START, type StreamAppend } from '../../../db/ledger.ts'
import { type Statement, sql } from '../../../db/statement.ts'
import { append } from '../../../db/tenant/append.ts'
import type { PolicyDocument } from '../../core/policy/document/document.ts'
import type { Deps } from '../../deps.ts'
import { shanghaiDay } from '../context.ts'
import { AppError } from '../errors.ts'
import { insertUser, userAdded } from '../people/add-user.ts'
import { hashPassword } from '../people/password.ts'
import { checkedPolicy, effectiveDay } from './checked-policy.ts'
import { organisationRows, organisationsFor } from './planned-organisations.ts'
import { regulationAdopted } from './regulation-text.ts'

/** Words that mean something else at that place of a path. */
const RESERVED = new Set(['platform', 'tenants', 'session', 'me', 'oversight', 'docs', 'openapi', 'control'])

/** A policy text and who is to administer the tenant. */
export interface TenantPlan {
  text: string
  /** Name of the file, for the positions in problems. */
  file: string
  name?: string
  /** Needed when the text does not show its day, refused when it does and differs. */
  effectiveOn?: string
  /** What the regulation itself says, where it is at hand. */
  regulation?: string
  /** Names of the first units; two samples without. */
  units?: string[]
  administrator: { login: string; name: string; password: string }
}

/** A tenant ready to be entered in the control database. */
export interface ProvisionedTenant {
  id: string
  name: string
  division: string
  level: string
  superior: string | undefined
  effectiveOn: string
  title: string
  number: string | undefined
  hash: string
  organisations: { id: string; name: string; parties: string[] }[]
}

/**
 * Checks the policy and makes the tenant's database with the organisations of its parties and an administrator.
 * Nothing leads to it until the control database names it, so a crashed attempt is simply made again.
 * Throws `policy-refused` with every problem and its position.
 */
export async function provisionTenant(
  deps: Deps,
  act: Act,
  plan: TenantPlan,
  isTaken: (id: string) => Promise<boolean>,
  read: (text: string, file: string, deps: Deps) => Promise<PolicyDocument> = checkedPolicy,
): Promise<ProvisionedTenant> {
  const document = await read(plan.text, plan.file, deps)
  const { jurisdiction, title, number } = document.policy
  if (RESERVED.has(jurisdiction.id)) throw new AppError('malformed', `编号 ${jurisdiction.id} 不能用作租户`)
  if (await isTaken(jurisdiction.id)) throw new AppError('taken', '已有这一租户')
  const today = shanghaiDay(act.at)
  const effectiveOn = effectiveDay(document, plan.effectiveOn)
  const hash = sha256(plan.text)
  const organisations = organisationsFor(document, deps.newId, plan.units)
  const regulation = regulationAdopted(hash, plan, act)
  const tenant: ProvisionedTenant = {
    id: jurisdiction.id,
    name: plan.name ?? jurisdiction.name,
    division: jurisdiction.division,
    level: jurisdiction.level,
    superior: jurisdiction.superior,
    effectiveOn,
    title,
    number,
    hash,
    organisations: organisations.map(({ id, name, parties }) => ({ id, name, parties })),
  }
  await deps.databases.createTenant(tenant.id)
  const { login, name, password } = plan.administrator
  const home = organisations.find((organisation) => !organisation.unit) ?? organisations[0]!
  const administrator = {
    id: deps.newId(),
    login,
    name,
    role: 'administrator',
    status: 'active',
    organisationId: home.id,
  }
  const passwordHash = await hashPassword(password, deps.randomBytes)
  const projections: Statement[] = [
    sql`INSERT INTO meta (key, value) VALUES ('tenant', ${tenant.id}), ('name', ${tenant.name}), ('epoch', ${deps.newId()})`,
    sql`INSERT INTO policies (hash, effective_on, text, adopted_at)
      VALUES (${hash}, ${effectiveOn}, ${plan.text}, ${act.at.toISOString()})`,
    ...organisationRows(organisations, act.at),
    insertUser(administrator, passwordHash, act.at),
    ...regulation.projections,
  ]
  const others: StreamAppend[] = [
    {
      stream: 'directory',
      position: START,
      action: 'found-tenant',
      events: [{ type: 'tenant-founded', on: today, payload: { ...tenant, organisations } }],
    },
    userAdded(administrator, today),
    ...regulation.others,
  ]
  try {
    await append(deps.databases.tenant(tenant.id), { act, others, projections })
  } catch (error) {
    if (!(error instanceof DatabaseError && error.violates('meta.key'))) throw error
    await resume(deps, tenant.id, passwordHash)
  }
  return tenant
}

/** An attempt that stopped before the control database knew of it: its administrator gets the password just given. */
async function resume(deps: Deps, tenant: string, passwordHash: string): Promise<void> {
  await deps.databases
    .tenant(tenant)
    .write([sql`UPDATE users SET password = ${passwordHash} WHERE role = 'administrator'`])
}

/** The statements that enter the tenant in the control database. */
export function enterTenant(
  tenant: ProvisionedTenant,
  plan: TenantPlan,
  act: Act,
  schema: string,
): Statement[] {
  const at = act.at.toISOString()
  return [
    sql`INSERT INTO tenants (id, name, division, level, superior, database_schema, created_at) VALUES (${tenant.id},
      ${tenant.name}, ${tenant.division}, ${tenant.level}, ${tenant.superior}, ${schema}, ${at})`,
    sql`INSERT INTO policies (tenant_id, hash, effective_on, title, number, text, adopted_at, adopted_by) VALUES (${tenant.id},
      ${tenant.hash}, ${tenant.effectiveOn}, ${tenant.title}, ${tenant.number}, ${plan.text}, ${at}, ${act.actor.user})`,
    sql`INSERT INTO fleet (tenant_id, database_schema, state, tried_at) VALUES (${tenant.id}, ${schema}, 'current', ${at})`,
  ]
}
