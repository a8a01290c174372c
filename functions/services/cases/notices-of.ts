import type { NoticeRow } from '../../../db/tenant/notices.ts'
import { toldBy } from '../../core/case/told.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { organisationsOf, type PartyScope } from './acting.ts'
import { UNIT } from './visibility.ts'

/** An event of a project as it stands in the log, with the states around it. */
export interface Noted {
  projectId: string
  version: number
  /** When it was recorded, ISO. */
  at: string
  event: CaseEvent
  before: CaseState | undefined
  after: CaseState
}

/** The notices of one event: to each organisation of a party that is told, but for those that did it. */
export function noticesOf(scope: PartyScope, noted: Noted): NoticeRow[] {
  const { doers, told } = toldBy(scope.policy, noted.before, noted.after, noted.event)
  if (!told.length) return []
  const inCase = { ...scope, state: noted.after }
  const held = (party: string): string[] =>
    party === UNIT ? [...scope.units] : organisationsOf(inCase, party)
  const acting = new Set(doers.flatMap(held))
  const rows = new Map<string, NoticeRow>()
  for (const { party, category, step, about } of told)
    for (const recipient of held(party)) {
      const own = acting.has(recipient) && category !== 'sanction'
      const id = `${noted.at}/${noted.projectId}/${noted.version}/${category}`
      const key = `${recipient} ${id}`
      if (own || rows.has(key)) continue
      rows.set(key, { recipient, id, category, subject: noted.projectId, step, about })
    }
  return [...rows.values()]
}
