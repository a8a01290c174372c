import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql, text } from '../../db/statement.ts'
import { createApp } from '../../functions/app.ts'
import { readAnchors, verifyFile } from '../../functions/cli/audit-verify.ts'
import { EXCEPTION_TITLES } from '../../functions/core/case/exceptions.ts'
import { addDays } from '../../functions/core/values/day.ts'
import { DEMO_PASSWORD } from '../../functions/demo/cast.ts'
import { readDemoTenants } from '../../functions/demo/demo-files.ts'
import { prepareDemoFolder, refuseHalfSeeded } from '../../functions/demo/demo-folder.ts'
import { scheduleOf } from '../../functions/demo/schedule.ts'
import type { SeedReport } from '../../functions/demo/seed-demo.ts'
import { signInTable } from '../../functions/demo/sign-in-table.ts'
import type { Deps } from '../../functions/deps.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { nodeDeps, openForSeeding } from '../../functions/node.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'

/** What `npm start` makes of an empty folder. */

const TODAY = '2026-11-21'
const now = new Date(`${TODAY}T02:00:00.000Z`)
const tenants = readDemoTenants()
const folder = mkdtempSync(join(tmpdir(), 'samples-'))
let report: SeedReport | undefined
let deps: Deps
let app: ReturnType<typeof createApp>

const openAt = (place: string): Promise<Deps> =>
  nodeDeps({ data: place, now: () => now, log: () => undefined })

beforeAll(async () => {
  report = (await prepareDemoFolder(folder, now, openForSeeding)).report
  deps = await openAt(folder)
  app = createApp(() => deps)
}, 180_000)
afterAll(() => {
  deps.databases.close()
  rmSync(folder, { recursive: true, force: true })
})

const rows = async (tenant: string, statement: ReturnType<typeof sql>) =>
  (await deps.databases.tenant(tenant).read([statement]))[0]!

/** Stage, end, and what is owed and overdue, as the samples' file says. */
async function standAsExpected(
  data: Deps,
  { id, samples }: (typeof tenants)[number],
  day: string,
): Promise<void> {
  const [projects = [], todos = []] = await data.databases
    .tenant(id)
    .read([
      sql`SELECT id, title, stage, ended FROM projects`,
      sql`SELECT subject, step, due_on, open FROM todos`,
    ])
  const stood = samples.projects.map(({ title }) => {
    const project = projects.find((one) => one.title === title)
    const own = todos.filter((one) => one.subject === project?.id)
    const open = own.filter((one) => one.open === 1).map((one) => one.step)
    const overdue = own.filter((one) => String(one.due_on ?? '9') < day).map((one) => one.step)
    return { title, stage: project?.stage, ended: project?.ended ?? undefined, open, overdue }
  })
  for (const [i, { title, expect: wanted }] of samples.projects.entries()) {
    const found = stood[i]!
    if (wanted.stage) expect(found.stage, title).toBe(wanted.stage)
    expect(found.ended, title).toBe(wanted.ended)
    expect(found.open, title).toEqual(expect.arrayContaining(wanted.owes ?? []))
    expect(found.overdue, title).toEqual(expect.arrayContaining(wanted.overdue ?? []))
  }
}

async function signIn(login: string, tenant?: string): Promise<number> {
  const response = await app.request('http://localhost/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, login, password: DEMO_PASSWORD }),
  })
  return response.status
}

