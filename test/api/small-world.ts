import { expect } from 'vitest'
import { smallText } from '../core/small.ts'
import { type Answer, addTenant, moveTo, openWorld, personOf, type World } from './harness.ts'

/** A tenant `small` that lives by a small policy, with a person for each party and a second unit. */
export interface SmallWorld {
  world: World
  tokens: Record<string, string>
  on(day: string): Promise<void>
  get(who: string, path: string): Promise<Answer>
  post(who: string, path: string, json?: unknown, key?: string): Promise<Answer>
  /** Opens a project of the unit (or another) and gives its id. */
  project(facts?: object, who?: string): Promise<string>
  step(who: string, project: string, step: string, json?: object): Promise<Answer>
  /** The refusing codes of an answer, or its status. */
  said(answer: Promise<Answer> | Answer): Promise<string>
}

const PARTIES = ['unit', 'lead', 'approver', 'finance', 'audit', 'office', 'government']

/** Opens an installation with that tenant, on a day. */
export async function openSmall(snippet: string, today = '2026-03-02', id = 'small'): Promise<SmallWorld> {
  const world = await openWorld(today)
  const tenant = await addTenant(world, id, smallText(snippet).replace('id: somewhere', `id: ${id}`))
  const tokens: Record<string, string> = {}
  for (const party of PARTIES) tokens[party] = (await personOf(world, tenant, party)).token
  tokens['other-unit'] = (await personOf(world, tenant, 'unit', 'handler', 1)).token
  tokens.administrator = (await personOf(world, tenant, 'lead', 'administrator')).token
  tokens.auditor = (await personOf(world, tenant, 'audit', 'auditor')).token
  const base = `/api/${id}`
  const small: SmallWorld = {
    world,
    tokens,
    on: (day) => moveTo(world, id, day),
    get: (who, path) => world.call('GET', `${base}${path}`, { token: tokens[who] }),
    post: (who, path, json = {}, key) =>
      world.call('POST', `${base}${path}`, { token: tokens[who], json, key }),
    async project(facts = {}, who = 'unit') {
      const answer = await small.post(who, '/projects', { title: '某项目', facts })
      expect(answer.body).toMatchObject({ project: { version: 1 } })
      return answer.body.project.id
    },
    step: (who, project, step, json = {}) => small.post(who, `/projects/${project}/steps/${step}`, json),
    async said(given) {
      const answer = await given
      if (answer.status !== 422) return String(answer.status)
      const blocking = (answer.body.findings ?? []).filter((one: { level: string }) => one.level === 'block')
      return blocking.map((one: { code: string }) => one.code).join(' ')
    },
  }
  return small
}
