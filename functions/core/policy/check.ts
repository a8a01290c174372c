import { checkConsequences } from './check/consequences.ts'
import { checkCycles } from './check/cycles.ts'
import { checkKnown } from './check/known.ts'
import { Lens } from './check/lens.ts'
import { checkLiveness } from './check/liveness-report.ts'
import { checkNoEffect } from './check/no-effect.ts'
import { checkBatches, checkRelations } from './check/relations.ts'
import { checkRoutes } from './check/routes.ts'
import { checkSuperior } from './check/superior.ts'
import { checkTables } from './check/tables.ts'
import { checkTimes } from './check/times.ts'
import { checkUnused } from './check/unused.ts'
import { type ArticleCoverage, checkCoverage } from './check-coverage.ts'
import { loadPolicy, placeProblems } from './load.ts'
import type { Problem } from './problem.ts'
import { type Reading, readingsOf } from './readings.ts'

export interface CheckReport {
  ok: boolean
  file: string
  problems: Problem[]
  coverage: ArticleCoverage[]
  /** How open texts were read; a person confirms each before the policy is adopted. */
  readings: Reading[]
}

const PROOFS = [
  checkTables,
  checkRelations,
  checkBatches,
  checkConsequences,
  checkKnown,
  checkRoutes,
  checkTimes,
  checkLiveness,
  checkUnused,
  checkNoEffect,
]

/**
 * Proves what can be proved of a policy before it is adopted; every problem carries file, line and column (§19). With a
 * superior policy it also warns where this one is looser.
 *
 * Proved for every combination of the values that the rules at stake tell apart (up to 20,000 of them, beyond that an even
 * choice): tables, merges, what is known in time and on every route, conditions that hold nowhere. Proved from the graph:
 * relations, batches, vetoes, remedies, reopened paths, cycles. Shown in classes that hold every pair of values: times. Shown
 * by playing such classes, every outcome, missed day and procedure: that projects reach their ends and no step is dead.
 * A threshold without an edge cannot be written: comparisons are `atLeast`, `moreThan`, `atMost`, `lessThan`.
 */
export function checkPolicy(
  text: string,
  file: string,
  superior?: { text: string; file: string },
): CheckReport {
  const { policy, problems } = loadPolicy(text, file)
  if (!policy) return { ok: false, file, problems, coverage: [], readings: [] }
  const { coverage, problems: uncovered } = checkCoverage(policy)
  const lens = new Lens(policy)
  const cycles = checkCycles(lens)
  const proved = cycles.length > 0 ? cycles : PROOFS.flatMap((prove) => prove(lens))
  const above = superior && loadPolicy(superior.text, superior.file)
  const looser = above?.policy && cycles.length === 0 ? looserThan(lens, new Lens(above.policy)) : []
  const found = [
    ...problems,
    ...placeProblems(text, file, [...uncovered, ...proved, ...looser]),
    ...(above?.problems ?? []),
  ]
  return {
    ok: !found.some((problem) => problem.severity === 'error'),
    file,
    problems: found,
    coverage,
    readings: readingsOf(policy.document),
  }
}

function looserThan(lens: Lens, superior: Lens): Problem[] {
  return checkCycles(superior).length > 0 ? [] : checkSuperior(lens, superior)
}
