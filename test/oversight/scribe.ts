import { type Position, START, type StreamAppend } from '../../db/ledger.ts'
import { append, type CaseAppend } from '../../db/tenant/append.ts'
import { type BatchProject, decideBatch, openBatch } from '../../functions/core/case/batch.ts'
import { decide } from '../../functions/core/case/decide.ts'
import { evolve } from '../../functions/core/case/evolve.ts'
import { openCase, readFacts } from '../../functions/core/case/open.ts'
import type { CaseEvent } from '../../functions/core/policy/command.ts'
import type { Outside, Policy } from '../../functions/core/policy/model.ts'
import type { ScenarioEvent } from '../../functions/core/policy/scenario.ts'
import { commandOf, executeOf } from '../../functions/core/policy/scenario-command.ts'
import type { CaseState, Values } from '../../functions/core/policy/state.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import type { ProvisionedTenant } from '../../functions/services/tenants/provision-tenant.ts'
import type { World } from '../api/harness.ts'

/** A project as the writer of the log knows it. */
export interface Written {
  id: string
  organisationId: string
  state: CaseState
  position: Position
  registers: Outside['registers']
}

/**
 * Writes a tenant's log as its services would: decided by the engine, appended to the ledger. What lists are read from is
 * left out, so that whatever reads the log has nothing else to go by.
 */
export class Scribe {
  readonly projects = new Map<string, Written>()
  readonly units = new Map<string, { facts: Values; position: Position }>()
  announced: NonNullable<Outside['announced']> = {}
  readonly #batches = new Map<string, { state: CaseState; position: Position }>()
  readonly #other = new Map<string, Position>()
  #refusal: string[] = []

  constructor(
    readonly world: World,
    readonly tenant: ProvisionedTenant,
    readonly policy: Policy,
  ) {}

  /** Opens a project of the nth unit with facts as people write them. */
  async open(
    title: string,
    raw: Record<string, unknown>,
    on: string,
    nth = 0,
    registers?: Outside['registers'],
  ): Promise<string> {
    const organisationId = this.tenant.organisations.filter((one) => one.parties.includes('unit'))[nth]!.id
    const read = readFacts(this.policy, raw)
    if (Object.keys(read.unit).length) await this.unitFacts(organisationId, read.unit, on)
    const id = this.world.deps.newId()
    const opened = openCase(this.policy, { id, facts: raw }, this.outside(organisationId, on, registers), on)
    if (!opened.ok) throw new Error(JSON.stringify(opened.findings))
    const event = { ...opened.event, title, organisationId }
    const project: Written = { id, organisationId, state: opened.state, position: START, registers }
    await this.#write([this.#caseOf(project, [event])])
    this.projects.set(id, project)
    return id
  }

  /** Plays an event of a scenario on a project; gives whether it was accepted. */
  async play(id: string, event: ScenarioEvent): Promise<boolean> {
    const project = this.projects.get(id)!
    if (event.unit?.facts) {
      const read = readFacts(this.policy, event.unit.facts)
      await this.unitFacts(project.organisationId, { ...read.facts, ...read.unit }, event.on)
    }
    if (event.announce) {
      await this.announce(
        event.announce,
        event.year ?? Number(event.on.slice(0, 4)),
        event.from,
        event.to ?? '9999-12-31',
        event.on,
      )
      return true
    }
    if (event.batch) return this.#playBatch(id, event)
    const command = commandOf(event)
    if (!command) return true
    const outside = this.outside(project.organisationId, event.on, project.registers)
    const result = decide(this.policy, project.state, command, outside, event.on, { solo: true })
    if (!result.ok) return this.#refused(result.findings)
    await this.#write([this.#caseOf(project, result.events)])
    return true
  }

  /** Plays events that must be accepted. */
  async must(id: string, ...events: ScenarioEvent[]): Promise<void> {
    for (const event of events)
      if (!(await this.play(id, event))) throw new Error(`${event.step}: ${this.#refusal.join('; ')}`)
  }

