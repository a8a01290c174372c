import type { Answer } from '../harness.ts'
import { addExperts, createProject, type Player } from '../player.ts'
import { ACTS } from './acts.ts'
import { DESK } from './desk.ts'
import { type HostileRoute, member, NO_ID, projectRead, type Stage } from './kinds.ts'
import { LISTS } from './lists.ts'

export const ROUTES: HostileRoute[] = [
  member('GET /api/:tenant/policy', () => '/policy'),
  member('GET /api/:tenant/policy/graph', () => '/policy/graph'),
  member('GET /api/:tenant/policy/uses', () => '/policy/uses'),
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
  ...['dossier', 'record', 'verification'].map((part) =>
    member(
      `GET /api/:tenant/projects/:id/${part}`,
      ({ project }) => `/projects/${project}/${part}`,
      projectRead,
    ),
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
    json: {
      opinions: [
        { value: 'agree', aspect: '资金' },
        { value: 'agree', aspect: '其他' },
      ],
    },
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
  ...LISTS,
  ...ACTS,
  ...DESK,
]

/** Routes that anyone may call: signing in and out, health, the reference; the platform's own password has its test with them. */
export const OPEN_ROUTES = [
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/me',
  'PUT /api/me/password',
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
  const reviewed = await createProject(player)
  must(await player.step('unit', reviewed, 'declare', { materials: ['design'] }))
  must(await player.step('lead', reviewed, 'preliminary-review', { outcome: 'pass', records }))
  const batch = must(await player.post('lead', '/batches', { procedure: 'annual-plan', year: 2027 }))
  const entry = must(await player.post('lead', '/registers/expert-pool/entries', { name: '周八' }))
  const file = must(
    await player.world.call('POST', '/api/hedong/materials?name=a.txt', {
      token: player.tokens.unit,
      body: 'text',
      headers: { 'content-type': 'application/octet-stream' },
    }),
  )
  const begun = { kind: 'declaration', title: '智慧公园', content: {} }
  const draft = must(await player.post('unit', '/drafts', begun))
  return {
    project,
    declared,
    reviewed,
    change: 'change-1',
    batch: batch.body.batch.id,
    entry: entry.body.id,
    file: file.body.id,
    draft: draft.body.id,
  }
}
