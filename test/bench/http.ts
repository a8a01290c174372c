import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { printTable, rate } from './table.ts'

/** A step and a list over HTTP against bare Hono routes that write and read the same rows, in one run. */

const CONNECTIONS = 16
const STEPS = 600
/**
 * Steps and lists before the first round, so that a warm server is measured: a program of this size goes on getting faster
 * for some thousand requests, the bare routes are at their best after a few hundred.
 */
const WARM = 2_000
const LISTS = 600
/** Requests before each measured round: a process that has slept while others were measured wakes up first. */
const WAKE = 100
const ROUNDS = 5

interface Served {
  url: string
  token: string
  /** An authority's, whose list walks all projects of the tenant. */
  authority: string
  tenant: string
  projects: string[]
  /** The file of what was recorded for the bare routes. */
  recorded: string
}

/** Runs the comparison: the service and the bare routes each in a process of its own. */
export async function benchHttp(): Promise<void> {
  const children: ChildProcess[] = []
  const start = (name: string, ...args: string[]) => {
    const child = fork(new URL(name, import.meta.url), args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    children.push(child)
    return child
  }
  try {
    const served = await nextMessage<Served>(start('server.js'))
    const { url: bareUrl } = await nextMessage<{ url: string }>(start('bare.js', served.recorded))
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    const call = caller(agent, served, bareUrl)
    const rates: Record<string, number[]> = {}
    const note = (name: string, rate: number) => {
      rates[name] = [...(rates[name] ?? []), rate]
    }
    const declare = (ids: string[]) =>
      timed(ids.length, (i) =>
        call('POST', `/api/${served.tenant}/projects/${ids[i]}/steps/declare`, { materials: ['design'] }),
      )
    const bare = (path: string, count: number, from: number) =>
      timed(count, (i) => call('POST', path, { n: from + i }))
    const list = () => call('GET', `/api/${served.tenant}/projects?limit=50`, undefined, served.authority)
    const [bareSteps, bareLists] = [
      ['/bare/step', '/bare/single-step', '/bare/plain-step'],
      ['/bare/list', '/bare/plain-list'],
    ]
    await declare(served.projects.slice(0, WARM))
    for (const path of bareSteps) await bare(path, WARM, 0)
    for (let round = 0; round < ROUNDS; round += 1) {
      const woken = WARM + round * (WAKE + STEPS) + WAKE
      await declare(served.projects.slice(woken - WAKE, woken))
      note('step', await declare(served.projects.slice(woken, woken + STEPS)))
      for (const path of bareSteps) {
        await bare(path, WAKE, woken - WAKE)
        note(path, await bare(path, STEPS, woken))
      }
    }
    await timed(WARM, list)
    for (const path of bareLists) await timed(WARM, () => call('GET', path))
    for (let round = 0; round < ROUNDS; round += 1) {
      await timed(WAKE, list)
      note('list', await timed(LISTS, list))
      for (const path of bareLists) {
        await timed(WAKE, () => call('GET', path))
        note(path, await timed(LISTS, () => call('GET', path)))
      }
    }
    const trips = await call('GET', '/trips')
    const row = (what: string, name: string, other: string, driver: string) => {
      const [ours, bareRate] = [median(rates[name]!), median(rates[other]!)]
      const share = `${((ours / bareRate) * 100).toFixed(0)} %`
      return [what, driver, rate(ours), rate(bareRate), share, '50 %', String(trips[name])]
    }
    const step = 'execute a step (session, permission, engine, one batch with events, audit, to-dos)'
    const own = "the service's own room: one transaction a turn"
    const [raw, client] = ['libsql: one transaction a request', '@libsql/client: one batch a request']
    printTable(
      `Over HTTP on loopback, ${CONNECTIONS} connections, client and server on the same machine`,
      [
        'what',
        'bare route writes and reads by',
        'ours /s',
        'bare /s',
        'ours of bare',
        'asked',
        'round trips',
      ],
      [
        row(step, 'step', '/bare/step', own),
        row('the same', 'step', '/bare/single-step', raw),
        row('the same', 'step', '/bare/plain-step', client),
        row('list 50 projects', 'list', '/bare/list', own),
        row('the same', 'list', '/bare/plain-list', client),
      ],
    )
    const [page, rows] = [await list(), await call('GET', '/bare/list')].map(
      (one) => JSON.stringify(one).length,
    )
    printTable(
      'What a list of 50 sends',
      ['ours, characters', 'bare, characters'],
      [[String(page), String(rows)]],
    )
    printTable(
      'Database round trips by route in this run',
      ['route', 'most'],
      Object.entries(trips.all as Record<string, number>),
    )
    agent.destroy()
  } finally {
    for (const child of children) child.kill()
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the server left with ${code}`)))
  })
}

type Call = (method: string, path: string, json?: object, token?: string) => Promise<Record<string, unknown>>

function caller(agent: Agent, served: Served, bareUrl: string): Call {
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
      const sent = request(
        `${path.startsWith('/bare/') ? bareUrl : served.url}${path}`,
        { method, headers, agent },
        (answer) => {
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
        },
      )
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
