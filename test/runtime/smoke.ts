import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** One answer with everything taken out that differs from run to run. */
export interface SmokeAnswer {
  asked: string
  status: number
  type: string | null
  etag: string | null
  body: string
}

const POLICY = readFileSync(new URL('../api/policy.yaml', import.meta.url), 'utf8')
const PASSWORD = 'a password for the smoke test'

/**
 * Plays the same requests against a running server, whatever it runs on: a tenant made from a policy, people, a file,
 * a project with steps that are accepted and refused, repeated, stale and foreign requests.
 */
export async function playSmoke(url: string, platformPassword: string): Promise<SmokeAnswer[]> {
  const answers: SmokeAnswer[] = []
  const names = new Map<string, string>()
  const plain = (text: string): string =>
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
        if (!names.has(id)) names.set(id, `#${names.size + 1}`)
        return names.get(id)!
      })
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)')
      .replace(/(platform|hedong)\.[\w-]{43}/g, '(token)')
      .replace(/"next":"[\w-]+"/g, '"next":"(cursor)"')
      .replace(url, '(url)')

  // biome-ignore lint/suspicious/noExplicitAny: answers have every shape
  const ask = async (method: string, path: string, options: Options = {}): Promise<any> => {
    const headers: Record<string, string> = { ...options.headers }
    if (options.token) headers.authorization = `Bearer ${options.token}`
    if (options.json !== undefined) headers['content-type'] = 'application/json'
    if (method === 'POST') headers['idempotency-key'] ??= randomBytes(8).toString('hex')
    const body = options.json === undefined ? options.body : JSON.stringify(options.json)
    const response = await fetch(`${url}${path}`, { method, headers, body })
    const text = await response.text()
    answers.push({
      asked: plain(`${method} ${path}`),
      status: response.status,
      type: response.headers.get('content-type'),
      etag: response.headers.get('etag'),
      body: shown(text, plain),
    })
    return text.startsWith('{') ? JSON.parse(text) : text
  }

  for (const path of [
    '/livez',
    '/readyz',
    '/version',
    '/api/openapi.json',
    '/api/docs',
    '/api/docs/reference.js',
    '/none',
  ])
    await ask('GET', path)
  const boss = (await ask('POST', '/api/session', { json: { login: 'admin', password: platformPassword } }))
    .token
  const administrator = { login: 'admin', name: '管理员', password: PASSWORD }
  const broken = POLICY.replace('by: approver', 'by: aprover')
  await ask('POST', '/api/tenants', { token: boss, json: { policy: broken, administrator } })
  const added = await ask('POST', '/api/tenants', { token: boss, json: { policy: POLICY, administrator } })
  await ask('POST', '/api/tenants', { token: boss, json: { policy: POLICY, administrator } })
  await ask('GET', '/api/tenants', { token: boss })
  await ask('GET', '/api/me', { token: boss })

  const signIn = (login: string, password = PASSWORD) =>
    ask('POST', '/api/session', { json: { tenant: 'hedong', login, password } })
  await signIn('admin', 'wrong password here')
  const admin = (await signIn('admin')).token
  const people: Record<string, string> = {}
  for (const party of ['unit', 'lead', 'finance']) {
    const { id } = added.organisations.find((one: { parties: string[] }) => one.parties.includes(party))
    const json = { login: party, name: party, role: 'handler', organisationId: id, password: PASSWORD }
    await ask('POST', '/api/hedong/users', {
      token: admin,
      json,
      headers: { 'idempotency-key': `user-${party}` },
    })
    await ask('POST', '/api/hedong/users', {
      token: admin,
      json,
      headers: { 'idempotency-key': `user-${party}` },
    })
    people[party] = (await signIn(party)).token
  }
  const { unit, lead, finance } = people
  await ask('GET', '/api/hedong/users?limit=2', { token: admin })
  await ask('GET', '/api/hedong/organisations', { token: unit })
  await ask('GET', '/api/hedong/policy', { token: unit })
  await ask('GET', '/api/hedong/projects', { token: boss })

  const file = await ask('POST', '/api/hedong/materials?name=request.txt', {
    token: unit,
    body: '专题请示'.repeat(20_000),
    headers: { 'content-type': 'application/octet-stream' },
  })
  await ask('GET', `/api/hedong/materials/${file.id}`, { token: unit })
  await ask('GET', `/api/hedong/materials/${file.id}`, { token: finance })
  await ask('POST', '/api/hedong/materials?name=x.pdf', {
    token: unit,
    body: 'not a pdf',
    headers: { 'content-type': 'application/octet-stream' },
  })

  const facts = {
    unitKind: 'institution',
    funding: 'city-fiscal',
    nature: 'new',
    entry: 'off-plan',
    planYear: 2027,
    estimate: '80.5万元',
    softwareDevelopment: true,
    secret: false,
    crossLevel: false,
  }
  await ask('POST', '/api/hedong/explain', { token: unit, json: { facts, on: '2026-06-01' } })
  await ask('POST', '/api/hedong/projects', {
    token: unit,
    json: { title: '平台', facts: { ...facts, estimate: 80 } },
  })
  await ask('POST', '/api/hedong/projects', { token: unit, json: { title: '', facts, more: 1 } })
  const { project } = await ask('POST', '/api/hedong/projects', {
    token: unit,
    json: { title: '平台', facts },
  })
  const base = `/api/hedong/projects/${project.id}`
  const patch = (version: string) =>
    ask('PATCH', base, {
      token: unit,
      json: { facts: { estimate: '90万元' } },
      headers: { 'if-match': version },
    })
  await patch('"1"')
  await patch('"1"')
  const step = (token: string | undefined, name: string, json: object, key?: string) =>
    ask('POST', `${base}/steps/${name}`, { token, json, headers: key ? { 'idempotency-key': key } : {} })
  await step(lead, 'off-plan-request', {})
  const materials = [{ id: 'request', file: file.id }]
  await step(unit, 'off-plan-request', { materials }, 'request')
  await step(unit, 'off-plan-request', { materials }, 'request')
  await step(unit, 'off-plan-request', { materials: [] }, 'request')
  await step(unit, 'off-plan-request', { materials })
  await ask('GET', base, { token: lead })
  await ask('GET', `${base}/case`, { token: lead })
  await ask('GET', `${base}/history?limit=2`, { token: unit })
  await ask('GET', `${base}/documents`, { token: unit })
  await ask('GET', '/api/hedong/todos', { token: lead })
  await ask('GET', '/api/hedong/projects', { token: finance })
  await ask('GET', '/api/hedong/policy/uses', { token: lead })
  await ask('GET', '/api/hedong/projects?rule=step:off-plan-request', { token: lead })
  await ask('GET', '/api/hedong/projects?word=pt&totals=true&gates=true&order=-amount', { token: finance })
  await ask('GET', '/api/hedong/search?q=%E5%B9%B3%E5%8F%B0', { token: unit })
  const columns = ['title', 'organisation', 'estimate', 'gates']
  await ask('POST', '/api/hedong/projects/export', { token: lead, json: { columns, word: 'pt' } })
  const view = { name: '平台', shared: true, query: 'word=pt', columns: { title: { show: true } } }
  await ask('POST', '/api/hedong/views', { token: lead, json: view })
  await ask('GET', '/api/hedong/views', { token: lead })
  const prefer = (version: string) =>
    ask('PUT', '/api/hedong/preferences', {
      token: lead,
      json: { lists: { projects: { density: 'small' } } },
      headers: { 'if-match': version },
    })
  await prefer('"0"')
  await prefer('"0"')
  await ask('POST', '/api/hedong/registers/expert-pool/entries', { token: lead, json: { name: '张三' } })
  await ask('GET', '/api/hedong/registers/expert-pool/entries', { token: unit })
  const opened = await ask('POST', '/api/hedong/batches', {
    token: lead,
    json: { procedure: 'annual-plan', year: 2027 },
  })
  await ask('POST', '/api/hedong/batches', { token: lead, json: { procedure: 'annual-plan', year: 2027 } })
  await ask('GET', `/api/hedong/batches/${opened.batch.id}`, { token: lead })
  await ask('DELETE', '/api/session', { token: unit, headers: { origin: 'https://evil.example' } })
  await ask('POST', '/api/hedong/users', {
    token: admin,
    body: `{"login":"${'x'.repeat(1_100_000)}"}`,
    headers: { 'content-type': 'application/json' },
  })
  await ask('DELETE', '/api/session', { token: unit })
  await ask('GET', '/api/me', { token: unit })
  return answers
}

/** A text as it is compared; a zip archive carries the time of its making. */
function shown(text: string, plain: (text: string) => string): string {
  if (text.startsWith('PK')) return 'an archive'
  return text.length > 500_000 ? `${text.length} characters` : withoutInstance(plain(text))
}

interface Options {
  token?: string
  json?: unknown
  body?: string
  headers?: Record<string, string>
}

/** Problem documents carry the request's own id, which the list of names must not count. */
function withoutInstance(text: string): string {
  return text.replace(/"instance":"urn:uuid:#\d+"/, '"instance":"(request)"')
}
