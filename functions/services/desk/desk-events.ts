import type { EventActor } from '../../../db/ledger.ts'
import type { DeskRow, NoticeRow } from '../../../db/tenant/notices.ts'

/** What happens to a to-do beside its case. `organisation` is the one whose to-do it is. */
export type DeskEvent = {
  on: string
  item: string
  organisation: string
  /** The to-do in words, as it was shown. */
  title: string
  step: string
} & (
  | { type: 'urged'; note?: string }
  | { type: 'handed-over'; to: string; toName: string; note?: string }
  | { type: 'claimed' }
  | { type: 'given-back'; note?: string }
)

/** An event of a desk stream, with what the log says about it. */
export interface LoggedDesk {
  version: number
  recordedAt: string
  actor: EventActor
  payload: unknown
}

/** How a to-do stands on the desk after an event. */
export function deskAfter(
  row: DeskRow | undefined,
  subject: string,
  { payload, actor, recordedAt }: LoggedDesk,
): DeskRow {
  const event = payload as DeskEvent
  const before: DeskRow = row ?? {
    subject,
    item: event.item,
    organisationId: event.organisation,
    holderId: undefined,
    heldSince: undefined,
    note: undefined,
    urgedOn: undefined,
    urges: 0,
  }
  switch (event.type) {
    case 'urged':
      return { ...before, urgedOn: event.on, urges: before.urges + 1 }
    case 'handed-over':
      return { ...before, holderId: event.to, heldSince: recordedAt, note: event.note }
    case 'claimed':
      return { ...before, holderId: actor.user, heldSince: recordedAt, note: undefined }
    case 'given-back':
      return { ...before, holderId: undefined, heldSince: undefined, note: event.note }
    default:
      return event satisfies never
  }
}

/** Whom a desk event tells: the organisation that is urged, the colleague who gets the to-do. */
export function deskNotices(subject: string, logged: LoggedDesk): NoticeRow[] {
  const event = logged.payload as DeskEvent
  if (event.type !== 'urged' && event.type !== 'handed-over') return []
  const urged = event.type === 'urged'
  const category = urged ? ('urged' as const) : ('handed' as const)
  if (!urged && event.to === logged.actor.user) return []
  return [
    {
      recipient: urged ? event.organisation : event.to,
      id: `${logged.recordedAt}/desk:${subject}/${logged.version}/${category}`,
      category,
      subject,
      step: event.step,
      about: {
        kind: event.type,
        title: event.title,
        item: event.item,
        note: event.note,
        person: logged.actor.name,
        from: logged.actor.organisation,
      },
    },
  ]
}

/** All rows that follow from the desk stream of a project or a batch. */
export function deskOf(
  subject: string,
  log: readonly LoggedDesk[],
): { desk: DeskRow[]; notices: NoticeRow[] } {
  const desk = new Map<string, DeskRow>()
  for (const logged of log) {
    const { item, organisation } = logged.payload as DeskEvent
    const key = JSON.stringify([item, organisation])
    desk.set(key, deskAfter(desk.get(key), subject, logged))
  }
  return { desk: [...desk.values()], notices: log.flatMap((one) => deskNotices(subject, one)) }
}
