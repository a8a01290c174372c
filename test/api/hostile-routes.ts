import type { Answer } from './harness.ts'
import { addExperts, createProject, type Player } from './player.ts'

/** What the routes need to be called: a project just opened, a plan being made, an entry of a register, a file. */
export interface Stage {
  project: string
  declared: string
  change: string
  batch: string
  entry: string
  file: string
}

/** One route with a request that is right, and who may not send it. */
export interface HostileRoute {
  route: string
  scope: 'tenant' | 'platform'
  path: (stage: Stage) => string
  /** Party or role that may; on the platform `boss`. */
  who: string
  json?: unknown
  body?: string
  /** Whether it must carry an Idempotency-Key. */
  keyed: boolean
  headers?: Record<string, string>
  /** Others of the same tenant, with the status that they get. */
  wrong?: Record<string, number>
  /** Whether two at once may both succeed. */
  twice?: boolean
}

const NO_ID = '00000000-0000-7000-8000-000000000000'
const member = (
  route: string,
  path: (stage: Stage) => string,
  wrong?: Record<string, number>,
): HostileRoute => ({
  route,
  scope: 'tenant',
  path,
  who: 'unit',
  keyed: false,
  wrong,
})
const projectRead = { 'other-unit': 404 }

/** Every route of the service that a person signs in for. */
export const ROUTES: HostileRoute[] = [
  member('GET /api/:tenant/policy', () => '/policy'),
  member('GET /api/:tenant/organisations', () => '/organisations'),
  member('GET /api/:tenant/users', () => '/users'),
  {
    route: 'POST /api/:tenant/users',
    scope: 'tenant',
    path: () => '/users',
    who: 'administrator',
    json: {
      login: 'new.one',
      name: '新人',
      role: 'handler',
      organisationId: NO_ID,
      password: 'a long enough password',
    },
    keyed: true,
    wrong: { unit: 403, lead: 403, auditor: 403 },
  },
  {
    route: 'PATCH /api/:tenant/users/:id',
    scope: 'tenant',
    path: () => `/users/${NO_ID}`,
    who: 'administrator',
    json: { status: 'disabled' },
    headers: { 'if-match': '"1"' },
    keyed: false,
    wrong: { unit: 403, lead: 403, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/organisations',
    scope: 'tenant',
    path: () => '/organisations',
    who: 'administrator',
    json: { name: '市图书馆', parties: ['unit'] },
    keyed: true,
    wrong: { unit: 403, lead: 403, auditor: 403 },
  },
  {
    route: 'PUT /api/:tenant/me/password',
    scope: 'tenant',
    path: () => '/me/password',
    who: 'unit',
    json: { old: 'wrong', new: 'a long enough password' },
    keyed: false,
  },
  {
    route: 'POST /api/:tenant/materials',
    scope: 'tenant',
    path: () => '/materials?name=a.txt',
    who: 'unit',
    body: 'some text',
    keyed: true,
    headers: { 'content-type': 'application/octet-stream' },
    wrong: { auditor: 403 },
    twice: true,
  },
  member('GET /api/:tenant/materials/:id', ({ file }) => `/materials/${file}`, {
    'other-unit': 404,
    finance: 404,
  }),
  member('GET /api/:tenant/projects', () => '/projects'),
  {
    route: 'POST /api/:tenant/projects',
    scope: 'tenant',
    path: () => '/projects',
    who: 'unit',
    json: { title: '新项目', facts: { estimate: '10万元' } },
    keyed: true,
    wrong: { lead: 403, auditor: 403, administrator: 403 },
    twice: true,
  },
  member('GET /api/:tenant/projects/:id', ({ project }) => `/projects/${project}`, projectRead),
  {
    route: 'PATCH /api/:tenant/projects/:id',
    scope: 'tenant',
    path: ({ project }) => `/projects/${project}`,
    who: 'unit',
    json: { facts: { estimate: '610万元' } },
    keyed: false,
    headers: { 'if-match': '"1"' },
    wrong: { 'other-unit': 404, auditor: 403 },
  },
  member('GET /api/:tenant/projects/:id/case', ({ project }) => `/projects/${project}/case`, projectRead),
  member(
    'GET /api/:tenant/projects/:id/history',
    ({ project }) => `/projects/${project}/history`,
    projectRead,
  ),
  member(
    'GET /api/:tenant/projects/:id/documents',
    ({ project }) => `/projects/${project}/documents`,
    projectRead,
  ),
  {
    route: 'POST /api/:tenant/projects/:id/steps/:step',
    scope: 'tenant',
    path: ({ project }) => `/projects/${project}/steps/declare`,
    who: 'unit',
    json: { materials: ['design'] },
    keyed: true,
    wrong: { 'other-unit': 404, lead: 422, finance: 422, auditor: 403, administrator: 403 },
  },
  {
    route: 'POST /api/:tenant/projects/:id/procedures/:pid/steps/:step',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/procedures/change-1/steps/change-application`,
    who: 'unit',
    json: {},
    keyed: true,
    wrong: { 'other-unit': 404, finance: 422, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/projects/:id/steps/:step/opinions',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/steps/expert-review/opinions`,
    who: 'finance',
    json: { value: 'agree' },
    keyed: true,
    wrong: { 'other-unit': 404, audit: 422, unit: 422, auditor: 403 },
    twice: true,
  },
  {
    route: 'POST /api/:tenant/projects/:id/steps/:step/attestations',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/steps/acceptance/attestations`,
    who: 'procurement-regulator',
    json: {},
    keyed: true,
    wrong: { 'other-unit': 404, finance: 422, auditor: 403 },
    twice: true,
  },
  {
    route: 'POST /api/:tenant/projects/:id/procedures',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/procedures`,
    who: 'unit',
    json: { procedure: 'payment', facts: {} },
    keyed: true,
    wrong: { 'other-unit': 404, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/projects/:id/decisions/:decision',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/decisions/supervisionChoice`,
    who: 'lead',
    json: { value: 'waive', reason: '规模小' },
    keyed: true,
    wrong: { 'other-unit': 404, unit: 422, auditor: 403 },
    twice: true,
  },
  {
    route: 'POST /api/:tenant/projects/:id/sanctions/:sanction',
    scope: 'tenant',
    path: ({ declared }) => `/projects/${declared}/sanctions/none`,
    who: 'lead',
    json: { act: 'impose', reason: '查实' },
    keyed: true,
    wrong: { unit: 403, 'other-unit': 403, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/projects/:id/adoption',
    scope: 'tenant',
    path: ({ project }) => `/projects/${project}/adoption`,
    who: 'administrator',
    json: { reason: '存量', steps: [{ step: 'declare', on: '2025-07-01' }] },
    keyed: true,
    wrong: { unit: 403, lead: 403, 'other-unit': 403 },
  },
  member('GET /api/:tenant/todos', () => '/todos'),
  member(
    'GET /api/:tenant/projects/:id/steps/:step/form',
    ({ project }) => `/projects/${project}/steps/declare/form`,
    projectRead,
  ),
  {
    ...member(
      'POST /api/:tenant/projects/:id/steps/:step/preview',
      ({ project }) => `/projects/${project}/steps/declare/preview`,
      { ...projectRead, auditor: 403 },
    ),
    json: {},
  },
  member(
    'GET /api/:tenant/projects/:id/procedures/:procedure/form',
    ({ declared }) => `/projects/${declared}/procedures/change/form`,
    projectRead,
  ),
  {
    ...member(
      'POST /api/:tenant/projects/:id/procedures/preview',
      ({ declared }) => `/projects/${declared}/procedures/preview`,
      { ...projectRead, auditor: 403 },
    ),
    json: { procedure: 'change', facts: {} },
  },
  { ...member('POST /api/:tenant/explain', () => '/explain'), json: { facts: { estimate: '10万元' } } },
  member('GET /api/:tenant/batches', () => '/batches'),
  {
    route: 'POST /api/:tenant/batches',
    scope: 'tenant',
    path: () => '/batches',
    who: 'lead',
    json: { procedure: 'annual-plan', year: 2030 },
    keyed: true,
    wrong: { unit: 403, audit: 403, auditor: 403 },
  },
  {
    ...member('GET /api/:tenant/batches/:id', ({ batch }) => `/batches/${batch}`, { unit: 404 }),
    who: 'lead',
  },
  {
    route: 'POST /api/:tenant/batches/:id/items',
    scope: 'tenant',
    path: ({ batch }) => `/batches/${batch}/items`,
    who: 'lead',
    json: { items: [{ project: NO_ID }] },
    keyed: true,
    wrong: { unit: 404, audit: 422, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/batches/:id/steps/:step',
    scope: 'tenant',
    path: ({ batch }) => `/batches/${batch}/steps/plan-compilation`,
    who: 'lead',
    json: { items: [] },
    keyed: true,
    wrong: { unit: 404, audit: 422, auditor: 403 },
    twice: true,
  },
  {
    route: 'POST /api/:tenant/batches/:id/steps/:step/preview',
    scope: 'tenant',
    path: ({ batch }) => `/batches/${batch}/steps/plan-compilation/preview`,
    who: 'lead',
    json: { items: [] },
    keyed: false,
    wrong: { unit: 404, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/batches/:id/steps/:step/opinions',
    scope: 'tenant',
    path: ({ batch }) => `/batches/${batch}/steps/plan-compilation/opinions`,
    who: 'lead',
    json: { value: 'agree' },
    keyed: true,
    wrong: { unit: 404, auditor: 403 },
  },
  member('GET /api/:tenant/registers/:register/entries', () => '/registers/expert-pool/entries'),
  {
    route: 'POST /api/:tenant/registers/:register/entries',
    scope: 'tenant',
    path: () => '/registers/expert-pool/entries',
    who: 'lead',
    json: { name: '陈七' },
    keyed: true,
    wrong: { unit: 403, finance: 403, auditor: 403 },
  },
  {
    route: 'POST /api/:tenant/registers/:register/entries/:id/end',
    scope: 'tenant',
    path: ({ entry }) => `/registers/expert-pool/entries/${entry}/end`,
    who: 'lead',
    json: { to: '2027-01-01' },
    keyed: true,
    wrong: { unit: 403, auditor: 403 },
    twice: true,
  },
  {
    route: 'POST /api/:tenant/announcements',
    scope: 'tenant',
    path: () => '/announcements',
    who: 'lead',
    json: { step: 'declare', year: 2027, to: '2026-07-31' },
    keyed: true,
    wrong: { unit: 404, auditor: 403 },
    twice: true,
  },
  member('GET /api/:tenant/announcements', () => '/announcements'),
  { route: 'GET /api/tenants', scope: 'platform', path: () => '/api/tenants', who: 'boss', keyed: false },
  {
    route: 'POST /api/tenants',
    scope: 'platform',
    path: () => '/api/tenants',
    who: 'boss',
    json: {
      policy: 'policy: {}',
      administrator: { login: 'admin', name: '管理员', password: 'a long enough password' },
    },
    keyed: true,
  },
  {
    route: 'POST /api/tenants/:tenant/policies',
    scope: 'platform',
    path: () => '/api/tenants/hedong/policies',
    who: 'boss',
    json: { policy: 'policy: {}' },
    keyed: true,
  },
]

/** Routes that anyone may call: signing in and out, health, the reference. */
export const OPEN_ROUTES = [
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/me',
  'GET /api/jurisdictions',
  'GET /livez',
  'GET /readyz',
  'GET /version',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs/reference.js',
]

/** Brings the world to where every route has something to act on. */
export async function setStage(player: Player): Promise<Stage> {
  await addExperts(player, ['张三'])
  const must = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
    return answer
  }
  const project = await createProject(player)
  const declared = await createProject(player)
  must(await player.step('unit', declared, 'declare', { materials: ['design'] }))
  const records = { integrated: true, sharing: true, governmentNetwork: true }
  must(await player.step('lead', declared, 'preliminary-review', { outcome: 'pass', records }))
  const batch = must(await player.post('lead', '/batches', { procedure: 'annual-plan', year: 2027 }))
  const entry = must(await player.post('lead', '/registers/expert-pool/entries', { name: '周八' }))
  const file = must(
    await player.world.call('POST', '/api/hedong/materials?name=a.txt', {
      token: player.tokens.unit,
      body: 'text',
      headers: { 'content-type': 'application/octet-stream' },
    }),
  )
  return {
    project,
    declared,
    change: 'change-1',
    batch: batch.body.batch.id,
    entry: entry.body.id,
    file: file.body.id,
  }
}
