import { sha256 } from '../../../db/canonical.ts'
import { type Act, type Position, START, type StreamAppend } from '../../../db/ledger.ts'
import { type Statement, sql, text } from '../../../db/statement.ts'
import {
  dropRegulationStatements,
  keepRegulationStatement,
  regulationPartStatements,
} from '../../../db/tenant/regulations.ts'
import { unitsOf } from '../../core/policy/check-coverage.ts'
import { loadPolicy } from '../../core/policy/load.ts'
import type { Policy } from '../../core/policy/model.ts'
import { type Regulation, splitRegulation } from '../../core/policy/regulation/split-regulation.ts'
import type { Deps } from '../../deps.ts'
import { shanghaiDay } from '../context.ts'
import { AppError } from '../errors.ts'

/** Bytes of UTF-8 that a regulation's text may have: some 130,000 characters. */
export const MOST_BYTES = 400 * 1024

/** The stream that tells which text was given for a version. */
export function regulationStream(policy: string): string {
  return `regulation:${policy}`
}

/** A text taken apart by the policy it belongs to. Throws `too-large`. */
export function takenApart(text: string, policy: Policy): Regulation {
  if (new TextEncoder().encode(text).byteLength > MOST_BYTES)
    throw new AppError('too-large', `条文不得超过 ${MOST_BYTES / 1024} KB`)
  return splitRegulation(text, policy)
}

/** A text to be kept: throws `malformed` where no article is found in it. */
export function keepable(text: string, policy: Policy, pointer = '#/text'): Regulation {
  const regulation = takenApart(text, policy)
  if (regulation.found > 0) return regulation
  const [expected = ''] = unitsOf(policy)
  throw new AppError('malformed', `没有找到条文: 每一条应另起一行, 以条号开头, 如「${expected}」`, {
    errors: [{ pointer, detail: '没有找到条文' }],
  })
}

/** What giving a version its text writes; without a text, what taking it away writes. */
export function regulationWrite(
  policy: string,
  given: { text: string; regulation: Regulation } | undefined,
  by: { name: string; at: Date; today: string; position: Position },
): { others: StreamAppend[]; projections: Statement[] } {
  const fingerprint = given && sha256(given.text)
  const payload = given
    ? { policy, sha256: fingerprint, characters: given.text.length, found: given.regulation.found }
    : { policy }
  const type = given ? 'regulation-given' : 'regulation-removed'
  return {
    others: [
      {
        stream: regulationStream(policy),
        position: by.position,
        action: given ? 'give-regulation' : 'remove-regulation',
        events: [{ type, on: by.today, payload }],
      },
    ],
    projections:
      given && fingerprint !== undefined
        ? [
            keepRegulationStatement({
              policy,
              text: given.text,
              sha256: fingerprint,
              at: by.at.toISOString(),
              by: by.name,
            }),
            ...regulationPartStatements(policy, given.regulation.parts),
          ]
        : dropRegulationStatements(policy),
  }
}

/** What giving a version its text on adoption writes: nothing where none was given. */
export function regulationAdopted(
  hash: string,
  plan: { text: string; file: string; regulation?: string },
  act: Act,
): ReturnType<typeof regulationWrite> {
  const { regulation: given = '' } = plan
  const { policy } = given.trim() === '' ? {} : loadPolicy(plan.text, plan.file)
  if (!policy) return { others: [], projections: [] }
  const by = { name: act.actor.name, at: act.at, today: shanghaiDay(act.at), position: START }
  return regulationWrite(hash, { text: given, regulation: keepable(given, policy, '#/regulation') }, by)
}

/** Makes the parts of every text again, as a rebuild does. */
export async function splitAnew(deps: Deps, tenant: string): Promise<void> {
  const db = deps.databases.tenant(tenant)
  const [rows = [], given = []] = await db.read([
    deps.policies.statement(tenant),
    sql`SELECT policy, text FROM regulations`,
  ])
  const versions = deps.policies.versions(tenant, rows)
  const statements = given.flatMap((row) => {
    const adopted = versions.find(({ hash }) => hash === text(row, 'policy'))
    if (!adopted) return []
    return regulationPartStatements(adopted.hash, splitRegulation(text(row, 'text'), adopted.policy).parts)
  })
  if (statements.length > 0) await db.write(statements)
}
