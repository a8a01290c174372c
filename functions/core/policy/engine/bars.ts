import { barsOutcome } from '../compile/compile-bars.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Bar, OutcomeRule, Step } from '../model-step.ts'
import type { SanctionInForce } from '../state.ts'
import { sanctionsAfter } from '../unit-sanctions.ts'
import { stands } from './applies.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'
import { unknownFacts, valuesOf } from './shown-values.ts'

/** Vetoes and sanctions that bar an outcome (§2, §12); a demanded step is never barred by a sanction (†). */
export function barFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule | undefined,
  into: Finding[],
  sure = false,
): void {
  const bears = (bar: Bar): boolean =>
    outcome === undefined
      ? bar.outcome === undefined ||
        step.outcomes.filter((one) => one.settles).every((one) => one.id === bar.outcome)
      : bar.outcome === undefined
        ? outcome.settles
        : bar.outcome === outcome.id
  // Seen beforehand, a bar that leaves the authority another outcome does not block the step.
  const levelOf = (bar: Bar): Finding['level'] =>
    outcome === undefined && step.outcomes.some((one) => !barsOutcome(bar, one)) ? 'note' : 'block'
  for (const bar of step.vetoes) {
    if (!bears(bar)) continue
    const when = bar.when ? bar.when.test(env) : 1
    if (when === 0) continue
    const value = bar.guard!.test(env)
    if (value === 0 || bar.lifted?.test(env) === 1) continue
    if (value === 2 || when === 2) {
      if (!sure)
        into.push(
          finding('undetermined', step.id, bar.article, {
            ...unknownFacts(bar.guard!, env),
            ...(bar.when ? unknownFacts(bar.when, env) : {}),
          }),
        )
    } else {
      const facts = { veto: bar.title, ...valuesOf(env, bar.guard) }
      into.push(finding('veto', step.id, bar.article, facts, levelOf(bar)))
    }
  }
  if (step.sanctions.length === 0 || (stepState(env, step)?.demands.length ?? 0) > 0) return
  for (const bar of step.sanctions) {
    if (!bears(bar)) continue
    const inForce = sanctionInForce(env, bar)
    if (!inForce) continue
    const when = bar.when ? bar.when.test(env) : 1
    if (when === 0) continue
    if (when === 2) into.push(finding('undetermined', step.id, bar.article, unknownFacts(bar.when!, env)))
    else
      into.push(
        finding(
          'sanction',
          step.id,
          bar.article,
          { sanction: bar.title, since: inForce.on, cause: inForce.cause },
          levelOf(bar),
        ),
      )
  }
}

/** Sanctions on the unit that this case caused and that are lifted by what was done or holds in it: taken back there too (§12). */
export function liftedNow(env: Env): string[] {
  const inForce = ownUnitSanctions(env).filter((one) => one.liftedOn === undefined)
  return inForce
    .filter((one) => {
      const lifted = env.policy.sanctions.get(one.id)?.lifted
      if (lifted?.when?.test(env) === 1) return true
      return lifted?.after !== undefined && isLiftedByStep(env, lifted.after, one)
    })
    .map((one) => one.id)
}

/** The sanction in force on the day that the bar is of; undefined where there is none, or where it is lifted. */
export function sanctionInForce(env: Env, bar: Bar): SanctionInForce | undefined {
  const rule = env.policy.sanctions.get(bar.id)
  const list: SanctionInForce[] =
    bar.on === 'unit' ? [...env.outside.unit.sanctions, ...ownUnitSanctions(env)] : env.state.sanctions
  return list.find((one) => {
    if (one.id !== bar.id || one.on > env.day || (one.liftedOn !== undefined && one.liftedOn <= env.day))
      return false
    if (bar.spares && one.project === env.state.id) return false
    const foreign = one.project !== undefined && one.project !== env.state.id
    if (rule?.lifted?.when && !foreign && rule.lifted.when.test(env) === 1) return false
    return !(rule?.lifted?.after !== undefined && isLiftedByStep(env, rule.lifted.after, one))
  })
}

function isLiftedByStep(env: Env, index: number, sanction: SanctionInForce): boolean {
  if (sanction.project !== undefined && sanction.project !== env.state.id) return false
  const step = env.policy.steps[index]!
  return stands(env, step) && (stepState(env, step)?.runs.some((run) => run.seq > sanction.seq) ?? false)
}

/** Sanctions that this very case has put on its unit, before the service has written them there. */
function ownUnitSanctions(env: Env): SanctionInForce[] {
  return sanctionsAfter(env.state.unitSanctions.map((act) => ({ ...act, project: env.state.id })))
}
