import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Standing } from '../functions/core/case/standing-view.ts'
import { explainFacts } from '../functions/core/policy/explain.ts'
import { loadPolicy } from '../functions/core/policy/load.ts'
import type { Policy } from '../functions/core/policy/model.ts'
import { scenario, scenarioEvent } from '../functions/core/policy/scenario.ts'
import { type PlayedEvent, simulate } from '../functions/core/policy/simulate.ts'
import { seededCalendar } from '../functions/services/calendar.ts'

/** Golden scenarios: written from the articles, played through the engine. */

const stepExpectation = z.union([
  z.enum(['excluded', 'blocked', 'open', 'done']),
  z.strictObject({
    state: z.enum(['excluded', 'blocked', 'open', 'done']).optional(),
    dueOn: z.string().nullable().optional(),
    provisional: z.boolean().optional(),
    overdue: z.boolean().optional(),
    outcome: z.string().optional(),
    by: z.array(z.string()).optional(),
    materials: z.array(z.string()).optional(),
    absentMaterials: z.array(z.string()).optional(),
    findings: z.array(z.string()).optional(),
    articles: z.array(z.string()).optional(),
    executedOn: z.string().optional(),
    reopened: z.boolean().optional(),
    pending: z.boolean().optional(),
  }),
])
const expectation = z.strictObject({
  table: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]).nullable()).optional(),
  articles: z.array(z.string()).optional(),
  stage: z.string().optional(),
  settled: z.boolean().optional(),
  ended: z.string().optional(),
  track: z.string().optional(),
  steps: z.record(z.string(), stepExpectation).optional(),
  obligations: z
    .array(
      z.strictObject({
        step: z.string(),
        by: z.union([z.string(), z.array(z.string())]).optional(),
        dueOn: z.string().optional(),
        overdue: z.boolean().optional(),
        period: z.string().optional(),
        provisional: z.boolean().optional(),
      }),
    )
    .optional(),
  absent: z.array(z.string()).optional(),
  procedures: z.record(z.string(), z.string()).optional(),
  sanctions: z.array(z.string()).optional(),
  projects: z.record(z.string(), z.unknown()).optional(),
})
const golden = z.union([
  z.strictObject({ define: z.unknown(), name: z.string().optional() }),
  scenario
    .extend({
      name: z.string(),
      prefix: z.array(scenarioEvent).optional(),
      expect: expectation.optional(),
      reading: z.string().optional(),
    })
    .strict(),
])

const root = join(import.meta.dirname, 'golden')

function policyOf(id: string): Policy {
  const folder = join(import.meta.dirname, '..', 'tenants', id)
  const file = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()[0]!
  const { policy, problems } = loadPolicy(readFileSync(join(folder, file), 'utf8'), file)
  if (!policy)
    throw new Error(
      problems.map((problem) => `${problem.file}:${problem.line} ${problem.message}`).join('\n'),
    )
  return policy
}

function messages(event: PlayedEvent): string {
  return event.findings.map((one) => `${one.level} ${one.code}: ${one.message}`).join('\n')
}

function checkSteps(view: Standing, steps: Record<string, z.infer<typeof stepExpectation>>): void {
  for (const [id, wanted] of Object.entries(steps)) {
    const list = [...view.steps, ...view.procedures.flatMap((one) => one.steps)]
    const step = list.filter((one) => one.id === id).at(-1)
    if (!step) throw new Error(`no step ${id} in the standing`)
    const want = typeof wanted === 'string' ? { state: wanted } : wanted
    const why = `${id}: ${step.findings.map((one) => one.message).join('; ')}`
    if (want.state) expect(step.state, why).toBe(want.state)
    if (want.dueOn !== undefined) expect(step.dueOn ?? null, why).toBe(want.dueOn)
    if (want.provisional !== undefined) expect(step.provisional ?? false, why).toBe(want.provisional)
    if (want.overdue !== undefined) expect(step.overdue, why).toBe(want.overdue)
    if (want.outcome) expect(step.outcome, why).toBe(want.outcome)
    if (want.executedOn) expect(step.executedOn, why).toBe(want.executedOn)
    if (want.reopened !== undefined) expect(step.reopened ?? false, why).toBe(want.reopened)
    if (want.pending !== undefined) expect(step.pending, why).toBe(want.pending)
    if (want.by) expect([...step.by].sort(), why).toEqual([...want.by].sort())
    for (const material of want.materials ?? [])
      expect(
        step.materials.filter((one) => one.required === 'yes').map((one) => one.id),
        why,
      ).toContain(material)
    for (const material of want.absentMaterials ?? [])
      expect(
        step.materials.map((one) => one.id),
        why,
      ).not.toContain(material)
    for (const code of want.findings ?? [])
      expect(
        step.findings.map((one) => one.code),
        why,
      ).toContain(code)
    for (const article of want.articles ?? [])
      expect([...step.article, ...step.findings.flatMap((one) => one.article)].join(' '), why).toContain(
        article,
      )
  }
}

