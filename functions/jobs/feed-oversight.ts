import type { Databases } from '../../db/database.ts'
import type { Deps } from '../deps.ts'
import { feedOversight } from '../services/oversight/feed-oversight.ts'

const TICK_MS = 5_000
/** Every so many ticks, a minute's worth, all tenants are asked, whatever was noticed. */
const FULL_ROUND = 12

/** The feed of the read model in a process that stays. */
export interface Feeding {
  /** The same dependencies, whose tenants' writes tell the feed where something is to be read. */
  deps: Deps
  start(): void
  stop(): void
  finished(): Promise<void>
}

/**
 * Once started, feeds the read model at once and every five seconds (`tickMs`) from the tenants that were written to or could not be read to the end,
 * and every minute from all. What is noticed only saves looking: a write that goes unnoticed is read a minute later.
 */
export function feedingOf(deps: Deps, tickMs = TICK_MS): Feeding {
  const noticed = new Set<string>()
  let ticks = 0
  let running: Promise<void> | undefined
  const round = async (): Promise<void> => {
    let tenants = ticks++ % FULL_ROUND === 0 ? undefined : [...noticed]
    noticed.clear()
    while (tenants === undefined || tenants.length > 0) {
      const fed = await feedOversight(deps, { tenants })
      for (const { tenant, state } of fed) if (state === 'stuck' || state === 'down') noticed.add(tenant)
      tenants = fed.filter(({ state }) => state === 'behind').map(({ tenant }) => tenant)
    }
  }
  const tick = (): void => {
    running ??= round()
      .catch((error: unknown) =>
        deps.log({ level: 'error', event: 'oversight', error: String(error).slice(0, 300) }),
      )
      .finally(() => {
        running = undefined
      })
  }
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    deps: { ...deps, databases: noticing(deps.databases, (tenant) => noticed.add(tenant)) },
    start() {
      timer = setInterval(tick, tickMs)
      timer.unref()
      tick()
    },
    stop: () => clearInterval(timer),
    finished: async () => running,
  }
}

/** The same databases; `written` is told of each tenant whose database was written to. */
function noticing(databases: Databases, written: (tenant: string) => void): Databases {
  return {
    ...databases,
    tenant(id) {
      const database = databases.tenant(id)
      return {
        read: (statements) => database.read(statements),
        async write(statements) {
          const rows = await database.write(statements)
          written(id)
          return rows
        },
      }
    },
  }
}
