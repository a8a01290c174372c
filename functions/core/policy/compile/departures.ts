import type { Choice, DecisionRule, Env, Guard, MergeRule, Tri } from '../model.ts'
import type { Compiler } from './compiler.ts'
import { allOf } from './condition.ts'

/** What is done in principle or at discretion, as a whole step or a merge of steps: a decision with its default (§13). */
export interface Departure {
  id: string
  title: string
  step?: number
  merge?: string
  force: Choice<string>
}

const DEFAULTS: Record<string, 'yes' | 'no'> = { 'in-principle': 'yes', may: 'no' }

/** Whether a force, or one of those in its table, leaves a choice. */
export function leavesChoice(force: Choice<string> | undefined): force is Choice<string> {
  return force?.all.some((one) => DEFAULTS[one] !== undefined) ?? false
}

/** Makes a decision of each departure, and what it is about hang on it. Where the force says must, nothing is to be decided. */
export function compileDepartures(
  compiler: Compiler,
  merges: MergeRule[],
  decisions: Map<string, DecisionRule>,
): void {
  for (const { id, title, step: index, merge: named, force } of compiler.departures) {
    const step = index === undefined ? undefined : compiler.steps[index]!
    const merge = merges.find((one) => one.id === named)
    const subject = step ?? merge
    if (!subject) continue
    const fixed = force.fixed === undefined ? undefined : DEFAULTS[force.fixed]
    const defaultOf = (env: Env): string | undefined => fixed ?? DEFAULTS[force.get(env) ?? '']
    const isOpen: Guard = {
      test: (env): Tri => {
        const value = force.get(env)
        return value === undefined ? 2 : DEFAULTS[value] === undefined ? 0 : 1
      },
      missing: force.missing,
      show: () => {},
      reads: force.reads,
    }
    const { when } = subject
    const options: Record<string, string> = { yes: '办理', no: '不办理' }
    const chosenIn = (env: Env) => env.state.decisions[id]?.value ?? defaultOf(env)
    decisions.set(id, {
      id,
      title,
      by: compiler.document.parties.lead ? 'lead' : (step?.by?.all[0]?.parties[0] ?? 'lead'),
      options,
      default: fixed,
      ...(fixed === undefined ? { defaultOf } : {}),
      when: fixed ? when : when ? allOf([when, isOpen]) : isOpen,
      force: force.fixed === 'may' ? 'may' : 'in-principle',
      article: subject.article,
      readers: step ? [step.index] : [...merge!.steps, ...merge!.drops],
    })
    const chosen: Guard = {
      test: (env) => {
        const open = fixed ? 1 : isOpen.test(env)
        return open === 1 ? (chosenIn(env) === 'yes' ? 1 : 0) : open === 0 ? 1 : 2
      },
      missing: force.missing,
      show: (env, into) => {
        const value = chosenIn(env)
        if (value !== undefined) into[id] = options[value] ?? null
      },
      reads: [id, ...force.reads],
    }
    subject.when = when ? allOf([when, chosen]) : chosen
  }
}
