import type { AfterText } from '../../../../functions/core/policy/document/document-parts.ts'
import type {
  OpinionText,
  OutcomeText,
  StepText,
} from '../../../../functions/core/policy/document/document-steps.ts'
import { repeatText } from '../../../../functions/core/policy/rule-texts.ts'
import type { PolicyWords } from '../../shared/policy-words.ts'
import { dueText, spanText, windowText } from '../../shared/rule-text.ts'
import type { TextKey } from '../../shared/text.ts'
import { conditionText } from './condition-text.ts'

/** Rules of one sort that a step has, each in words and with its path within the step; without one it is the step itself. */
export interface StepLine {
  label: TextKey
  rules: { text: string; path?: string }[]
}

/** What the policy asks of a step: when, after what, with whom, what is written down. */
export function stepLines(step: StepText, policyWords: PolicyWords): StepLine[] {
  const words = policyWords.within(step)
  const one = (label: TextKey, text: string | undefined | false, path?: string): StepLine => ({
    label,
    rules: text ? [{ text, ...(path && { path }) }] : [],
  })
  return [
    one('law.rule-when', step.when && conditionText(step.when, words), 'when'),
    afterLine(step.after, 'after', words),
    each('law.rule-unless', step.unless, 'unless', (rule) => unlessText(rule, words)),
    one('law.rule-window', windowText(step.window, words)?.replace(/^办理时间: /, ''), 'window'),
    each('law.rule-due', step.due, 'due', (rule) => dueText(rule, words)?.replace(/^期限: /, '')),
    one(
      'law.rule-repeat',
      typeof step.repeat === 'object' && repeatText(step.repeat, (id) => words.step(id)),
      'repeat',
    ),
    requiresLine(step.requires, 'requires', words),
    each('law.rule-opinions', step.opinions, 'opinions', (rule) => opinionText(rule, words)),
    one(
      'law.rule-witness',
      listed(step.witness)
        .map((party) => words.party(party))
        .join('、'),
    ),
    one('law.rule-experts', step.experts && expertsText(step.experts, words), 'experts'),
    each('law.rule-through', step.through, 'through', (way) =>
      typeof way === 'string'
        ? words.step(way)
        : `${words.step(way.step)}${way.when ? ` (${conditionText(way.when, words)})` : ''}`,
    ),
    one('law.rule-records', titles(step.records)),
    one('law.rule-checks', titles(step.checks)),
    one('law.rule-yields', titles(step.yields)),
    one(
      'law.rule-copies',
      listed(step.copies)
        .map((party) => words.party(party))
        .join('、'),
    ),
  ].filter(({ rules }) => rules.length > 0)
}

/** What an outcome takes beside what its step takes: 通过 只有在…之后. */
export function outcomeLines(step: StepText, id: string, policyWords: PolicyWords): StepLine[] {
  const words = policyWords.within(step)
  const outcome = step.outcomes?.[id] ?? {}
  const path = `outcomes.${id}`
  return [
    afterLine(outcome.after, `${path}.after`, words),
    requiresLine(outcome.requires, `${path}.requires`, words),
  ].filter(({ rules }) => rules.length > 0)
}

function afterLine(after: StepText['after'], path: string, words: PolicyWords): StepLine {
  return each('law.rule-after', after, path, (rule) => afterText(rule, words))
}

function requiresLine(requires: StepText['requires'], path: string, words: PolicyWords): StepLine {
  return each('law.rule-requires', requires, path, ({ title, that }) => title ?? conditionText(that, words))
}

/** The rules of a list, which may also stand alone. */
function each<T>(
  label: TextKey,
  raw: T | T[] | undefined,
  path: string,
  say: (rule: T) => string | undefined,
): StepLine {
  const rules = listed(raw).flatMap((rule, i) => {
    const text = say(rule)
    return text ? [{ text, path: `${path}.${i}` }] : []
  })
  return { label, rules }
}

/** What follows from an outcome: 重办「年度申报」. */
export function outcomeEffects(outcome: OutcomeText, words: PolicyWords): string {
  const { sanctions } = words.document
  const steps = (raw: OutcomeText['reopens'] | OutcomeText['demands']) =>
    listed<string | { step: string } | { from: string }>(raw).map((one) => {
      const id = typeof one === 'string' ? one : 'step' in one ? one.step : one.from
      return `「${words.step(id)}」`
    })
  const imposed = listed(outcome.imposes).map((one) => {
    const id = typeof one === 'string' ? one : one.sanction
    return `「${sanctions?.[id]?.title ?? id}」`
  })
  return [
    outcome.reopens && `重办${steps(outcome.reopens).join('、')}`,
    outcome.demands && `要求办理${steps(outcome.demands).join('、')}`,
    outcome.imposes && `惩戒${imposed.join('、')}`,
    outcome.again && '可再次办理',
    outcome.ends && '就此结束',
    outcome.absorbedBy && '并入另一项目',
    outcome.divides && '拆分为另行申报的项目',
  ]
    .filter(Boolean)
    .join(', ')
}

function listed<T>(raw: T | T[] | undefined): T[] {
  return raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]
}

function titles(named: Record<string, unknown> | undefined): string {
  return Object.entries(named ?? {})
    .map(([id, one]) =>
      typeof one === 'object' && one !== null && 'title' in one && typeof one.title === 'string'
        ? one.title
        : id,
    )
    .join('、')
}

function afterText(one: string | AfterText, words: PolicyWords): string {
  if (typeof one === 'string') return `「${words.step(one)}」`
  const step = one.step ?? one.every ?? one.any ?? one.of ?? ''
  const which = one.every ? '每一项' : one.any ? '任一项' : one.atLeast ? `至少 ${one.atLeast} 项` : ''
  const outcomes = listed(one.outcome).map((outcome) => words.outcome(step, outcome) ?? outcome)
  return [
    `${which}「${words.step(step)}」`,
    outcomes.length > 0 ? `结果为${outcomes.join('或')}` : '',
    one.delay === undefined ? '' : `满 ${spanText(one.delay)}`,
    one.when ? `(${conditionText(one.when, words)})` : '',
  ].join('')
}

function unlessText(one: string | { step?: string; procedure?: string }, words: PolicyWords): string {
  if (typeof one === 'string') return `「${words.step(one)}」`
  const { procedure } = one
  if (procedure !== undefined) return `「${words.document.procedures?.[procedure]?.title ?? procedure}」`
  return `「${words.step(one.step ?? '')}」`
}

function opinionText({ from, on, when }: OpinionText, words: PolicyWords): string {
  const whom =
    typeof from === 'string' || Array.isArray(from)
      ? listed(from)
          .map((party) => words.party(party))
          .join('、')
      : '按判定表'
  return `${whom}${on ? ` (就${on.join('、')})` : ''}${when ? ` (${conditionText(when, words)})` : ''}`
}

function expertsText(experts: NonNullable<StepText['experts']>, words: PolicyWords): string {
  const register = words.document.registers?.[experts.from]?.title ?? experts.from
  const { count, drawn, odd, share } = experts
  return [
    `从${register}${drawn ? '随机抽取' : '选取'}`,
    typeof count === 'number' && `${count} 人以上`,
    odd && '人数为单数',
    typeof share === 'string' && `${share} 以上同意`,
  ]
    .filter(Boolean)
    .join(', ')
}