for (const id of readdirSync(root).sort()) {
  describe(id, () => {
    const policy = policyOf(id)
    for (const file of readdirSync(join(root, id))
      .filter((name) => name.endsWith('.yaml'))
      .sort()) {
      const raw = parse(readFileSync(join(root, id, file), 'utf8'), {
        version: '1.2',
        schema: 'core',
        maxAliasCount: 10_000,
      })
      const items = z.array(golden).parse([raw].flat())
      for (const item of items) {
        if ('define' in item) continue
        it(`${file.replace(/\.yaml$/, '')}: ${item.name}`, () => {
          const { name: _, expect: wanted, prefix, reading: __, ...play } = item
          const events = [...(prefix ?? []), ...(play.events ?? [])]
          const result = simulate(policy, { ...play, events }, seededCalendar)
          events.forEach((event, i) => {
            const played = result.events[i]!
            const at = `event ${i} ${event.on} ${event.step ?? event.decide ?? ''}\n${messages(played)}`
            const want = event.expect
            expect(played.accepted, at).toBe(!(want?.refused ?? want?.accepted === false))
            for (const code of want?.codes ?? [])
              expect(
                played.findings.map((one) => one.code),
                at,
              ).toContain(code)
            for (const article of want?.articles ?? [])
              expect(played.findings.flatMap((one) => one.article).join(' '), at).toContain(article)
            for (const fact of want?.facts ?? [])
              expect(
                played.findings.flatMap((one) => Object.keys(one.facts)),
                at,
              ).toContain(fact)
            for (const note of want?.notes ?? [])
              expect(
                played.findings.filter((one) => one.level === 'note').map((one) => one.code),
                at,
              ).toContain(note)
            for (const code of want?.without ?? [])
              expect(
                played.findings.map((one) => one.code),
                at,
              ).not.toContain(code)
            if (want?.awaiting) expect(played.awaiting, at).toEqual(want.awaiting)
          })
          if (!wanted) return
          const view = result.state
          const explained = explainFacts(
            policy,
            { ...play.facts, ...play.unit?.facts },
            seededCalendar,
            play.on ?? events.at(-1)?.on ?? '2026-07-01',
          )
          for (const [table, value] of Object.entries(wanted.table ?? {}))
            expect(
              (play.events || prefix ? view : explained).tables.find((one) => one.id === table)?.value,
              table,
            ).toBe(value)
          const cited = [...view.steps, ...view.procedures.flatMap((one) => one.steps)].flatMap((step) => [
            step.article,
            step.experts?.article ?? [],
            ...step.findings.map((one) => one.article),
            ...step.materials.map((one) => one.article),
          ])
          const all = [
            ...cited.flat(),
            ...view.tables.flatMap((one) => one.article),
            ...explained.scope.article,
            ...result.events.flatMap((one) => one.findings.flatMap((f) => f.article)),
            ...view.decisions.flatMap((one) => one.article),
            ...view.obligations.flatMap((one) => one.article),
          ].join(' ')
          for (const article of wanted.articles ?? []) expect(all).toContain(article)
          if (wanted.stage) expect(view.stage).toBe(wanted.stage)
          if (wanted.settled !== undefined) expect(view.settled).toBe(wanted.settled)
          if (wanted.ended) expect(view.ended?.result).toBe(wanted.ended)
          if (wanted.track) expect(view.track).toBe(wanted.track)
          checkSteps(view, wanted.steps ?? {})
          for (const want of wanted.obligations ?? []) {
            const found = view.obligations.filter(
              (one) => one.step === want.step && (want.period === undefined || one.period === want.period),
            )
            const match = found.find(
              (one) =>
                (want.dueOn === undefined || one.dueOn === want.dueOn) &&
                (want.overdue === undefined || one.overdue === want.overdue),
            )
            expect(
              match,
              `${JSON.stringify(want)} among ${JSON.stringify(view.obligations.map(({ step, dueOn, overdue, by }) => ({ step, dueOn, overdue, by })))}`,
            ).toBeDefined()
            if (want.by) expect(match!.by).toEqual(expect.arrayContaining([want.by].flat()))
          }
          for (const step of wanted.absent ?? [])
            expect(view.obligations.map((one) => one.step)).not.toContain(step)
          for (const [procedure, outcome] of Object.entries(wanted.procedures ?? {}))
            expect(
              view.procedures.filter((one) => one.procedure === procedure || one.id === procedure).at(-1)
                ?.result,
            ).toBe(outcome)
          for (const sanction of wanted.sanctions ?? [])
            expect(view.sanctions.map((one) => one.id)).toContain(sanction)
        })
      }
    }
  })
}
