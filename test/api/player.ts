import { sql } from '../../db/statement.ts'
import type { ProvisionedTenant } from '../../functions/services/tenants/provision-tenant.ts'
import { type Answer, addTenant, moveTo, openWorld, personOf, type World } from './harness.ts'

/** People of one tenant, who act over HTTP on days that the test names. */
export interface Player {
  world: World
  tenant: ProvisionedTenant
  tokens: Record<string, string>
  on(day: string): Promise<void>
  post(who: string, path: string, json?: unknown, key?: string): Promise<Answer>
  get(who: string, path: string): Promise<Answer>
  /** Executes a step of a project; a joint step is confirmed by all who are named. */
  step(who: string | string[], project: string, step: string, json?: object): Promise<Answer>
}

const PARTIES = ['unit', 'lead', 'approver', 'finance', 'cryptography', 'procurement-regulator', 'audit']

/** A world with the test tenant, a person for each of its parties, a second unit, and three experts in the pool. */
export async function openPlayer(today: string): Promise<Player> {
  const world = await openWorld(today)
  const tenant = await addTenant(world)
  const tokens: Record<string, string> = {}
  for (const party of PARTIES) tokens[party] = (await personOf(world, tenant, party)).token
  tokens['other-unit'] = (await personOf(world, tenant, 'unit', 'handler', 1)).token
  tokens.administrator = (await personOf(world, tenant, 'lead', 'administrator')).token
  tokens.auditor = (await personOf(world, tenant, 'audit', 'auditor')).token
  const base = `/api/${tenant.id}`
  const player: Player = {
    world,
    tenant,
    tokens,
    on: (day) => moveTo(world, tenant.id, day),
    post: (who, path, json = {}, key) =>
      world.call('POST', `${base}${path}`, { token: tokens[who], json, key }),
    get: (who, path) => world.call('GET', `${base}${path}`, { token: tokens[who] }),
    async step(who, project, step, json = {}) {
      let last: Answer | undefined
      for (const one of [who].flat()) {
        last = await player.post(one, `/projects/${project}/steps/${step}`, json)
        if (last.status !== 200) return last
      }
      return last!
    },
  }
  return player
}

/** Puts experts into the pool without going through the keeper. */
export async function addExperts(player: Player, names: string[]): Promise<void> {
  await player.world.deps.databases
    .tenant(player.tenant.id)
    .write(
      names.map(
        (name) =>
          sql`INSERT INTO register_entries (register, id, name) VALUES ('expert-pool', ${`x-${name}`}, ${name})`,
      ),
    )
}

export const FACTS = {
  unitKind: 'party-government',
  funding: 'city-fiscal',
  nature: 'new',
  entry: 'annual',
  planYear: 2027,
  estimate: '600万元',
  softwareDevelopment: true,
  secret: false,
  crossLevel: false,
}

/** Creates a project of the unit and gives its id. */
export async function createProject(player: Player, who = 'unit', over: object = {}): Promise<string> {
  const answer = await player.post(who, '/projects', { title: '智慧停车平台', facts: { ...FACTS, ...over } })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.project.id
}
