import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import dayjs from 'dayjs'
import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Policy } from '../../functions/core/policy/model.ts'
import { playForm } from '../../functions/core/policy/play/play-form.ts'
import { playScenario } from '../../functions/core/policy/play/play-scenario.ts'
import { readScenarios } from '../../functions/core/policy/play/scenario-file.ts'
import { liveOn, sampleProjects } from '../../functions/core/policy/play/whole-life.ts'
import { writeScenario } from '../../functions/core/policy/play/write-scenario.ts'
import type { Scenario, ScenarioEvent } from '../../functions/core/policy/scenario.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { eventOfForm, firstOutcome, valuesFor } from '../../web/src/features/onboard/play/event-of-form.ts'

const ON = '2026-06-15'
const tenants = join(import.meta.dirname, '../../tenants')

function policyOf(id: string): Policy {
  const file = readdirSync(join(tenants, id)).find((name) => name.endsWith('.yaml'))!
  return loadPolicy(readFileSync(join(tenants, id, file), 'utf8'), file).policy!
}

const answers = (policy: Policy, scenario: Scenario) => {
  const { events, state } = simulate(policy, scenario, seededCalendar)
  return { events, state }
}

describe.each(['gulou', 'jiyuan', 'lianyungang', 'luan', 'tianning'])(
  'a life under the rules of %s',
  (id) => {
    const policy = policyOf(id)
    const samples = sampleProjects(policy, seededCalendar, ON)

    it('is known for a project of every track that the policy governs', () => {
      expect(samples.length).toBeGreaterThan(0)
      for (const { track, facts } of samples) {
        const { state } = simulate(policy, { facts, on: ON }, seededCalendar)
        expect(state.track).toBe(track)
      }
    })

    it('is played to its end with nothing refused, by the parties of the rules', () => {
      for (const { facts } of samples) {
        const life = liveOn(policy, { facts }, seededCalendar, ON)
        expect(life.settled).toBe(true)
        const { events, state } = answers(policy, { facts: life.facts, events: life.events })
        expect(events.filter((one) => !one.accepted)).toEqual([])
        expect(state.obligations.filter((one) => one.period === undefined && !one.demand)).toEqual([])
      }
    })

    it('is kept in a file that is read and played with the same answers', () => {
      const life = liveOn(policy, { facts: samples[0]!.facts }, seededCalendar, ON)
      const [first] = life.events
      // The same twice: the second is refused.
      const scenario = { name: '第一条 试演', facts: life.facts, events: [...life.events, first!] }
      const played = playScenario(policy, scenario, seededCalendar)
      expect(played.lines.at(-1)!.accepted).toBe(false)
      const text = writeScenario(scenario, played.lines)
      const { scenarios, problems } = readScenarios(text, 'kept.yaml')
      expect(problems).toEqual([])
      expect(answers(policy, scenarios[0]!)).toEqual(answers(policy, scenario))
      const wanted = scenarios[0]!.events!.at(-1)!.expect!
      expect(wanted.refused).toBe(true)
      expect(wanted.codes).toEqual([
        ...new Set(
          played.lines
            .at(-1)!
            .findings.filter((one) => one.level === 'block')
            .map((one) => one.code),
        ),
      ])
    })

    it('goes on from wherever a rehearsal stands', () => {
      const { facts, events } = liveOn(policy, { facts: samples[0]!.facts }, seededCalendar, ON)
      const begun = { facts, events: events.slice(0, 3) }
      const rest = liveOn(policy, begun, seededCalendar, events[2]!.on)
      expect(rest.settled).toBe(true)
      const all = answers(policy, { facts, events: [...begun.events, ...rest.events] })
      expect(all.events.every((one) => one.accepted)).toBe(true)
    })

    it('goes by the forms alone as far as it goes: what they are filled in with is refused for the time of year only', () => {
      for (const { facts } of samples) {
        const events: ScenarioEvent[] = []
        for (let n = 0; n < 60; n += 1) {
          const { standing, on } = playScenario(policy, { facts, events, on: ON }, seededCalendar)
          const all = [
            ...standing.procedures.flatMap(({ id, steps }) => steps.map((step) => ({ step, procedure: id }))),
            ...standing.steps.map((step) => ({ step, procedure: undefined })),
          ]
          const next = all.find(({ step }) => step.state === 'open' && step.pending && !step.periods)
          if (!next) break
          const place = { kind: 'step', step: next.step.id, on, procedure: next.procedure } as const
          const asked = playForm(policy, { facts, events }, seededCalendar, place)
          if (asked?.kind !== 'step') throw new Error(`${next.step.id} is a step`)
          const values = { on: dayjs(on), ...valuesFor(asked, firstOutcome(asked)) }
          events.push(eventOfForm(asked, values, { procedure: next.procedure, part: next.step.part }))
          const { lines } = playScenario(policy, { facts, events }, seededCalendar)
          const blocking = lines.at(-1)!.findings.filter((one) => one.level === 'block')
          if (blocking.some((one) => one.code === 'window')) break
          expect(blocking, `${next.step.id} ${JSON.stringify(events.at(-1))}`).toEqual([])
        }
        expect(events.length).toBeGreaterThan(0)
      }
    })

    it('tells of each event the same as simulate', () => {
      const { facts, events } = liveOn(policy, { facts: samples[0]!.facts }, seededCalendar, ON)
      const scenario = { facts, events }
      const played = playScenario(policy, scenario, seededCalendar)
      const simulated = simulate(policy, scenario, seededCalendar)
      expect(played.lines.map(({ brought: _, stage: __, owed: ___, unmet: ____, ...one }) => one)).toEqual(
        simulated.events,
      )
      expect(played.standing).toEqual(simulated.state)
    })
  },
)

