import { sql, text } from '../../../db/statement.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { nameKept, newOrganisation, organisationsAdded } from './add-organisation.ts'
import { namedStatement, requireHolding } from './judge-holding.ts'

export interface ImportUnits {
  /** One name a line, as pasted; empty lines are passed over. */
  lines: string[]
  /** Whom all of them answer to, where the policy has parties that differ from unit to unit. */
  answersTo?: Record<string, string>
  /** Only says what would be wrong. */
  dryRun?: boolean
}

/** What came of the lines: those that cannot be imported with the reason, and how many units were added or would be. */
export interface ImportedUnits {
  units: number
  problems: { line: number; name: string; code: 'too-long' | 'characters' | 'twice' | 'taken' }[]
  added: boolean
}

const LONGEST = 100
const READABLE = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u

/** Adds a list of units, all of them or none. Only the administrator may. */
export async function importUnits(ctx: TenantContext, input: ImportUnits): Promise<ImportedUnits> {
  const lines = input.lines.map((line, i) => ({ line: i + 1, name: line.trim() })).filter((one) => one.name)
  const holding = { parties: [UNIT], answersTo: input.answersTo }
  return retried(async () => {
    const names = JSON.stringify(lines.map((one) => one.name))
    const entry = await enter<ImportedUnits>(ctx, isAdministrator, [
      ...surroundingStatements(ctx, undefined),
      namedStatement(holding),
      sql`SELECT name FROM organisations WHERE name IN (SELECT value FROM json_each(${names}))`,
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    requireHolding(surroundingsOf(ctx, entry.rows), ctx.today, holding, entry.rows[SURROUNDINGS])
    const taken = new Set((entry.rows[SURROUNDINGS + 1] ?? []).map((row) => text(row, 'name')))
    const problems = problemsOf(lines, taken)
    const result: ImportedUnits = { units: lines.length - problems.length, problems, added: false }
    if (!lines.length) throw new AppError('malformed', '没有单位名称, 请每行写一个')
    if (input.dryRun || problems.length) return result
    const units = lines.map(({ name }) => newOrganisation(ctx.deps.newId(), { ...holding, name }))
    return nameKept(() => commit(ctx, entry, organisationsAdded(units, ctx), { ...result, added: true }))
  })
}

function problemsOf(
  lines: readonly { line: number; name: string }[],
  taken: ReadonlySet<string>,
): ImportedUnits['problems'] {
  const seen = new Set<string>()
  return lines.flatMap(({ line, name }): ImportedUnits['problems'] => {
    const twice = seen.has(name)
    seen.add(name)
    if (name.length > LONGEST) return [{ line, name, code: 'too-long' }]
    if (!READABLE.test(name)) return [{ line, name, code: 'characters' }]
    if (twice) return [{ line, name, code: 'twice' }]
    return taken.has(name) ? [{ line, name, code: 'taken' }] : []
  })
}
