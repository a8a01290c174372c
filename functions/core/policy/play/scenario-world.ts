import { type BatchProject, decideBatch, openBatch } from '../../case/batch.ts'
import { decide } from '../../case/decide.ts'
import { evolve } from '../../case/evolve.ts'
import { foldLog } from '../../case/fold-log.ts'
import { openCase, readFacts } from '../../case/open.ts'
import type { Calendar } from '../../values/workdays.ts'
import type { CaseEvent } from '../command.ts'
import { nearest } from '../document/nearest.ts'
import { absorptions } from '../engine/absorption.ts'
import { countsOf } from '../engine/counts.ts'
import { registersAfter } from '../engine/registers.ts'
import { finding, spoken } from '../engine/say.ts'
import { tick } from '../engine/tick.ts'
import type { Outside, Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import { commandOf, executeOf, registersOf, withdrawn } from '../scenario-command.ts'
import type { PlayedEvent } from '../simulate.ts'
import type { CaseState, SanctionInForce } from '../state.ts'
import { sanctionsAfter } from '../unit-sanctions.ts'

/** The projects, the unit and the batches of one scenario. */
export class ScenarioWorld {
  private readonly policy: Policy
  private readonly calendar: Calendar
  private readonly scenario: Scenario
  private readonly states = new Map<string, CaseState>()
  private readonly batches = new Map<string, CaseState>()
  /** Acts of each project, oldest first, each with its events. */
  private readonly acts = new Map<string, CaseEvent[][]>()
  private readonly opening: Finding[] = []
  private readonly announced: NonNullable<Outside['announced']>
  private readonly first: string
  private unitFacts: Outside['unit']['facts'] = {}
  private lastDay: string
  /** As they stand; one that nobody filled in is not judged by. */
  private registers: Outside['registers']

  constructor(policy: Policy, scenario: Scenario, calendar: Calendar) {
    this.policy = policy
    this.calendar = calendar
    this.scenario = scenario
    this.announced = { ...scenario.announced }
    this.registers = registersOf(scenario)
    const projects = scenario.projects ?? { project: { facts: {} } }
    this.first = Object.keys(projects)[0] ?? 'project'
    this.lastDay = scenario.events?.[0]?.on ?? scenario.on ?? '2026-07-01'
    const unit = readFacts(policy, scenario.unit?.facts ?? {})
    this.unitFacts = { ...unit.facts, ...unit.unit }
    this.opening.push(...unit.findings)
    for (const [id, text] of Object.entries(projects)) {
      const raw = { ...scenario.facts, ...text.facts }
      const read = readFacts(policy, raw)
      Object.assign(this.unitFacts, read.unit)
      const opened = openCase(
        policy,
        { id, facts: known(raw, read.findings) },
        this.around(this.lastDay),
        this.lastDay,
      )
      this.opening.push(...read.findings)
      if (opened.ok) this.moved(id, [opened.event], opened.state)
    }
  }

  play(event: ScenarioEvent): PlayedEvent {
    this.lastDay = event.on > this.lastDay ? event.on : this.lastDay
    const base = {
      on: event.on,
      ...(event.step ? { step: event.step } : {}),
      ...(event.project ? { project: event.project } : {}),
    }
    if (event.unit?.facts) {
      const read = readFacts(this.policy, event.unit.facts)
      Object.assign(this.unitFacts, read.unit, read.facts)
    }
    if (event.announce) {
      this.announced[event.announce] = {
        ...this.announced[event.announce],
        [String(event.year ?? event.on.slice(0, 4))]: { from: event.from, to: event.to ?? '9999-12-31' },
      }
      return { ...base, accepted: true, findings: [] }
    }
    const wrongVersion = this.versionFindings(event)
    if (wrongVersion.length > 0) return { ...base, accepted: false, findings: wrongVersion }
    if (event.batch) return { ...base, ...this.playBatch(event) }
    const id = event.project ?? this.first
    const state = this.states.get(id)
    if (!state || this.opening.some((one) => one.level === 'block' && this.isFirstUse(state)))
      return {
        ...base,
        accepted: false,
        findings:
          this.opening.length > 0
            ? this.opening
            : spoken(this.policy, [
                finding('unknown', '', [], { name: id, guess: nearest(id, this.states.keys()) ?? null }),
              ]),
      }
    if (event.withdraw) return { ...base, step: event.withdraw, ...this.withdraw(id, state, event) }
    const command = commandOf(event)
    if (!command) return { ...base, accepted: true, findings: [] }
    const result = decide(
      this.policy,
      state,
      command,
      { ...this.around(event.on, state), time: event.at },
      event.on,
      {
        solo: true,
      },
    )
    if (result.ok) this.moved(id, result.events, result.state)
    return {
      ...base,
      accepted: result.ok,
      findings: result.findings,
      ...(result.ok && result.awaiting ? { complete: false, awaiting: result.awaiting } : {}),
    }
  }

  /** The projects by their names, the first one that is meant where an event names none. */
  get projects(): ReadonlyMap<string, CaseState> {
    return this.states
  }

  /** The project that is meant where an event names none; an empty one where its facts could not be read. */
  get main(): CaseState {
    return this.states.get(this.first) ?? emptyCase(this.policy, this.lastDay, this.around(this.lastDay))
  }

  /** The latest day that was played. */
  get day(): string {
    return this.lastDay
  }

  /** What is wrong with the facts that it was opened with. */
  get openingFindings(): readonly Finding[] {
    return this.opening
  }

  private moved(id: string, events: CaseEvent[], state: CaseState): void {
    this.states.set(id, state)
    this.acts.set(id, [...(this.acts.get(id) ?? []), events])
    this.registers = registersAfter(this.registers, events)
    for (const { into, event } of absorptions(id, id, events, () => true))
      if (this.states.has(into))
        this.moved(into, [event], evolve(this.policy, this.states.get(into), event, this.calendar))
  }

  /** The body that did the last act takes it back. */
  private withdraw(
    id: string,
    state: CaseState,
    event: ScenarioEvent,
  ): Pick<PlayedEvent, 'accepted' | 'findings'> {
    const { findings, left } = withdrawn(this.policy, state, this.acts.get(id)!, event)
    if (!left) return { accepted: false, findings }
    this.acts.set(id, left)
    const log = left.flat().map((one) => ({ event: one }))
    this.states.set(id, foldLog(log, () => this.policy, this.calendar)!)
    return { accepted: true, findings }
  }

  private isFirstUse(state: CaseState): boolean {
    return state.seq === 1
  }

  private versionFindings(event: ScenarioEvent): Finding[] {
    const { effective, expires } = this.policy.document.policy
    if (effective !== 'unseen' && event.on < effective)
      return spoken(this.policy, [finding('no-policy', '', [], { day: event.on, effective })])
    if (expires && event.on > expires && event.step === this.policy.binds)
      return spoken(this.policy, [
        finding('version', event.step, [], { because: `本办法已于 ${expires} 失效` }),
      ])
    return []
  }

  private playBatch(event: ScenarioEvent): Omit<PlayedEvent, 'on'> {
    const rule = this.policy.procedures.get(event.batch!)
    if (rule?.on !== 'batch' || !event.step)
      return {
        accepted: false,
        findings: spoken(this.policy, [
          finding('unknown', event.batch!, [], {
            name: event.batch!,
            guess: nearest(event.batch!, this.policy.procedures.keys()) ?? null,
          }),
        ]),
      }
    const key = `${event.batch}:${event.year ?? ''}`
    const outside = this.around(event.on)
    const batch =
      this.batches.get(key) ??
      openBatch(this.policy, { id: key, procedure: event.batch!, year: event.year }, outside, event.on).state
    const projects: BatchProject[] = [...this.states].map(([id, state]) => ({
      id,
      state,
      policy: this.policy,
      outside: this.around(event.on, state),
      recount: (moved) => this.counts(event.on, state, outside, moved),
    }))
    const items = event.items?.map((item) => ({ ...item, project: item.project ?? this.first }))
    const command = { ...executeOf(event), items }
    const result = decideBatch(
      this.policy,
      batch,
      command,
      projects,
      outside,
      event.on,
      `${key}#${batch.seq + 1}`,
    )
    if (result.ok) {
      this.batches.set(key, result.batch!.state)
      for (const project of result.projects) this.moved(project.id, project.events, project.state)
    }
    return {
      accepted: result.ok,
      findings: result.findings,
      ...(result.ok && result.awaiting ? { complete: false, awaiting: result.awaiting } : {}),
    }
  }

  /** What surrounds a case on a day; the counts over the other projects only where a project is meant. */
  around(day: string, state?: CaseState): Outside {
    const outside: Outside = {
      unit: { facts: this.unitFacts, sanctions: this.unitSanctions(day) },
      registers: this.registers,
      counts: this.scenario.counts,
      projects: this.scenario.projects && this.named(day),
      bodies: this.scenario.organisations,
      announced: this.announced,
      calendar: this.calendar,
    }
    return state ? { ...outside, counts: this.counts(day, state, outside) } : outside
  }

  private named(day: string): Outside['projects'] {
    const all = [...this.states].map(([id, state]) => [id, this.ticked(state, day).ended] as const)
    return Object.fromEntries(all.map(([id, ended]) => [id, { title: id, ended: ended !== undefined }]))
  }

  /** Counts over the other projects as they stand on a day; what the scenario gives goes before. */
  private counts(
    day: string,
    self: CaseState,
    outside: Outside,
    moved?: ReadonlyMap<string, CaseState>,
  ): Outside['counts'] {
    if (this.policy.counts.length === 0) return this.scenario.counts
    const others = [...this.states].map(([id, state]) => this.ticked(moved?.get(id) ?? state, day))
    const counted = countsOf(this.policy, self, { unit: others, year: others }, outside, day)
    return { ...counted, ...this.scenario.counts }
  }

  /** A project as it stands on a day; only events are kept, what a missed day does follows from them. */
  private ticked(state: CaseState, day: string): CaseState {
    const unit = { facts: this.unitFacts, sanctions: [] }
    return tick(this.policy, state, day, { unit, calendar: this.calendar, counts: this.scenario.counts })
  }

  private unitSanctions(day: string): SanctionInForce[] {
    const given = (this.scenario.unit?.sanctions ?? []).map((item) =>
      typeof item === 'string'
        ? { id: item, on: '1900-01-01', cause: '', seq: 0 }
        : { id: item.id, on: item.on, cause: item.cause ?? '', seq: 0 },
    )
    const acts = [...this.states].flatMap(([project, state]) =>
      this.ticked(state, day).unitSanctions.map((act) => ({ ...act, project })),
    )
    return sanctionsAfter(acts, day, given)
  }
}

function known(raw: Record<string, unknown>, findings: Finding[]): Record<string, unknown> {
  const bad = new Set(findings.filter((one) => one.level === 'block').map((one) => String(one.facts.name)))
  return Object.fromEntries(Object.entries(raw).filter(([id]) => !bad.has(id)))
}

function emptyCase(policy: Policy, day: string, outside: Outside): CaseState {
  const opened = openCase(policy, { id: 'project', facts: {} }, outside, day)
  if (!opened.ok) throw new Error('a case without facts can always be opened')
  return opened.state
}
