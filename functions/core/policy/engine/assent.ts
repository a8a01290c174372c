import { compareRatios } from '../../values/ratio.ts'
import { addRest } from '../../values/span.ts'
import type { ExecuteCommand } from '../command.ts'
import { readShare } from '../compile/compile-relations.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OpinionRule, OutcomeRule, Step } from '../model-step.ts'
import { type GivenOpinion, latestRun, type StepState } from '../state.ts'
import { standsAside } from './bodies.ts'
import { type PartyWord, partyWord } from './party-word.ts'
import { periodsOf } from './periods.ts'
import { stepState } from './read-state.ts'
import { finding, partyNames } from './say.ts'
import { unknownFacts } from './shown-values.ts'

/** Opinions, witnesses, experts and checks: the people whose word an execution needs beside the actor's (§11, §13). */

export interface OpinionLook {
  rule: OpinionRule
  from: string[]
  given: GivenOpinion[]
  /** What each of them has said, in the order of `from`. */
  words: PartyWord[]
  /** Parties whose opinion is still awaited. */
  awaited: string[]
  /** The day from which its term runs. */
  openedOn?: string
  dueOn?: string
  collected: boolean
  agreed: boolean
}

/** How each opinion rule of a step stands, with those recorded in the command itself. */
export function lookOpinions(env: Env, step: Step, extra: GivenOpinion[] = []): OpinionLook[] {
  const state = stepState(env, step)
  return step.opinions.flatMap((rule) => {
    if (rule.when && rule.when.test(env) === 0) return []
    const from = rule.from.get(env) ?? []
    const given = [...(state?.opinions ?? []), ...extra].filter((one) => from.includes(one.from))
    const opened = roundOpened(env, step, state)
    const span = rule.within?.get(env)
    const used = rule.text.clock === 'resume' ? (state?.heard ?? []) : []
    const dueOn = opened && span ? addRest(opened, span, used, env.outside.calendar).day : undefined
    const silent =
      dueOn !== undefined &&
      env.day > dueOn &&
      rule.text.silence !== undefined &&
      rule.text.silence !== 'blocks'
    const words = from.map((party) => partyWord(step, rule, given, party))
    const spoke = new Set(from.filter((_, i) => words[i]!.value !== undefined))
    if (rule.text.again === 'objectors') for (const party of state?.agreedBefore ?? []) spoke.add(party)
    const quiet = from.filter((party) => !spoke.has(party))
    const counted = silent ? from.length : spoke.size
    const needed = neededCount(rule, from.length)
    const agrees = from.filter((party, i) => {
      const { value, objects } = words[i]!
      if (value !== undefined || objects) return value === 'agree'
      return spoke.has(party) || (silent && rule.text.silence === 'agrees')
    }).length
    const voting = silent && rule.text.silence === 'skips' ? spoke.size : from.length
    const agreed =
      rule.text.agree === 'all'
        ? agrees >= voting
        : rule.text.agree === 'majority'
          ? agrees * 2 > voting
          : true
    const awaited = silent ? [] : quiet
    return [
      { rule, from, given, words, awaited, openedOn: opened, dueOn, collected: counted >= needed, agreed },
    ]
  })
}

/** The day from which silence counts: of the round, and for a periodic step not before the period that is to be served. */
function roundOpened(env: Env, step: Step, state: StepState | undefined): string | undefined {
  if (!step.repeatEach) return state?.round?.openedOn
  const period = periodsOf(env, step).find((one) => !one.done)
  const since = state?.round?.openedOn ?? latestRun(state)?.on
  if (!period || since === undefined) return undefined
  return period.from > since ? period.from : since
}

function neededCount(rule: OpinionRule, size: number): number {
  const collect = rule.text.collect ?? 'all'
  if (collect === 'all') return size
  if (collect === 'any') return Math.min(1, size)
  return collect === 'majority' ? Math.floor(size / 2) + 1 : Math.min(collect.atLeast, size)
}

/** Opinions as given in a command: `{finance: agree}` or `{finance: {value, aspect}}`. */
export function readOpinions(command: ExecuteCommand, on: string): GivenOpinion[] {
  return Object.entries(command.opinions ?? {}).flatMap(([from, raw]) => {
    const text =
      typeof raw === 'object' && raw !== null
        ? (raw as { value?: unknown; opinion?: unknown; aspect?: string; remark?: string })
        : { value: raw }
    const word = String(text.value ?? ('opinion' in text ? text.opinion : ''))
    const value = ['agree', 'yes', 'true', '同意'].includes(word)
      ? 'agree'
      : ['object', 'disagree', 'no', 'false', '不同意'].includes(word)
        ? 'object'
        : undefined
    return value
      ? [
          {
            from,
            value,
            on,
            ...(text.aspect ? { aspect: text.aspect } : {}),
            ...(text.remark ? { remark: text.remark } : {}),
          } as GivenOpinion,
        ]
      : []
  })
}

