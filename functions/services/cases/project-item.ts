import { integer, optionalInteger, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { Exception } from '../../core/case/exceptions.ts'
import type { Gate } from '../../core/case/gates.ts'
import { spoken } from '../../core/policy/engine/say.ts'
import type { Policy } from '../../core/policy/model.ts'

/** Amounts of a project in 分, each on its own basis; null is not known. */
export interface Money {
  estimateFen: number | null
  approvedFen: number | null
  budgetFen: number | null
  contractFen: number | null
  paidFen: number | null
  finalFen: number | null
}

/** A project in a list. */
export interface ProjectItem extends Money {
  id: string
  title: string
  code: string | null
  organisationId: string
  organisation: string
  planYear: number | null
  nature: string | null
  category: string | null
  track: string | null
  stage: string
  settled: boolean
  ended: string | null
  /** What falls due first, and when. */
  dueOn: string | null
  dueTitle: string | null
  exceptions: Exception[]
  /** What bars the next procurement or payment; only where it was asked for. */
  gates: Gate[]
  version: number
  createdAt: string
  updatedAt: string
}

/** Number and sums of all projects that a filter matches, whatever page is shown. */
export interface Totals extends Money {
  count: number
}

/** What `projectItem` reads, of `projects p`. */
export const PROJECT_COLUMNS = sql`p.id, p.title, p.code, p.organisation_id,
  (SELECT name FROM organisations WHERE id = p.organisation_id) AS organisation, p.policy, p.plan_year, p.nature, p.category,
  p.estimate, p.approved, p.budget, p.contract, p.paid, p.final, p.track, p.stage, p.settled, p.ended, p.due_on, p.due_title,
  p.exceptions, p.gates, p.version, p.created_at, p.updated_at`

/** What `totalsOf` reads. */
export const SUMS = sql`count(*) AS count, sum(p.estimate) AS estimate, sum(p.approved) AS approved, sum(p.budget) AS budget,
  sum(p.contract) AS contract, sum(p.paid) AS paid, sum(p.final) AS final`

/** A row of `PROJECT_COLUMNS`; the reasons of its gates get their sentences from the policies by hash. */
export function projectItem(row: Row, policies?: ReadonlyMap<string, Policy>): ProjectItem {
  const policy = policies?.get(text(row, 'policy'))
  const gates = policy ? (JSON.parse(optionalText(row, 'gates') ?? '[]') as Gate[]) : []
  return {
    id: text(row, 'id'),
    title: text(row, 'title'),
    code: optionalText(row, 'code') ?? null,
    organisationId: text(row, 'organisation_id'),
    organisation: text(row, 'organisation'),
    planYear: optionalInteger(row, 'plan_year') ?? null,
    nature: optionalText(row, 'nature') ?? null,
    category: optionalText(row, 'category') ?? null,
    track: optionalText(row, 'track') ?? null,
    stage: text(row, 'stage'),
    settled: integer(row, 'settled') === 1,
    ended: optionalText(row, 'ended') ?? null,
    dueOn: optionalText(row, 'due_on') ?? null,
    dueTitle: optionalText(row, 'due_title') ?? null,
    exceptions: JSON.parse(optionalText(row, 'exceptions') ?? '[]') as Exception[],
    gates: policy ? gates.map((gate) => ({ ...gate, findings: spoken(policy, gate.findings) })) : [],
    version: integer(row, 'version'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
    ...moneyOf(row),
  }
}

export function totalsOf(row: Row): Totals {
  return { count: optionalInteger(row, 'count') ?? 0, ...moneyOf(row) }
}

function moneyOf(row: Row): Money {
  const amount = (column: string) => optionalInteger(row, column) ?? null
  return {
    estimateFen: amount('estimate'),
    approvedFen: amount('approved'),
    budgetFen: amount('budget'),
    contractFen: amount('contract'),
    paidFen: amount('paid'),
    finalFen: amount('final'),
  }
}