describe('the samples', () => {
  it('are all taken by the service', () => {
    expect(report?.problems).toEqual([])
    expect(report?.projects).toBeGreaterThan(90)
  })

  for (const tenant of tenants) {
    it(`of ${tenant.id} stand where they should`, () => standAsExpected(deps, tenant, TODAY))

    it(`of ${tenant.id} are in every stage that holds a project`, async () => {
      const { policy } = tenant
      const holding = policy.main
        .map((index) => policy.steps[index]!)
        .filter((step) => !step.aside && !step.repeatEach && (step.owed.fixed ?? 'always') === 'always')
        .map((step) => step.stage)
      const found = (await rows(tenant.id, sql`SELECT DISTINCT stage FROM projects`)).map((one) => one.stage)
      expect(found).toEqual(expect.arrayContaining([...new Set(holding), 'closed']))
    })

    it(`of ${tenant.id} are of every kind`, async () => {
      const [kinds] = await rows(
        tenant.id,
        sql`SELECT (SELECT count(*) FROM projects WHERE secret = 1) AS secret,
          (SELECT count(*) FROM projects WHERE ended = 'rejected') AS rejected,
          (SELECT count(*) FROM projects WHERE version = 1) AS drafts,
          (SELECT count(*) FROM todos WHERE step = 'rectification' OR step = 'evaluation-rectification') AS rectifying,
          (SELECT count(*) FROM todos WHERE due_on < ${TODAY}) AS overdue,
          (SELECT count(*) FROM materials) AS files, (SELECT count(*) FROM documents) AS documents`,
      )
      expect(kinds).toMatchObject({ secret: 1 })
      for (const kind of ['rejected', 'drafts', 'files', 'documents'])
        expect(kinds![kind], kind).toBeGreaterThan(0)
    })

    it(`of ${tenant.id} are made again by a rebuild of the log`, async () => {
      const looked = sql`UPDATE projects SET next_change_on = '2026-01-01'`
      await deps.databases.tenant(tenant.id).write([looked])
      await sweep(deps)
      const before = await derivedContent(deps, tenant.id)
      await rebuildTenant(deps, tenant.id)
      const after = await derivedContent(deps, tenant.id)
      for (const [table, content] of Object.entries(before))
        expect(JSON.stringify(after[table]) === JSON.stringify(content), table).toBe(true)
    })
  }

  it('show an auditor each kind of exception, and finance what bars a procurement and a payment', async () => {
    const found = await Promise.all(
      tenants.map(({ id }) => rows(id, sql`SELECT exceptions, gates FROM projects`)),
    )
    const parsed = (column: string): Record<string, string>[] =>
      found.flat().flatMap((row) => JSON.parse(String(row[column] ?? '[]')))
    expect(new Set(parsed('exceptions').map(({ kind }) => kind))).toEqual(
      new Set(Object.keys(EXCEPTION_TITLES)),
    )
    const barred = new Set(parsed('gates').map(({ step }) => step))
    for (const step of ['procurement', 'payment']) expect(barred).toContain(step)
  })

  it('stand there in another season as well', { timeout: 180_000 }, async () => {
    const place = mkdtempSync(join(tmpdir(), 'season-'))
    const day = '2027-06-15'
    const { report: second } = await prepareDemoFolder(
      place,
      new Date(`${day}T02:00:00.000Z`),
      openForSeeding,
    )
    expect(second?.problems).toEqual([])
    const later = await openAt(place)
    for (const tenant of tenants) await standAsExpected(later, tenant, day)
    later.databases.close()
    rmSync(place, { recursive: true, force: true })
  })

  it('fit before any day of the year', () => {
    for (let day = '2026-01-01'; day <= '2027-12-31'; day = addDays(day, 3))
      for (const tenant of tenants) expect(() => scheduleOf(tenant, day), `${tenant.id} ${day}`).not.toThrow()
  })
})