/** Opinions bind settling and ending outcomes; agreement only the favourable ones. */
export function opinionFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  extra: GivenOpinion[],
  into: Finding[],
): void {
  if (!outcome.opinions || (!outcome.settles && outcome.effects.ends === undefined)) return
  for (const rule of step.opinions) {
    if (rule.when?.test(env) === 2)
      into.push(finding('undetermined', step.id, rule.article, unknownFacts(rule.when, env)))
    if (rule.from.get(env) === undefined)
      into.push(finding('undetermined', step.id, rule.article, unknownFacts(rule.from, env)))
  }
  for (const look of lookOpinions(env, step, extra)) {
    if (!look.collected)
      into.push(
        finding('opinion', step.id, look.rule.article, {
          from: partyNames(env.policy, look.awaited),
          parties: look.awaited.join(','),
        }),
      )
    else if (!look.agreed && outcome.settles) {
      const objectors = look.from.filter((_, i) => look.words[i]!.objects)
      into.push(
        finding('opinion', step.id, look.rule.article, {
          objected: partyNames(env.policy, objectors.length > 0 ? objectors : look.awaited),
        }),
      )
    }
  }
}

/** A witness attests presence for every outcome (§11). */
export function witnessFindings(env: Env, step: Step, given: string[], into: Finding[]): void {
  const there = new Set([...(stepState(env, step)?.witnesses ?? []), ...given])
  const absent = step.witness.filter((party) => !there.has(party))
  if (absent.length > 0)
    into.push(
      finding('witness', step.id, step.article, {
        witness: partyNames(env.policy, absent),
        parties: absent.join(','),
      }),
    )
}

export function readExperts(command: ExecuteCommand): { name: string; agrees?: boolean }[] {
  return (command.experts ?? []).map((one) => (typeof one === 'string' ? { name: one } : one))
}

/** Experts: from the register of the day, in number, odd where asked, and with the share that the article wants. */
export function expertFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  experts: { name: string; agrees?: boolean }[],
  into: Finding[],
): void {
  const rule = step.experts
  if (!rule || !outcome.settles || rule.when?.test(env) === 0) return
  const { text, article } = rule
  const problem = (limit: string): void =>
    void into.push(finding('record', step.id, article, { record: '专家', name: 'experts', limit }))
  const register = env.outside.registers?.[text.from]
  const valid = register?.filter((entry) => (entry.from ?? '') <= env.day && env.day <= (entry.to ?? '9999'))
  const title = env.policy.document.registers?.[text.from]?.title ?? text.from
  if (valid?.length === 0 && (!text.optional || experts.length > 0))
    problem(`须取自「${title}」, 该名录当日没有有效条目`)
  for (const choice of [rule.count, rule.share])
    if (choice && choice.get(env) === undefined)
      into.push(finding('undetermined', step.id, article, unknownFacts(choice, env)))
  const count = rule.count?.get(env)
  const wanted = rule.share?.get(env)
  const drawn = stepState(env, step)?.drawn
  if (text.drawn && valid && !drawn && (!text.optional || experts.length > 0)) return problem('须先随机抽取')
  if (experts.length === 0) {
    if (!text.optional && (text.count !== undefined || text.share !== undefined))
      problem(`须有${count ?? ''}名专家, 未记录`)
    else if (!text.optional)
      into.push(finding('norm', step.id, article, { norm: '未记录参加的专家' }, 'note'))
    return
  }
  const strangers = valid
    ? experts.filter((expert) => !valid.some((entry) => entry.name === expert.name))
    : []
  if (strangers.length > 0 && valid!.length > 0)
    problem(`${strangers.map((one) => one.name).join('、')} 不在「${title}」内`)
  const undrawn = drawn ? experts.filter((expert) => !drawn.includes(expert.name)) : []
  if (text.drawn && undrawn.length > 0) problem(`${undrawn.map((one) => one.name).join('、')} 不是抽取的专家`)
  for (const { name } of experts) {
    const organisation = valid?.find((entry) => entry.name === name)?.organisation
    const parties = standsAside(env, step, organisation)
    if (parties.length > 0) problem(`${name} 与${parties.join('、')}同属${organisation}, 须回避`)
  }
  if (new Set(experts.map((one) => one.name)).size < experts.length) problem('有重复')
  if (count !== undefined && experts.length < count) problem(`不得少于 ${count} 名`)
  if (text.odd && experts.length % 2 === 0) problem('须为单数')
  const share = wanted === undefined ? undefined : readShare(wanted)
  const agrees = experts.filter((expert) => expert.agrees).length
  if (share && compareRatios({ n: agrees, d: experts.length }, share) < 0) problem(`同意的不足 ${wanted}`)
}

/** Points the acting party answers one by one; a required one not met bars the settling outcomes (§13). */
export function checkFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  answers: Record<string, string>,
  into: Finding[],
): void {
  if (!outcome.settles) return
  for (const check of step.checks) {
    const when = check.when ? check.when.test(env) : 1
    if (when === 0) continue
    const answer = answers[check.id]
    const met = answer === 'met' || answer === 'not-applicable'
    if (!met)
      into.push(
        finding(
          'check',
          step.id,
          check.article,
          { check: check.title, name: check.id, answer: answer ?? null },
          check.required ? 'block' : 'note',
        ),
      )
  }
}