describe('playing by hand', () => {
  const policy = policyOf('luan')
  const facts = sampleProjects(policy, seededCalendar, ON)[0]!.facts

  it('fills a form in so that the step is accepted, and refuses it with its article when a paper is missing', () => {
    const asked = playForm(policy, { facts, events: [] }, seededCalendar, {
      kind: 'step',
      step: 'declare',
      on: ON,
    })
    if (asked?.kind !== 'step') throw new Error('declare is a step')
    const { by, records, materials } = Object.values(asked.proposals)[0]!
    expect(materials).toEqual(['design'])
    const declare = { on: ON, step: 'declare', by, records, materials }
    const scenario = { facts, events: [{ ...declare, materials: [] }, declare] }
    const [refused, accepted] = playScenario(policy, scenario, seededCalendar).lines
    expect(refused!.accepted).toBe(false)
    const missing = refused!.findings.filter((one) => one.code === 'material')
    expect(missing.map((one) => one.facts.name)).toEqual(['design'])
    expect(missing[0]!.article).not.toEqual([])
    expect(accepted!.accepted).toBe(true)
    expect(accepted!.stage).toEqual({ from: '申报', to: '评审' })
  })

  it('states an act as it stands in the form: papers left out, reasons instead of them, opinions that nobody gave', () => {
    const life = liveOn(policy, { facts }, seededCalendar, ON)
    const formOf = (step: string) => {
      const at = life.events.findIndex((one) => one.step === step)
      const place = { kind: 'step', step, on: life.events[at]!.on } as const
      const scenario = { facts: life.facts, events: life.events.slice(0, at) }
      const asked = playForm(policy, scenario, seededCalendar, place)
      if (asked?.kind !== 'step') throw new Error(`${step} is a step`)
      return { asked, values: { on: dayjs(place.on), ...valuesFor(asked, firstOutcome(asked)) }, scenario }
    }
    const review = formOf('expert-review')
    const opinions = { ...review.values.opinions, finance: 'none', approver: 'object' }
    const reviewed = eventOfForm(review.asked, { ...review.values, opinions, dissent: ['专家2'] }, {})
    expect(reviewed.opinions).toEqual({ approver: 'object', cryptography: 'agree' })
    expect(reviewed.experts).toContainEqual({ name: '专家2', agrees: false })
    const refused = playScenario(
      policy,
      { ...review.scenario, events: [...review.scenario.events, reviewed] },
      seededCalendar,
    ).lines.at(-1)!
    expect(refused.findings.some((one) => one.level === 'block' && one.code === 'opinion')).toBe(true)

    const application = formOf('acceptance-application')
    const materials = {
      ...application.values.materials,
      'source-code': { given: false, reason: ' 购买的成品软件 ' },
      interfaces: { given: false },
    }
    const applied = eventOfForm(application.asked, { ...application.values, materials }, {})
    expect(applied.materials).toContainEqual({ id: 'source-code', reason: '购买的成品软件' })
    expect(applied.materials).not.toContain('interfaces')

    const contract = formOf('contract')
    const alone = eventOfForm(contract.asked, { ...contract.values, by: ['unit'] }, {})
    const awaited = playScenario(
      policy,
      { ...contract.scenario, events: [...contract.scenario.events, alone] },
      seededCalendar,
    ).lines.at(-1)!
    expect(awaited).toMatchObject({ accepted: true, complete: false, awaiting: ['lead'] })
  })

  it('tells what time brings: a due day that passes is overdue from the day after', () => {
    const life = liveOn(policy, { facts }, seededCalendar, ON)
    const signed = life.events.findIndex((one) => one.step === 'contract')
    const events = life.events.slice(0, signed + 1)
    const { standing } = playScenario(policy, { facts: life.facts, events }, seededCalendar)
    const due = standing.obligations.find((one) => one.dueOn && !one.overdue)!
    const waited = (on: string) =>
      playScenario(policy, { facts: life.facts, events: [...events, { on }] }, seededCalendar).lines.at(-1)!
    const late = (on: string) =>
      waited(on).brought.filter((one) => one.kind === 'overdue' && one.title === due.title)
    expect(late(due.dueOn!)).toEqual([])
    const dayAfter = new Date(Date.parse(due.dueOn!) + 86_400_000).toISOString().slice(0, 10)
    expect(late(dayAfter)).toHaveLength(1)
    expect(late(dayAfter)[0]!.article).not.toEqual([])
  })

  it('asks for the facts with which a procedure is started', () => {
    const life = liveOn(policy, { facts }, seededCalendar, ON)
    const started = life.events.findIndex((one) => one.step === 'start')
    const scenario = { facts: life.facts, events: life.events.slice(0, started + 1) }
    const on = scenario.events.at(-1)!.on
    const asked = playForm(policy, scenario, seededCalendar, { kind: 'start', procedure: 'change', on })
    if (asked?.kind !== 'start') throw new Error('change is a procedure')
    expect(asked.fields.map((one) => one.id)).toEqual(expect.arrayContaining(['content', 'reason']))
    const events = [
      ...scenario.events,
      { on, procedure: 'change', by: asked.by, start: { facts: asked.facts } },
    ]
    expect(playScenario(policy, { ...scenario, events }, seededCalendar).lines.at(-1)!.accepted).toBe(true)
  })
})

