import type { ScenarioEvent } from '../../functions/core/policy/scenario.ts'
import type { World } from '../api/harness.ts'
import { type Life, livesOf } from './province.ts'
import type { Scribe } from './scribe.ts'

interface Part {
  scribe: Scribe
  life: Life
  project: string | undefined
  left: ScenarioEvent[]
  secretFrom: number | undefined
}

/** Lives of several jurisdictions, told in the order of their days and mixed within a day. */
export class Story {
  readonly #parts: Part[] = []

  constructor(
    readonly world: World,
    scribes: ReadonlyMap<string, Scribe>,
    readonly random: () => number,
    perTenant = 3,
  ) {
    for (const [id, scribe] of scribes) {
      const lives = livesOf(id)
      for (let n = 0; n < perTenant; n++) {
        const life = lives[Math.floor(random() * lives.length)]!
        const left = (life.events ?? []).filter((one) => !one.expect?.refused)
        const secretFrom = random() < 0.2 ? Math.floor(random() * left.length) : undefined
        this.#parts.push({ scribe, life, project: undefined, left: [...left], secretFrom })
      }
    }
  }

  /** Tells the next event; false at the end. The clock goes to its day. */
  async next(): Promise<boolean> {
    const open = this.#parts.filter((part) => part.left.length > 0)
    if (open.length === 0) return false
    const day = open.reduce((first, { left }) => (left[0]!.on < first ? left[0]!.on : first), '9999-12-31')
    const today = open.filter((part) => part.left[0]!.on === day)
    const part = today[Math.floor(this.random() * today.length)]!
    this.#clockTo(day)
    if (part.project === undefined) part.project = await this.#begin(part, day)
    else {
      const event = part.left.shift()!
      const told = part.life.events!.length - part.left.length
      await part.scribe.play(part.project, event)
      if (part.secretFrom === told)
        await part.scribe.play(part.project, { on: day, by: 'unit', facts: { secret: true } })
      if (part.secretFrom === told - 4)
        await part.scribe.play(part.project, { on: day, by: 'unit', facts: { secret: false } })
    }
    return true
  }

  async #begin({ scribe, life }: Part, day: string): Promise<string> {
    const registers =
      life.registers &&
      Object.fromEntries(
        Object.entries(life.registers).map(([id, list]) => [
          id,
          list.map((one) => (typeof one === 'string' ? { name: one } : one)),
        ]),
      )
    const secret = this.random() < 0.1
    const raw = { ...life.facts, ...life.unit?.facts, ...(secret && { secret: true }) }
    return scribe.open(
      `项目${Math.floor(this.random() * 1000)}`,
      raw,
      day,
      this.random() < 0.7 ? 0 : 1,
      registers,
    )
  }

  #clockTo(day: string): void {
    const at = new Date(`${day}T02:00:00.000Z`)
    const next = Math.max(at.getTime(), this.world.clock.now.getTime() + 1)
    this.world.clock.now = new Date(next)
  }
}
