import type { StepText } from '../document/document-steps.ts'
import type { ActorRule, Step } from '../model-step.ts'
import { factsOfStep } from './compile-facts.ts'
import { compileMaterials, compileOpinion, compileRecords } from './compile-inputs.ts'
import { compileOutcomes } from './compile-outcomes.ts'
import {
  compileAfter,
  compileDues,
  compileRequires,
  compileUnless,
  guardOf,
  readShare,
} from './compile-relations.ts'
import { compileChoice, compilePartyLists, partyExists, partyList, readActor } from './compile-values.ts'
import { articles, type Compiler, listOf, type Path, type Scope, stepNamed } from './compiler.ts'
import { leavesChoice } from './departures.ts'
import { dayNamed, recordsOf, resolveName } from './names.ts'

const OWED = ['always', 'never', 'on-demand'] as const

/** Compiles one step in place; `before` and `successors` are filled when all steps are compiled. */
export function compileStep(compiler: Compiler, step: Step, text: StepText, path: Path): void {
  const scope: Scope = { step: step.id, procedure: step.procedure }
  const own = new Set([...Object.keys(recordsOf(text)), ...factsOfStep(compiler.facts.values(), step.id)])
  const article = articles(
    compiler,
    text.article,
    [...path, 'article'],
    'step',
    procedureArticle(compiler, step),
  )
  const guard = (raw: Parameters<typeof guardOf>[1], key: string) =>
    guardOf(compiler, raw, scope, [...path, key])
  const stage = step.stage === '' ? undefined : compiler.document.stages[step.stage]
  const through = listOf(text.through).map((item) => (typeof item === 'string' ? { step: item } : item))
  Object.assign(step, {
    article,
    by:
      text.by === undefined
        ? undefined
        : compileChoice<ActorRule>(compiler, text.by, readActor(compiler), scope, [...path, 'by'], article),
    when: guard(text.when, 'when'),
    stageWhen: stage?.when ? guardOf(compiler, stage.when, {}, ['stages', step.stage, 'when']) : undefined,
    owed: compileChoice(
      compiler,
      text.owed ?? 'always',
      (raw) => OWED.find((word) => word === raw),
      scope,
      [...path, 'owed'],
      article,
    )!,
    edges: compileAfter(compiler, text.after, step.index, scope, [...path, 'after']),
    unless: compileUnless(compiler, text.unless, scope, [...path, 'unless'], article),
    until: listOf(text.until).flatMap((name) => stepNamed(compiler, name, [...path, 'until']) ?? []),
    requires: compileRequires(compiler, text.requires, scope, own, [...path, 'requires'], article),
    dues: compileDues(compiler, text.due, scope, [...path, 'due'], article),
    effective: text.effective,
    facts: factsOfStep(compiler.facts.values(), step.id),
    records: compileRecords(compiler, text.records, scope, [...path, 'records'], article),
    materials: compileMaterials(compiler, text.materials, scope, [...path, 'materials'], article),
    opinions: listOf(text.opinions).map((item, i) =>
      compileOpinion(compiler, item, scope, [...path, 'opinions', i], article),
    ),
    witness: partyList(compiler, text.witness, [...path, 'witness']),
    yields: Object.entries(text.yields ?? {}).map(([id, item]) => ({
      id,
      title: item.title,
      outcome: item.outcome,
      article: articles(compiler, item.article, [...path, 'yields', id, 'article'], 'document', article),
    })),
    through: through.map((item, i) => ({
      step: item.step,
      when: guardOf(compiler, item.when, scope, [...path, 'through', i, 'when']),
    })),
    composes: text.composes ?? [],
    creates: text.creates,
    batch: text.batch ?? false,
    each: text.each,
    closedBy:
      text.closedBy === undefined ? undefined : stepNamed(compiler, text.closedBy, [...path, 'closedBy']),
    aside: text.aside ?? false,
    withdrawable: text.withdrawable,
    to: compilePartyLists(compiler, text.to ?? [], scope, [...path, 'to'], article),
    copies: partyList(compiler, text.copies, [...path, 'copies']),
    channel: text.channel,
    force:
      text.force === undefined
        ? undefined
        : compileChoice(compiler, text.force, (raw) => String(raw), scope, [...path, 'force'], article),
  } satisfies Partial<Step>)
  if (text.announced) partyExists(compiler, text.announced, [...path, 'announced'])
  step.checks = Object.entries(text.checks ?? {}).map(([id, item]) => ({
    id,
    title: item.title,
    required: item.required ?? false,
    when: guardOf(compiler, item.when, scope, [...path, 'checks', id, 'when']),
    article: articles(compiler, item.article, [...path, 'checks', id, 'article'], 'check', article),
  }))
  if (text.experts) {
    const at = [...path, 'experts']
    if (!compiler.document.registers?.[text.experts.from])
      compiler.problem(at, 'reference', `名录「${text.experts.from}」没有定义`, '在 registers 中定义')
    compiler.used.add(`register:${text.experts.from}`)
    step.experts = {
      text: text.experts,
      ...compileExperts(compiler, text.experts, scope, at, article),
      when: guardOf(compiler, text.experts.when, scope, [...at, 'when']),
      article: articles(compiler, text.experts.article, at, 'experts', article),
    }
  }
  compileWindow(compiler, step, text, scope, path, article)
  compileRepeat(compiler, step, text, path, article)
  if (text.effective && recordsOf(text)[text.effective]?.type !== 'day')
    compiler.problem(
      [...path, 'effective'],
      'reference',
      `「${text.effective}」不是本环节的日期记录`,
      '写本环节 records 中 type: day 的一项',
    )
  step.outcomes = compileOutcomes(compiler, step, text, scope, own, path, article)
  step.allEdges = [...step.edges, ...step.outcomes.flatMap((outcome) => outcome.edges)]
  compileDeparture(compiler, step)
}

