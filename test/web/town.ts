import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Cast, type CastMember, memberOf, organisationFor, unitOf } from '../../functions/demo/cast.ts'
import { type DemoTenant, readDemoTenant } from '../../functions/demo/demo-files.ts'
import { demoPasswordHash, foundTenant } from '../../functions/demo/found-demo.ts'
import { startNode } from '../../functions/node.ts'
import type { Role } from '../../functions/services/enter.ts'
import { type Person, sitDown } from './person.ts'

/** A jurisdiction with its people and nothing in it yet, on a server of its own whose calendar the test turns. */
export interface Town {
  tenant: DemoTenant
  cast: Cast
  /** Where it is served. */
  url: string
  /** Turns the calendar; whoever comes to a desk after that signs in anew. */
  goTo(day: string): void
  day(): string
  /** The page of whoever acts for a party in the unit's projects, on the day that the calendar shows. */
  at(party: string, role: Role, unit?: number): Promise<Page>
  /** What the service says to somebody, for what a test wants to know beside what it sees. */
  read(page: Page, path: string): Promise<unknown>
  complaints(): string[]
  close(): Promise<void>
}

/** Opens a shipped jurisdiction before its first day in the story. */
export async function openTown(browser: Browser, id: string, firstDay: string): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), `town-${id}-`))
  const calendar = { morning: morningOf(firstDay), since: Date.now() }
  const now = (): Date => new Date(calendar.morning.getTime() + Date.now() - calendar.since)
  const server = await startNode({ data: join(folder, 'data'), port: 0, now, log: () => undefined })
  const tenant = readDemoTenant(fileURLToPath(new URL(`../../tenants/${id}`, import.meta.url)))
  const cast = await foundTenant(server.deps, tenant, await demoPasswordHash(server.deps))
  const desks = new Map<string, { person: Person; on: string }>()
  const day = (): string => calendar.morning.toISOString().slice(0, 10)
  const sit = async (who: CastMember): Promise<Page> => {
    const credentials = { tenant: id, login: who.login }
    const known = desks.get(who.login)
    if (known?.on === day()) return known.person.page
    const person = known?.person ?? (await sitDown(browser, server.url, credentials))
    if (known) {
      const answer = await person.context.request.post('/api/session', {
        data: { ...credentials, password: 'demo-pass-2026' },
        headers: { origin: server.url },
      })
      expect(answer.status()).toBe(201)
    }
    person.page.setDefaultTimeout(15_000)
    await person.page.clock.setFixedTime(calendar.morning)
    desks.set(who.login, { person, on: day() })
    return person.page
  }
  return {
    tenant,
    cast,
    url: server.url,
    goTo(next) {
      calendar.morning = morningOf(next)
      calendar.since = Date.now()
    },
    day,
    at: (party, role, unit = 1) =>
      sit(memberOf(cast, organisationFor(cast, party, unitOf(cast, unit)), role)),
    async read(page, path) {
      return (await page.context().request.get(`/api/${id}${path}`)).json()
    },
    complaints: () => [...desks.values()].flatMap(({ person }) => person.complaints),
    async close() {
      for (const { person } of desks.values()) await person.context.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Nine in the morning in the office. */
function morningOf(day: string): Date {
  return new Date(`${day}T09:00:00+08:00`)
}
