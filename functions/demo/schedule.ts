import { addDays, weekdayOf } from '../core/values/day.ts'
import type { DemoTenant } from './demo-files.ts'
import type { SampleProject, StoryAct } from './story.ts'

/** An act of a sample or of a batch on the day on which it is played. */
export interface ScheduledAct {
  day: string
  sample?: string
  act: StoryAct
}

/** A sample as it is opened, and everything that follows, in the order of days. */
export interface Schedule {
  openings: {
    day: string
    sample: string
    project: { title: string; unit: number; facts: Record<string, unknown> }
  }[]
  acts: ScheduledAct[]
}

/** The newest plan year whose declarations are in on a day: they close in September of the year before. */
export function newestPlan(today: string): number {
  return Number(today.slice(0, 4)) + (today.slice(5) >= '10-01' ? 1 : 0)
}

/**
 * Lays all samples of a tenant out before `today`: acts with a day of their plan's year stand there, those after the
 * last such day are counted back from the end, so that what is in hand is always recent. Throws where a story does not
 * fit into the time it has.
 */
export function scheduleOf(tenant: DemoTenant, today: string): Schedule {
  const newest = newestPlan(today)
  const schedule: Schedule = { openings: [], acts: [] }
  const items = new Map<string, { project: string; step?: string; outcome?: string; records?: object }[]>()
  const waiting = new Set<string>()
  for (const sample of tenant.samples.projects) {
    const script = tenant.samples.scripts[sample.script]
    if (!script) throw new Error(`${tenant.id}: no script ${sample.script}`)
    const name = `${sample.unit} ${sample.title}`
    const year = newest + sample.plan
    const cut = cutAt(tenant.id, sample, script.acts)
    const once = datedActs(
      tenant.id,
      sample,
      cut.filter((act) => !act.yearly),
      year,
      today,
      script.front,
    )
    const dated = [...once, ...cut.flatMap((act) => yearlyActs(act, once, today))]
    const fill = (value: unknown, day: string) => filled(value, { day, year, amount: sample.amount })
    const opened = dated[0] ? addDays(dated[0].day, -7) : addDays(today, -sample.ago)
    schedule.openings.push({
      day: workday(opened),
      sample: name,
      project: {
        title: sample.title,
        unit: sample.unit,
        facts: fill({ ...script.facts, ...sample.facts }, opened) as Record<string, unknown>,
      },
    })
    const enter = (act: StoryAct, day: string): void => {
      const key = `${act.batch} ${act.year === undefined ? year : fill(act.year, day)}`
      const item = fill(act.item, day) as object
      items.set(key, [...(items.get(key) ?? []), { project: name, ...item }])
    }
    for (const { act, day } of dated) {
      if (act.item) enter(act, day)
      else schedule.acts.push({ day, sample: name, act: fill(act, day) as StoryAct })
    }
    if (sample.proposed) {
      const act = script.acts.find((one) => one.item && one.batch === sample.proposed)
      if (!act) throw new Error(`${tenant.id} ${sample.title}: no item for ${sample.proposed}`)
      enter(act, addDays(today, -9))
      waiting.add(`${sample.proposed} ${year}`)
    }
  }
  for (const [key, list] of items)
    batchActs(tenant, key, list, waiting.has(key) ? today : undefined, schedule)
  schedule.acts.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return schedule
}

/** The acts of one batch; one that waits for its decision stops where the file says, a few days ago. */
function batchActs(
  tenant: DemoTenant,
  key: string,
  items: { project: string }[],
  waiting: string | undefined,
  schedule: Schedule,
): void {
  const [procedure = '', yearText] = key.split(' ')
  const year = Number(yearText)
  const script = tenant.samples.batches[procedure]
  if (!script) throw new Error(`${tenant.id}: no acts for the batch ${procedure}`)
  for (const act of script.acts) {
    const day = waiting ? workday(addDays(waiting, -9)) : dayIn(act.on ?? '', year)
    if (!day) throw new Error(`${tenant.id}: an act of ${procedure} has no day`)
    const full = filled(
      { ...act, items: act.items === 'all' ? items : act.items },
      { day, year, amount: 0 },
    ) as StoryAct
    schedule.acts.push({ day, act: { ...full, batch: procedure, year } })
    if (waiting && act.step === script.newest) return
  }
}

