import { canonical } from '../../../db/canonical.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import { foldWritten, type WrittenEvent } from '../cases/case-log.ts'
import { writtenFacts } from '../cases/written-facts.ts'
import { compileAdopted } from '../tenants/policies.ts'
import type { ProjectRecord } from './record.ts'

/**
 * What a person reads at the top of a record stands in no chain: it is made again from the events, and the first part
 * that is not what they make is named. Call it once `checkRecord` holds. Not proved by the record alone: the unit's
 * facts and the organisation's name, which live in other chains.
 */
export function checkSummary(record: ProjectRecord): string | undefined {
  const { id, title, organisationId, policy } = record.project
  const own = record.chains.find(({ chain }) => chain === `project:${id}`)
  const log = (own?.events ?? []).map(
    (row): WrittenEvent => ({
      seq: row.version,
      version: row.version,
      at: row.recorded_at,
      event: JSON.parse(row.payload) as CaseEvent,
    }),
  )
  const opened = log[0]?.event as { title?: string; organisationId?: string } | undefined
  if (opened?.title !== title) return `项目名称「${title}」与建立时的不同`
  if (opened.organisationId !== organisationId) return '建设单位与建立时的不同'
  const versions = record.policies.map((one) => compileAdopted(record.tenant, one))
  const misnamed = record.policies.find((one, i) => versions[i]!.policy.document.policy.title !== one.title)
  if (misnamed) return `办法名称「${misnamed.title}」与文本不符`
  // The record does not tell when each version was adopted: all of them are taken as known from the start.
  const folded = foldWritten(log, { versions, adoptions: new Map(versions.map(({ hash }) => [hash, 0])) })
  const bound = versions.find(({ hash }) => hash === policy) ?? folded.adopted
  if (canonical(writtenFacts(bound.policy, folded.state.facts)) !== canonical(record.facts))
    return '项目要素与事件推出的不同'
  return undefined
}