describe('the installation', () => {
  it('has an audit that holds', () => {
    const control = join(folder, 'control.db')
    const anchors = readAnchors(control)
    expect(verifyFile(control, new Map()).bad).toBeUndefined()
    for (const { id } of tenants) {
      const verdict = verifyFile(join(folder, 'tenants', `${id}.db`), anchors.get(id) ?? new Map())
      expect(verdict.bad, id).toBeUndefined()
      expect(verdict.events).toBeGreaterThan(150)
    }
  })

  it('prints who may sign in, and they can', { timeout: 120_000 }, async () => {
    const table = (await signInTable(deps))!
    expect(table).toContain(DEMO_PASSWORD)
    let tenant: string | undefined
    let tried = 0
    for (const line of table.split('\n')) {
      if (line.startsWith('平台')) tenant = undefined
      tenant = / {2}租户 ([a-z0-9-]+)/.exec(line)?.[1] ?? tenant
      const login = /^ {2}([a-z0-9-]+) /.exec(line)?.[1]
      if (!login) continue
      expect(await signIn(login, tenant), `${tenant ?? ''} ${login}`).toBe(201)
      tried++
    }
    expect(tried).toBeGreaterThan(25)
    for (const { dayUnseen, demo } of tenants)
      if (dayUnseen) expect(table).toContain(`演示定为 ${demo.effectiveOn}`)
  })

  it('has people of every role in every organisation', async () => {
    for (const { id } of tenants) {
      const [few = []] = await deps.databases
        .tenant(id)
        .read([
          sql`SELECT o.name FROM organisations o WHERE (SELECT count(DISTINCT role) FROM users WHERE organisation_id = o.id) < 5`,
        ])
      expect(few.map((one) => text(one, 'name'))).toEqual([])
    }
  })

  it('says in the policy where the demo chose the day', async () => {
    for (const { id, dayUnseen, demo } of tenants) {
      const session = await app.request('http://localhost/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tenant: id, login: 'unit1', password: DEMO_PASSWORD }),
      })
      const { token } = (await session.json()) as { token: string }
      const answer = await app.request(`http://localhost/api/${id}/policy`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const policy = (await answer.json()) as { effectiveOn: string; effectiveChosen: boolean }
      expect(policy.effectiveChosen, id).toBe(dayUnseen)
      if (dayUnseen) expect(policy.effectiveOn).toBe(demo.effectiveOn)
    }
  })
})

describe('a second start', () => {
  it('changes nothing', async () => {
    const count = async (): Promise<unknown[]> =>
      Promise.all(tenants.map(({ id }) => rows(id, sql`SELECT count(*) AS n, max(seq) AS last FROM events`)))
    const before = await count()
    expect(await prepareDemoFolder(folder, now, openForSeeding)).toEqual({ seeded: false })
    expect(await count()).toEqual(before)
  })

  it('never seeds a folder that is in use', async () => {
    const place = mkdtempSync(join(tmpdir(), 'used-'))
    const used = await openAt(place)
    used.databases.close()
    expect(await prepareDemoFolder(place, now, openForSeeding)).toEqual({ seeded: false })
    expect(readdirSync(join(place, 'tenants'))).toEqual([])
    rmSync(place, { recursive: true, force: true })
  })

  it('finishes what was ready but not moved in, and never without the demo', async () => {
    const place = mkdtempSync(join(tmpdir(), 'ready-'))
    const aside = join(place, 'demo-seeding')
    mkdirSync(aside)
    const built = await openAt(aside)
    built.databases.close()
    writeFileSync(join(aside, 'ready'), '')
    renameSync(join(aside, 'tenants'), join(place, 'tenants'))
    expect(() => refuseHalfSeeded(place)).toThrow('演示数据尚未就位')
    expect(await prepareDemoFolder(place, now, openForSeeding)).toEqual({ seeded: true })
    expect(existsSync(aside)).toBe(false)
    expect(existsSync(join(place, 'control.db'))).toBe(true)
    rmSync(place, { recursive: true, force: true })
  })

  it('begins anew after a kill in the middle of seeding', { timeout: 180_000 }, async () => {
    const place = mkdtempSync(join(tmpdir(), 'killed-'))
    const root = join(import.meta.dirname, '..', '..')
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(root, 'functions', 'node.ts'), '--data', place, '--port', '0'],
      { cwd: root, stdio: 'ignore' },
    )
    const aside = join(place, 'demo-seeding', 'tenants')
    const begun = () => existsSync(aside) && readdirSync(aside).some((name) => name.endsWith('.db'))
    while (!begun() && child.exitCode === null) await sleep(20)
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await new Promise((ended) => child.once('exit', ended))
    expect(existsSync(join(place, 'control.db'))).toBe(false)
    const first = tenants[0]!
    const again = await prepareDemoFolder(place, now, openForSeeding, [first])
    expect(again.report).toMatchObject({ problems: [], projects: first.samples.projects.length })
    const second = await openAt(place)
    const log = sql`SELECT version, type, effective_on, recorded_at, payload ->> 'title' AS title FROM events ORDER BY seq`
    const [made] = await second.databases.tenant(first.id).read([log])
    expect(
      JSON.stringify(made) === JSON.stringify(await rows(first.id, log)),
      'the same day, the same demo',
    ).toBe(true)
    second.databases.close()
    rmSync(place, { recursive: true, force: true })
  })
})