  /** States facts of a unit. */
  async unitFacts(organisationId: string, facts: Values, on: string): Promise<void> {
    const unit = this.units.get(organisationId) ?? { facts: {}, position: START }
    unit.facts = { ...unit.facts, ...facts }
    this.units.set(organisationId, unit)
    const [position] = await this.#write(
      [],
      [
        {
          stream: `unit:${organisationId}`,
          position: unit.position,
          action: 'unit-facts',
          events: [{ type: 'unit-facts', on, payload: { facts } }],
        },
      ],
    )
    unit.position = position!
  }

  /** Announces the days of a step. */
  async announce(
    step: string,
    year: number,
    from: string | undefined,
    to: string,
    on: string,
  ): Promise<void> {
    this.announced = { ...this.announced, [step]: { ...this.announced[step], [String(year)]: { from, to } } }
    const payload = { step, year, from: from ?? null, to }
    await this.other(`announcement:${step}:${year}`, 'window-announced', payload, on)
  }

  /** Any entry of any stream. */
  async other(stream: string, type: string, payload: object, on: string): Promise<void> {
    const position = this.#other.get(stream) ?? START
    const [next] = await this.#write(
      [],
      [{ stream, position, action: 'test', events: [{ type, on, payload }] }],
    )
    this.#other.set(stream, next!)
  }

  /** An entry of a project's stream as it is, whatever the engine thinks of it. */
  async raw(id: string, payload: { type: string; on: string }): Promise<void> {
    const project = this.projects.get(id)!
    const events = [{ type: payload.type, on: payload.on, payload }]
    const entry = { stream: `project:${id}`, position: project.position, action: 'test', events }
    const [position] = await this.#write([], [entry])
    project.position = position!
  }

  /** What surrounds a unit's projects on a day. */
  outside(organisationId: string, day: string, registers?: Outside['registers']): Outside {
    const sanctions: Outside['unit']['sanctions'] = []
    for (const { id, organisationId: unit, state } of this.projects.values())
      if (unit === organisationId)
        for (const act of state.unitSanctions) {
          if (act.on > day) continue
          if (act.act === 'impose')
            sanctions.push({ id: act.id, on: act.on, cause: act.cause, seq: act.seq, project: id })
          else for (const one of sanctions) if (one.id === act.id) one.liftedOn ??= act.on
        }
    const facts = this.units.get(organisationId)?.facts ?? {}
    return { unit: { facts, sanctions }, registers, announced: this.announced, calendar: seededCalendar }
  }

  async #playBatch(first: string, event: ScenarioEvent): Promise<boolean> {
    const key = `${event.batch}:${event.year ?? ''}`
    const organisationId = this.projects.get(first)!.organisationId
    const outside = this.outside(organisationId, event.on)
    const known = this.#batches.get(key)
    const opened = known
      ? undefined
      : openBatch(this.policy, { id: key, procedure: event.batch!, year: event.year }, outside, event.on)
    const batch = known ?? { state: opened!.state, position: START }
    const projects: BatchProject[] = [...this.projects.values()].map((one) => ({
      id: one.id,
      state: one.state,
      policy: this.policy,
      outside: this.outside(one.organisationId, event.on, one.registers),
    }))
    const items = event.items?.map((item) => ({ ...item, project: item.project ?? first }))
    const result = decideBatch(
      this.policy,
      batch.state,
      { ...executeOf(event), items },
      projects,
      outside,
      event.on,
      `${key}#1`,
    )
    if (!result.ok) return this.#refused(result.findings)
    const events = [...(opened ? [opened.event] : []), ...result.batch!.events]
    const own: CaseAppend = {
      stream: `batch:${key}`,
      position: batch.position,
      action: 'batch',
      events: events.map((one) => ({ type: one.type, on: one.on, payload: one })),
      state: JSON.stringify(result.batch!.state),
    }
    const carried = result.projects.map((one) => this.#caseOf(this.projects.get(one.id)!, one.events))
    const [position] = await this.#write([own, ...carried])
    this.#batches.set(key, { state: result.batch!.state, position: position! })
    return true
  }

  #refused(findings: readonly { message: string }[]): false {
    this.#refusal = findings.map(({ message }) => message)
    return false
  }

  #caseOf(project: Written, events: readonly CaseEvent[]): CaseAppend & { project: Written } {
    let state: CaseState | undefined = project.position.version === 0 ? undefined : project.state
    for (const event of events) state = evolve(this.policy, state, event, seededCalendar)
    project.state = state!
    return {
      project,
      stream: `project:${project.id}`,
      position: project.position,
      action: 'test',
      events: events.map((one) => ({ type: one.type, on: one.on, payload: one })),
      state: JSON.stringify(state),
    }
  }

  async #write(
    cases: (CaseAppend & { project?: Written })[],
    others: StreamAppend[] = [],
  ): Promise<Position[]> {
    const { deps } = this.world
    const act = { at: deps.now(), actor: { user: 'u', name: 'n' }, requestId: deps.newId() }
    const plain = cases.map(({ project: _, ...rest }) => rest)
    const positions = await append(deps.databases.tenant(this.tenant.id), { act, cases: plain, others })
    cases.forEach((one, i) => {
      if (one.project) one.project.position = positions[i]!
    })
    return positions
  }
}
