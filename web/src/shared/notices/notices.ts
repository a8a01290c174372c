import { type Answered, answer, api } from '../api.ts'
import { todoAddress } from '../desk/todo-address.ts'
import { useOrganisationNames } from '../directory.ts'
import type { ListedDue } from '../due/due-asked.tsx'
import { useTenant } from '../me.ts'
import { usePolicy } from '../policy-data.ts'
import { useQuery } from '../query.ts'
import { type TextKey, useText } from '../text.ts'

type Notices = (typeof api)[':tenant']['notices']

/** Something to know, as the service tells it. */
export type Notice = Answered<Awaited<ReturnType<Notices['$get']>>>['items'][number]
export type NoticeCategory = Notice['category']

/** Every category, in the order in which they are shown. */
export const CATEGORIES = [
  'returned',
  'result',
  'received',
  'copy',
  'urged',
  'handed',
  'due-soon',
  'overdue',
  'sanction',
] as const satisfies readonly NoticeCategory[]

const MINUTE_MS = 60_000

/** How many notices are unread; asked once a minute while the page is seen. */
export function useUnread() {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['notices', tenant, 'unread'],
    enabled: tenant !== '',
    refetchInterval: MINUTE_MS,
    queryFn: () => answer(api[':tenant'].notices.unread.$get({ param: { tenant } })),
  })
}

/** The newest notices. */
export function useLatestNotices(limit: number, enabled = true) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['notices', tenant, 'latest', limit],
    enabled: enabled && tenant !== '',
    queryFn: () =>
      answer(api[':tenant'].notices.$get({ param: { tenant }, query: { limit: String(limit) } })),
  })
}

/** A notice as a sentence, what was said with it, and where it leads. */
export interface NoticeWords {
  said: string
  note: string | undefined
  to: string | undefined
  /** The due day that it tells of, in a project. */
  due: ListedDue | undefined
}

const SAID: Record<string, TextKey> = {
  executed: 'desk.saidDone',
  decided: 'desk.saidDecided',
  started: 'desk.saidStarted',
  facts: 'desk.saidFacts',
  impose: 'desk.saidImpose',
  lift: 'desk.saidLift',
  urged: 'desk.saidUrged',
  'handed-over': 'desk.saidHanded',
  withdrawn: 'desk.saidWithdrawn',
  transferred: 'desk.saidTransferred',
}

const BY_CATEGORY: Partial<Record<NoticeCategory, TextKey>> = {
  returned: 'desk.saidReturned',
  received: 'desk.saidReceived',
  copy: 'desk.saidCopy',
  'due-soon': 'desk.saidDueSoon',
  overdue: 'desk.saidOverdue',
}

/** Puts notices into words. */
export function useNoticeWords(): (notice: Notice) => NoticeWords {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const organisation = useOrganisationNames()
  const doer = (party: string, unit: string | undefined): string =>
    party === 'unit' && unit !== undefined ? organisation(unit) : (policy?.words.party(party) ?? party)
  return ({ about, category, project, batch, step }) => {
    const word = (name: string): string | undefined =>
      typeof about[name] === 'string' ? (about[name] as string) : undefined
    const parties = Array.isArray(about.by) ? (about.by as string[]) : []
    const kind = word('kind') ?? ''
    const ended = category === 'result' && kind === 'executed' && word('ended') !== undefined
    const usual = BY_CATEGORY[category] ?? SAID[kind] ?? 'desk.saidDone'
    const key = kind === 'withdrawn' ? SAID[kind]! : ended ? 'desk.saidEnded' : usual
    const outcome = word('outcome')
    const from = word('from')
    const on = word('dueOn')
    const said = t(key, {
      title: word('title'),
      outcome: outcome === undefined ? '' : `: ${outcome}`,
      by: parties.map((id) => doer(id, project?.organisationId)).join('会同'),
      from: from === undefined ? '' : organisation(from),
      person: word('person'),
      on,
    })
    const note = word('note')
    const reason = word('reason')
    const item = word('item')
    const place = item && step ? { kind, item, step, project, batch } : undefined
    const home = project ? `/projects/${project.id}` : batch ? `/plans/${batch.id}` : undefined
    return {
      said,
      due: project && on ? { project: project.id, on, title: word('title') ?? '' } : undefined,
      note: note ? t('desk.noteSaid', { note }) : reason ? t('desk.reason', { reason }) : undefined,
      to: (place && todoAddress(place)) ?? home,
    }
  }
}