/** The acts up to the one that the sample ends with, and what it adds. */
function cutAt(tenant: string, sample: SampleProject, acts: readonly StoryAct[]): StoryAct[] {
  if (sample.until === 'draft') return [...sample.more]
  const end = acts.findIndex((act) => nameOf(act) === sample.until)
  if (end < 0) throw new Error(`${tenant} ${sample.title}: nothing is called ${sample.until}`)
  const kept = acts.slice(0, end + 1)
  return [
    ...kept.filter((act) => !sample.without.includes(act.mark ?? act.step ?? act.procedure ?? '')),
    ...sample.more,
  ]
}

function nameOf(act: StoryAct): string | undefined {
  return act.mark ?? act.item?.step ?? act.step
}

function datedActs(
  tenant: string,
  sample: SampleProject,
  acts: readonly StoryAct[],
  year: number,
  today: string,
  front: string | undefined,
): { act: StoryAct; day: string }[] {
  const days = acts.map((act) => (act.on === undefined ? undefined : dayIn(act.on, year)))
  const reached = acts.findIndex((act) => nameOf(act) === front)
  const passed = reached >= 0 && reached < acts.length - 1
  const anchor = Math.max(
    days.findLastIndex((day) => day !== undefined),
    passed ? reached : -1,
  )
  let day = addDays(today, -sample.ago)
  for (let i = acts.length - 1; i > anchor; i--) {
    days[i] = workday(day)
    day = addDays(day, -(acts[i]!.gap ?? 7))
  }
  const first = days.findIndex((one) => one !== undefined)
  for (let i = first - 1; i >= 0; i--) days[i] = workday(addDays(days[i + 1]!, -(acts[i + 1]!.gap ?? 7)))
  for (let i = first + 1; i <= anchor; i++) {
    const before = days[i - 1]
    days[i] ??= before && workday(addDays(before, acts[i]!.gap ?? 7))
  }
  return acts.map((act, i) => {
    const own = days[i]
    const before = days[i - 1]
    const where = `${tenant} ${sample.title}: act ${i + 1} (${act.mark ?? act.step ?? act.procedure})`
    if (!own) throw new Error(`${where} has no day`)
    if (own > today) throw new Error(`${where} falls on ${own}, after ${today}`)
    if (before && own < before) throw new Error(`${where} falls on ${own}, before ${before}`)
    return { act, day: own }
  })
}

/** An act that comes back each year: on its day, or soon after its beginning where that came later. */
function yearlyActs(
  act: StoryAct,
  once: readonly { act: StoryAct; day: string }[],
  today: string,
): { act: StoryAct; day: string }[] {
  const { yearly, ...rest } = act
  const start = once.find((one) => one.act.step === yearly?.from)?.day
  if (!yearly || !start) return []
  const end = once.find((one) => one.act.step === yearly.until)?.day ?? today
  const found: { act: StoryAct; day: string }[] = []
  for (let year = Number(start.slice(0, 4)); year <= Number(end.slice(0, 4)); year++) {
    const own = workday(`${year}-${yearly.on}`)
    const day = own > start ? own : addDays(start, 3)
    if (day <= `${year}-${yearly.by}` && day < end)
      found.push({ act: { ...rest, period: String(year) }, day })
  }
  return found
}

/** `Y-1/06-15` in a plan year, or a plain day. */
function dayIn(text: string, year: number): string | undefined {
  const match = /^Y([+-]\d+)?\/(\d\d-\d\d)$/.exec(text)
  if (!match) return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined
  return workday(`${year + Number(match[1] ?? 0)}-${match[2]}`)
}

/** The day itself, or the Friday before a weekend. */
function workday(day: string): string {
  const weekday = weekdayOf(day)
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -2) : day
}

/** `Y+1` is a year, `+30d` a day after the act's, `85%` that share of the sample's amount, `@year` the act's year. */
function filled(value: unknown, at: { day: string; year: number; amount: number }): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, at))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, at)]))
  if (typeof value !== 'string') return value
  const year = /^Y([+-]\d+)?$/.exec(value)
  if (year) return at.year + Number(year[1] ?? 0)
  if (value === '@year') return at.day.slice(0, 4)
  const days = /^([+-]\d+)d$/.exec(value)
  if (days) return addDays(at.day, Number(days[1]))
  const share = /^(\d+)%$/.exec(value)
  if (share) return `${(at.amount * Number(share[1])) / 100}万元`
  return value
}
