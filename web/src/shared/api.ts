import { type ClientResponse, hc } from 'hono/client'
import type { AppType } from '../../../functions/app.ts'
import { askToSignIn, timesRenewed } from './session-loss.ts'

/** RFC 9457 problem as the service answers it. */
export interface Problem {
  title: string
  status: number
  code: string
  detail?: string
  instance?: string
  findings?: Finding[]
  errors?: { pointer: string; detail: string }[]
  problems?: PolicyProblem[]
}

/** One reason of the engine, as every answer carries it. */
export type Finding = Answered<Awaited<ReturnType<typeof explainCall>>>['findings'][number]

/** A problem of a policy file at its place. */
export interface PolicyProblem {
  severity: 'error' | 'warning' | 'note'
  code: string
  message: string
  fix?: string
  line?: number
  column?: number
  article?: string[]
}

/** A request that failed: by the law (422 with findings), by what was sent, or by the service. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
  }

  /** Whether the same request under the same key may still have gone through. */
  get unsure(): boolean {
    return this.problem.status >= 500 || this.problem.status === 0
  }
}

/** Sends with the session cookie; when the session is over, waits until the person has signed in again and repeats. */
async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const before = timesRenewed()
  const response = await reach(input, init)
  const path = new URL(String(input instanceof Request ? input.url : input), location.origin).pathname
  if (response.status !== 401 || path === '/api/session' || path === '/api/me') return response
  if (await isWrongPassword(response)) return response
  if (timesRenewed() !== before) return send(input, init)
  return (await askToSignIn()) ? send(input, init) : response
}

/** A wrong present password is 401 too, and no end of the session. */
async function isWrongPassword(response: Response): Promise<boolean> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Partial<Problem> | undefined
  return problem?.code === 'credentials'
}

async function reach(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init)
  } catch {
    throw new ApiError({ title: '网络不通', status: 0, code: 'offline', detail: '连接不上服务, 请稍后重试' })
  }
}

/** The service, with the types of its own routes. */
export const api = hc<AppType>(location.origin, { fetch: send }).api

const explainCall = () => api[':tenant'].explain.$post({ param: { tenant: '' }, json: { facts: {} } })

/** The body of a route's successful answer. */
export type Answered<R> =
  R extends ClientResponse<infer T, infer S, infer _F> ? (S extends 200 | 201 ? T : never) : never

/** The answer's body; throws `ApiError` for every answer that is no success. */
export async function answer<R extends ClientResponse<unknown, number, string>>(
  request: Promise<R>,
): Promise<Answered<R>> {
  const response = await request
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answered<R>
  throw new ApiError(await problemOf(response as unknown as Response))
}

/** The problem document of a failed response, or one made up where there is none. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Problem
    if (typeof body.code === 'string') return body
  } catch {
    // A proxy's own page is no problem document.
  }
  return { title: '服务没有正常应答', status: response.status, code: 'unknown' }
}

/** A fresh Idempotency-Key. */
export function newKey(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.floor(Math.random() * 1e12)}`
}

/** Request options that carry a key. */
export function keyed(key: string) {
  return { headers: { 'idempotency-key': key } }
}