describe('what a file expects of its events', () => {
  const policy = policyOf('luan')
  const { facts, events } = liveOn(policy, { facts: {} }, seededCalendar, ON)
  const unmet = (expect: NonNullable<Scenario['events']>[number]['expect'], twice: boolean) => {
    const acts = twice ? [events[0]!, { ...events[0]!, expect }] : [{ ...events[0]!, expect }]
    return playScenario(policy, { facts, events: acts }, seededCalendar).lines.at(-1)!.unmet
  }

  it.each([
    [{ refused: true }, false, 'refused'],
    [{ refused: true, codes: ['already-done'] }, true, undefined],
    [{ refused: true, codes: ['veto'] }, true, 'reasons'],
    [{ refused: true, articles: ['第九十九条'] }, true, 'reasons'],
    [{ accepted: true }, true, 'accepted'],
    [{ accepted: true }, false, undefined],
  ])('is told where it did not come: %j', (wanted, twice, told) => {
    expect(unmet(wanted, twice)).toBe(told)
  })
})

describe('a scenario file', () => {
  it('may be one of the golden tests, with prefixes', () => {
    const folder = join(import.meta.dirname, '../golden')
    for (const id of readdirSync(folder))
      for (const file of readdirSync(join(folder, id)).filter((name) => name.endsWith('.yaml'))) {
        const { scenarios, problems } = readScenarios(readFileSync(join(folder, id, file), 'utf8'), file)
        expect(problems, `${id}/${file}`).toEqual([])
        expect(scenarios.length).toBeGreaterThan(0)
      }
  })

  it.each([
    ['facts: {a: 1}\nevents:\n  - {on: 2026-13-01, step: x}\n', 3, '2026-13-01'],
    ['facts: {a: 1}\nevents:\n  - {on: 2026-01-01, stepp: x}\n', 3, '不认识的键「stepp」'],
    ['facts:\n  a: 1\n a: 2\n', 3, 'YAML 写法有误'],
    ['随便写的一句话', 1, '不是场景文件'],
    ['', 1, '不是场景文件'],
    ['[]', 1, '没有场景'],
  ])('that is none says in Chinese what is wrong and where: %s', (text, line, said) => {
    const { scenarios, problems } = readScenarios(text, 'bad.yaml')
    expect(scenarios).toEqual([])
    expect(problems[0]).toMatchObject({ severity: 'error', line })
    expect(problems[0]!.message).toContain(said)
  })
})
