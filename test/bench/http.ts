import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { printTable, rate } from './table.ts'

/** A step and a list over HTTP against bare Hono routes that write and read the same rows, in one run. */

const CONNECTIONS = 16
const STEPS = 300
/**
 * Steps and lists before the first round, so that a warm server is measured: a program of this size goes on getting faster
 * for some thousand requests, the bare routes are at their best after a few hundred.
 */
const WARM = 2_000
const LISTS = 600
const ROUNDS = 5

interface Served {
  url: string
  token: string
  /** An authority's, whose list walks all projects of the tenant. */
  authority: string
  tenant: string
  projects: string[]
}

/** Runs the comparison against a server in a process of its own. */
export async function benchHttp(): Promise<void> {
  const child = fork(new URL('server.js', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const served = await nextMessage<Served>(child)
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    const call = caller(agent, served)
    const own: number[] = []
    const bare: number[] = []
    const ownList: number[] = []
    const bareList: number[] = []
    const declare = (ids: string[]) =>
      timed(ids.length, (i) =>
        call('POST', `/api/${served.tenant}/projects/${ids[i]}/steps/declare`, { materials: ['design'] }),
      )
    await declare(served.projects.slice(0, WARM))
    await timed(WARM, (i) => call('POST', '/bare/step', { n: i }))
    const list = () => call('GET', `/api/${served.tenant}/projects?limit=50`, undefined, served.authority)
    await timed(WARM, list)
    await timed(WARM, () => call('GET', '/bare/list'))
    for (let round = 0; round < ROUNDS; round += 1) {
      const ids = served.projects.slice(WARM + round * STEPS, WARM + (round + 1) * STEPS)
      own.push(await declare(ids))
      bare.push(await timed(STEPS, (i) => call('POST', '/bare/step', { n: WARM + round * STEPS + i })))
      ownList.push(await timed(LISTS, list))
      bareList.push(await timed(LISTS, () => call('GET', '/bare/list')))
    }
    const trips = await call('GET', '/bare/trips')
    const share = (a: number[], b: number[]) => `${((median(a) / median(b)) * 100).toFixed(0)} %`
    printTable(
      `Over HTTP on loopback, ${CONNECTIONS} connections, client and server on the same machine`,
      ['what', 'ours /s', 'bare /s', 'ours of bare', 'asked', 'database round trips'],
      [
        [
          'execute a step (session, permission, engine, one batch with events, audit, to-dos)',
          rate(median(own)),
          rate(median(bare)),
          share(own, bare),
          '50 %',
          String(trips.step),
        ],
        [
          'list 50 projects',
          rate(median(ownList)),
          rate(median(bareList)),
          share(ownList, bareList),
          '50 %',
          String(trips.list),
        ],
      ],
    )
    printTable(
      'Database round trips by route in this run',
      ['route', 'most'],
      Object.entries(trips.all as Record<string, number>),
    )
    agent.destroy()
  } finally {
    child.kill()
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the server left with ${code}`)))
  })
}

type Call = (method: string, path: string, json?: object, token?: string) => Promise<Record<string, unknown>>

function caller(agent: Agent, served: Served): Call {
  let n = 0
  return (method, path, json, token = served.token) =>
    new Promise((resolve, reject) => {
      n += 1
      const body = json === undefined ? undefined : JSON.stringify(json)
      const headers: Record<string, string> = { authorization: `Bearer ${token}` }
      if (body)
        Object.assign(headers, {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'idempotency-key': `bench-${n}`,
        })
      const sent = request(`${served.url}${path}`, { method, headers, agent }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (piece: string) => {
          text += piece
        })
        answer.on('end', () => {
          if (answer.statusCode !== 200)
            reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 600)}`))
          else resolve(JSON.parse(text) as Record<string, unknown>)
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
}

/** Calls a second with all connections busy. */
async function timed(times: number, run: (i: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const from = process.hrtime.bigint()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < times) {
        const i = next
        next += 1
        await run(i)
      }
    }),
  )
  return times / (Number(process.hrtime.bigint() - from) / 1e9)
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!
}
