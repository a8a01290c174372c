import type { Day } from '../values/day.ts'
import { citations } from './diff-words.ts'
import type { PolicyDocument } from './document/document.ts'
import type { StepText } from './document/document-steps.ts'
import { boundsIn } from './engine/window.ts'

/** What a policy fixes to days of the year, for a wall calendar. */
export interface CalendarItem {
  step: string
  title: string
  /** A window in which it may be done, or a day until which it must be. */
  kind: 'window' | 'due'
  /** Path of the rule in the document; what may stand alone or in a list counts as a list. */
  path: string
  /** First day; a due day has none. */
  from?: Day
  /** Last day; undefined while the party that announces the days has not. */
  to?: Day
  /** The party that announces the days of a window. */
  announcedBy?: string
  /** The plan year that it is for, where it is for one. */
  planYear?: number
  /** What comes late is only remarked upon. */
  lenient: boolean
  article: string[]
}

/** Days that a party announced for a plan year, by step. */
export type Announced = Readonly<
  Record<string, readonly { year?: number; from?: Day; to: Day }[] | undefined>
>

/**
 * Windows and yearly due days of a policy in a year, earliest first: every window that is open on one of its days, so of
 * one that crosses the new year, or opens anew once it has closed, two. Bounds that hang on a project's own facts are of
 * no calendar and left out.
 */
export function yearCalendar(document: PolicyDocument, year: number, announced: Announced): CalendarItem[] {
  const under = (path: string, steps: Record<string, StepText>) =>
    Object.entries(steps).flatMap(([id, step]) => [
      ...windowItems(`${path}.${id}`, id, step, year, announced),
      ...dueItems(`${path}.${id}`, id, step, year),
    ])
  const procedures = Object.entries(document.procedures ?? {})
  return [
    ...under('steps', document.steps),
    ...procedures.flatMap(([id, { steps }]) => under(`procedures.${id}.steps`, steps)),
  ].sort((a, b) => ((a.from ?? a.to ?? '9') < (b.from ?? b.to ?? '9') ? -1 : 1))
}

function windowItems(
  path: string,
  id: string,
  step: StepText,
  year: number,
  announced: Announced,
): CalendarItem[] {
  const { window } = step
  if (!window || [window.from, window.to].some((bound) => typeof bound === 'object')) return []
  const spans = window.announced ? (announced[id] ?? []) : rounds(window, year)
  const within = spans.filter(({ from, to }) => (from ?? to) <= `${year}-12-31` && to >= `${year}-01-01`)
  const plain = {
    step: id,
    title: step.title,
    kind: 'window' as const,
    path: `${path}.window`,
    ...(window.announced && { announcedBy: window.announced }),
    lenient: window.late === 'note',
    article: citations(window.article ?? step.article),
  }
  // What is to be announced and is not yet has no days to stand at.
  if (within.length === 0) return window.announced ? [plain] : []
  return within.map(({ from, to, year: planYear }) => ({
    ...plain,
    ...(from !== undefined && { from }),
    to,
    ...(planYear !== undefined && { planYear }),
  }))
}

/** The window of the year, the one before and the one after it, each with the plan year that it is for. */
function rounds({ from, to, for: target }: NonNullable<StepText['window']>, year: number) {
  return [year - 1, year, year + 1].map((round) => ({
    ...boundsIn(round, text(from), text(to)),
    ...(target && { year: target === 'next-year' ? round + 1 : round }),
  }))
}

function dueItems(path: string, id: string, step: StepText, year: number): CalendarItem[] {
  const dues = step.due === undefined ? [] : [step.due].flat()
  const repeat = typeof step.repeat === 'object' ? step.repeat : undefined
  const ends = [
    ...dues.map(({ by, article }, i) => ({ by, article, part: `due.${i}` })),
    ...(repeat?.each === 'year' ? [{ by: repeat.by, article: repeat.article, part: 'repeat' }] : []),
  ]
  return ends.flatMap(({ by, article, part }) =>
    by !== undefined && /^\d{2}-\d{2}$/.test(by)
      ? [
          {
            step: id,
            title: step.title,
            kind: 'due' as const,
            path: `${path}.${part}`,
            to: `${year}-${by}`,
            lenient: false,
            article: citations(article ?? step.article),
          },
        ]
      : [],
  )
}

function text(bound: unknown): string | undefined {
  return bound === undefined ? undefined : String(bound).padStart(2, '0')
}