/** How many experts and which share of them must agree, each a literal or from a table. */
function compileExperts(
  compiler: Compiler,
  text: NonNullable<StepText['experts']>,
  scope: Scope,
  path: Path,
  article: string[],
): Pick<NonNullable<Step['experts']>, 'count' | 'share'> {
  const count = (raw: unknown) => (typeof raw === 'number' ? raw : undefined)
  const share = (raw: unknown, at: Path) => {
    if (typeof raw === 'string' && readShare(raw)) return raw
    compiler.problem(at, 'shape', `「${String(raw)}」不是比例`, '写作 2/3 或 60%')
    return undefined
  }
  for (const party of text.apart ?? []) partyExists(compiler, party, [...path, 'apart'])
  return {
    ...(text.count === undefined
      ? {}
      : { count: compileChoice(compiler, text.count, count, scope, [...path, 'count'], article) }),
    ...(text.share === undefined
      ? {}
      : { share: compileChoice(compiler, text.share, share, scope, [...path, 'share'], article) }),
  }
}

function procedureArticle(compiler: Compiler, step: Step): string[] {
  const text = step.procedure && compiler.document.procedures?.[step.procedure]?.article
  return text ? articles(compiler, text, ['procedures', step.procedure!, 'article'], 'procedure', []) : []
}

/** 原则上 / 可以 on a whole step is a decision of the lead with its default (§13). */
function compileDeparture(compiler: Compiler, step: Step): void {
  if (!leavesChoice(step.force)) return
  const id = departureId(step.id)
  step.departure = id
  compiler.departures.push({ id, title: `是否办理${step.title}`, step: step.index, force: step.force })
}

/** Id of the decision that a step or a merge in principle or at discretion carries. */
export function departureId(step: string): string {
  return `${step}-applies`
}

function compileWindow(
  compiler: Compiler,
  step: Step,
  text: StepText,
  scope: Scope,
  path: Path,
  article: string[],
): void {
  const window = text.window ?? (typeof text.repeat === 'object' ? text.repeat.window : undefined)
  if (!window && !text.announced) return
  const at = [...path, 'window']
  const reader = (bound: unknown) =>
    typeof bound === 'object' && bound !== null
      ? dayNamed(compiler, (bound as { fact: string }).fact, scope, at)
      : undefined
  const announced = window?.announced ?? text.announced
  step.window = {
    text: {
      ...window,
      ...(typeof window?.from === 'number' ? { from: monthText(window.from) } : {}),
      ...(typeof window?.to === 'number' ? { to: monthText(window.to) } : {}),
      ...(announced ? { announced } : {}),
    },
    when: guardOf(compiler, window?.when, scope, [...at, 'when']),
    year:
      window?.for || announced
        ? compiler.document.facts.planYear && resolveName(compiler, 'planYear', {}, at)?.read
        : undefined,
    from: reader(window?.from),
    to: reader(window?.to),
    article: articles(compiler, window?.article, [...at, 'article'], 'window', article),
  }
}

/** A month as YAML reads it: `07` is the number 7. */
function monthText(month: number): string {
  return String(month).padStart(2, '0')
}

function compileRepeat(compiler: Compiler, step: Step, text: StepText, path: Path, article: string[]): void {
  if (text.repeat === undefined || text.repeat === 'many') {
    step.repeat = text.repeat
    return
  }
  const at = [...path, 'repeat']
  const { each, by, from, until } = text.repeat
  step.repeatEach = true
  step.repeat = {
    each,
    by,
    from: from === undefined ? undefined : stepNamed(compiler, from, [...at, 'from']),
    until: until === undefined ? undefined : stepNamed(compiler, until, [...at, 'until']),
    article: articles(compiler, text.repeat.article, [...at, 'article'], 'repeat', article),
  }
}
