import { serve } from '@hono/node-server'
import { addTenant, openWorld, PASSWORD, type World } from '../api/harness.ts'

/** A served installation with one tenant of many projects; everything went through the service's own routes. */
export interface ManyProjects {
  url: string
  tenant: string
  /** Login of somebody who sees every project. */
  login: string
  password: string
  world: World
  close: () => void
}

const TODAY = '2026-07-01'
const PLACES = ['智慧', '数字', '政务', '城市', '公共', '社区', '综合', '一体化', '区域', '基层']
const MATTERS = [
  '停车',
  '医疗',
  '教育',
  '水务',
  '交通',
  '应急',
  '档案',
  '社保',
  '税务',
  '环保',
  '气象',
  '消防',
  '民政',
]
const KINDS = [
  '管理平台',
  '数据中台',
  '监测系统',
  '服务系统',
  '指挥系统',
  '共享平台',
  '大数据平台',
  '运行维护',
]
const UNITS = Array.from({ length: 40 }, (_, i) => `市第${i + 1}建设单位`)
/** Every so manyth project is declared, so that lists show stages, to-dos and what bars them. */
const DECLARED = 3
const AT_ONCE = 8

/** Makes the tenant and its projects, and serves it with the portal. */
export async function manyProjects(count: number): Promise<ManyProjects> {
  const world = await openWorld(TODAY)
  const tenant = await addTenant(world, 'hedong', undefined, UNITS)
  const base = `/api/${tenant.id}`
  const signIn = async (login: string): Promise<string> => {
    const answer = await world.call('POST', '/api/session', {
      json: { tenant: tenant.id, login, password: PASSWORD },
    })
    return answer.body.token
  }
  const admin = await signIn('admin')
  const units = tenant.organisations.filter((one) => one.parties.includes('unit'))
  const lead = tenant.organisations.find((one) => one.parties.includes('lead'))!
  const addPerson = async (organisationId: string, login: string): Promise<void> => {
    const json = { login, name: login, role: 'handler', organisationId, password: PASSWORD }
    const answer = await world.call('POST', `${base}/users`, { token: admin, json })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  }
  await addPerson(lead.id, 'lead')
  const tokens: string[] = []
  for (const [i, unit] of units.entries()) {
    await addPerson(unit.id, `unit-${i}`)
    tokens.push(await signIn(`unit-${i}`))
  }
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await makeProject(world, base, tokens[i % tokens.length]!, i)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const server = await new Promise<{ url: string; close: () => void }>((ready) => {
    const started = serve(
      {
        port: 0,
        hostname: '127.0.0.1',
        fetch: (request) => world.app.fetch(request, { address: '127.0.0.1' }),
      },
      ({ port }) => ready({ url: `http://127.0.0.1:${port}`, close: () => started.close() }),
    )
  })
  const close = (): void => {
    server.close()
    world.close()
  }
  return { url: server.url, tenant: tenant.id, login: 'lead', password: PASSWORD, world, close }
}

async function makeProject(world: World, base: string, token: string, i: number): Promise<void> {
  const title = `${PLACES[i % 10]}${MATTERS[i % 13]}${KINDS[i % 8]}(${i + 1}期)`
  const facts = {
    unitKind: 'party-government',
    funding: 'city-fiscal',
    nature: i % 4 === 0 ? 'maintenance' : 'new',
    entry: 'annual',
    planYear: 2026 + (i % 4),
    estimate: `${20 + ((i * 37) % 1980)}.5万元`,
    ...(i % 4 === 0 ? {} : { softwareDevelopment: true }),
    secret: false,
    crossLevel: false,
  }
  const made = await world.call('POST', `${base}/projects`, { token, json: { title, facts } })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  if (i % DECLARED !== 0) return
  await world.call('POST', `${base}/projects/${made.body.project.id}/steps/declare`, {
    token,
    json: { materials: ['design'] },
  })
}
