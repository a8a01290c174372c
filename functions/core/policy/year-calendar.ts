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
  /** Which plan year it is for. */
  for?: 'next-year' | 'this-year'
  /** What comes late is only remarked upon. */
  lenient: boolean
  article: string[]
}

/** Days that a party announced, by step. */
export type Announced = Readonly<Record<string, { from?: Day; to: Day } | undefined>>

/**
 * Windows and yearly due days of a policy in a year, earliest first. Bounds that hang on a project's own facts are of no
 * calendar and left out.
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
  const days = window.announced ? announced[id] : boundsIn(year, text(window.from), text(window.to))
  return [
    {
      step: id,
      title: step.title,
      kind: 'window',
      path: `${path}.window`,
      ...(days?.from !== undefined && { from: days.from }),
      ...(days && { to: days.to }),
      ...(window.announced && { announcedBy: window.announced }),
      ...(window.for && { for: window.for }),
      lenient: window.late === 'note',
      article: citations(window.article ?? step.article),
    },
  ]
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
