import { STAGE_TITLES } from '../../values/stages.ts'
import type { PolicyDocument } from '../document/document.ts'
import type { StepText } from '../document/document-steps.ts'
import type { Guard, MergeRule, Policy, ProcedureRule } from '../model.ts'
import type { ActorRule, Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import { DEFAULT_EFFECTIVE } from './aggregate.ts'
import { compileBars, compileSanctions } from './compile-bars.ts'
import { refuseCircles } from './compile-cycles.ts'
import { compileFacts } from './compile-facts.ts'
import { compileFill } from './compile-fill.ts'
import { compileAfter, compileRequires, compileUnless, guardOf } from './compile-relations.ts'
import { compileStep, departureId } from './compile-step.ts'
import { compileTransition } from './compile-transition.ts'
import { compileChoice, fixedChoice, partyExists, readActor } from './compile-values.ts'
import { articles, type Compiler, listOf, newCompiler, stepNamed, unknownName } from './compiler.ts'
import { compileCondition } from './condition.ts'
import { compileDepartures, leavesChoice } from './departures.ts'
import { connect } from './graph.ts'
import { readersOf, readersOfName } from './readers.ts'

/**
 * Compiles a policy document to closures. Names that are not defined, wrong operators and cycles are pushed to
 * `problems`; with an error among them the policy must not be used.
 */
export function compilePolicy(document: PolicyDocument, problems: Problem[]): Policy {
  const compiler = newCompiler(document, problems)
  articles(compiler, document.policy.article, ['policy', 'article'], 'header', [])
  nameSteps(compiler)
  compileFacts(compiler)
  for (const step of compiler.steps) compileStep(compiler, step, textOf(document, step), pathOf(step))
  const policy: Policy = {
    document,
    id: document.policy.jurisdiction.id,
    effective: document.policy.effective,
    steps: compiler.steps,
    stepIndex: compiler.stepIndex,
    main: compiler.steps.filter((step) => step.procedure === undefined).map((step) => step.index),
    stages: compileStages(compiler),
    facts: compiler.facts,
    tables: compiler.tables,
    counts: compiler.counts,
    decisions: new Map(),
    procedures: compileProcedures(compiler),
    sanctions: compileSanctions(compiler),
    merges: compileMerges(compiler),
    scope: compileScope(compiler),
    only: new Map(),
    restricted: false,
    ticks: compiler.steps.filter((step) => step.dues.some((due) => due.missed)).map((step) => step.index),
    binds: document.policy.binds ?? 'declare',
    aparts: [],
    bodies: new Set(compiler.steps.flatMap((step) => step.experts?.text.apart ?? [])),
    transitionArticle: compileTransition(compiler),
    citations: compiler.citations,
    normArticles: new Map(),
    used: compiler.used,
    scratch: {
      looks: 0,
      applies: new Float64Array(compiler.steps.length),
      transparent: new Float64Array(compiler.steps.length),
    },
  }
  refuseCircles(compiler)
  compileTracks(compiler, policy)
  compileBars(compiler)
  for (const count of policy.counts) count.readers = readersOf(compiler, count.id)
  for (const table of policy.tables.values()) table.readers = readersOf(compiler, table.id)
  policy.decisions = compileDecisions(compiler)
  compileDepartures(compiler, policy.merges, policy.decisions)
  compileNorms(compiler, policy)
  connect(compiler)
  for (const step of compiler.steps)
    step.cites = [...(step.stageWhen?.reads ?? []), ...(step.when?.reads ?? [])].filter(
      (name) => policy.tables.has(name) || policy.decisions.has(name),
    )
  if (!compiler.stepIndex.has(policy.binds)) stepNamed(compiler, policy.binds, ['policy', 'binds'])
  return policy
}

/** The text of a step, in the main procedure or in its own. */
export function textOf(document: PolicyDocument, step: Step): StepText {
  return step.procedure ? document.procedures![step.procedure]!.steps[step.id]! : document.steps[step.id]!
}

export function pathOf(step: Step): (string | number)[] {
  return step.procedure ? ['procedures', step.procedure, 'steps', step.id] : ['steps', step.id]
}

function nameSteps(compiler: Compiler): void {
  const { document } = compiler
  const stages = Object.keys(document.stages)
  const add = (id: string, text: StepText, procedure?: string): void => {
    const path = procedure ? ['procedures', procedure, 'steps', id] : ['steps', id]
    if (compiler.stepIndex.has(id))
      return compiler.problem(path, 'reference', `环节「${id}」重名`, '环节名在一份办法内唯一')
    if (!procedure && !text.stage)
      compiler.problem(path, 'shape', `环节「${id}」没有写明阶段`, `stage: ${stages.join(' | ')}`)
    if (text.stage && !document.stages[text.stage])
      unknownName(compiler, [...path, 'stage'], '阶段', text.stage, stages)
    const index = compiler.steps.length
    compiler.stepIndex.set(id, index)
    compiler.steps.push({
      index,
      id,
      title: text.title,
      stage: text.stage ?? '',
      stageIndex: text.stage ? stages.indexOf(text.stage) : -1,
      procedure,
      repeatEach: false,
      conditional: [],
      cites: [],
      before: [],
      beforeSet: new Set(),
      successors: [],
      vetoes: [],
      sanctions: [],
    } as unknown as Step)
  }
  for (const [id, text] of Object.entries(document.steps)) add(id, text)
  for (const [procedure, body] of Object.entries(document.procedures ?? {}))
    for (const [id, text] of Object.entries(body.steps)) add(id, text, procedure)
}

function compileStages(compiler: Compiler): Policy['stages'] {
  return Object.entries(compiler.document.stages).map(([id, text]) => ({
    id,
    title: text.title ?? STAGE_TITLES[id] ?? id,
    when: guardOf(compiler, text.when, {}, ['stages', id, 'when']),
    article: articles(compiler, text.article, ['stages', id, 'article'], 'stage', []),
  }))
}

function compileDecisions(compiler: Compiler): Policy['decisions'] {
  const decisions: Policy['decisions'] = new Map()
  for (const [id, text] of Object.entries(compiler.document.decisions ?? {})) {
    const path = ['decisions', id]
    partyExists(compiler, text.by, [...path, 'by'])
    if (text.default && !Object.hasOwn(text.options, text.default))
      unknownName(compiler, [...path, 'default'], '选项', text.default, Object.keys(text.options))
    decisions.set(id, {
      id,
      title: text.title,
      by: text.by,
      options: text.options,
      default: text.default,
      when: guardOf(compiler, text.when, {}, [...path, 'when']),
      force: text.force ?? (text.default ? 'in-principle' : 'must'),
      article: articles(compiler, text.article, [...path, 'article'], 'decision', []),
      readers: readersOfName(compiler, id),
    })
  }
  return decisions
}

function compileProcedures(compiler: Compiler): Policy['procedures'] {
  const procedures: Policy['procedures'] = new Map()
  for (const [id, text] of Object.entries(compiler.document.procedures ?? {})) {
    const path = ['procedures', id]
    const scope = { procedure: id }
    const article = articles(compiler, text.article, [...path, 'article'], 'procedure', [])
    const rule: ProcedureRule = {
      id,
      title: text.title,
      on: text.on,
      each: text.each,
      when: guardOf(compiler, text.when, scope, [...path, 'when']),
      edges: compileAfter(compiler, text.after, -1, scope, [...path, 'after']),
      until: listOf(text.until).flatMap((name) => stepNamed(compiler, name, [...path, 'until']) ?? []),
      unless: compileUnless(compiler, text.unless, scope, [...path, 'unless'], article),
      requires: compileRequires(compiler, text.requires, scope, new Set(), [...path, 'requires'], article),
      atOnce: text.atOnce ?? 1,
      by:
        text.by === undefined
          ? undefined
          : compileChoice<ActorRule>(compiler, text.by, readActor(compiler), scope, [...path, 'by'], article),
      facts: Object.keys(text.facts ?? {}),
      effective: new Set(text.effective ?? DEFAULT_EFFECTIVE),
      steps: Object.keys(text.steps).flatMap((name) => compiler.stepIndex.get(name) ?? []),
      fill: compileFill(compiler, id, text, [...path, 'fill']),
      article,
    }
    procedures.set(id, rule)
  }
  return procedures
}

function compileMerges(compiler: Compiler): MergeRule[] {
  return Object.entries(compiler.document.merges ?? {}).map(([id, text]) => {
    const path = ['merges', id]
    const article = articles(compiler, text.article, [...path, 'article'], 'merge', [])
    const force = text.force && fixedChoice<string>(text.force, article)
    if (leavesChoice(force))
      compiler.departures.push({ id: departureId(id), title: `是否${text.title}`, merge: id, force })
    const indexes = (names: string[], key: string) =>
      names.flatMap((name) => stepNamed(compiler, name, [...path, key]) ?? [])
    return {
      id,
      title: text.title,
      steps: indexes(text.steps, 'steps'),
      drops: new Set(indexes(text.drops ?? [], 'drops')),
      when: mergeGuard(compiler, id, text.when, path),
      by:
        text.by === undefined
          ? undefined
          : compileChoice<ActorRule>(compiler, text.by, readActor(compiler), {}, [...path, 'by'], article),
      article,
    }
  })
}

function mergeGuard(
  compiler: Compiler,
  id: string,
  when: Parameters<typeof compileCondition>[1],
  path: string[],
): Guard {
  const guard = compileCondition(compiler, when, {}, [...path, 'when'])
  compiler.mergeReads.set(id, guard.reads)
  return guard
}

function compileScope(compiler: Compiler): Policy['scope'] {
  const { scope } = compiler.document
  const article = articles(compiler, scope.article, ['scope', 'article'], 'scope', [])
  const rows = scope.rows.map((row, i) => {
    const path = ['scope', 'rows', i]
    if (!compiler.document.tracks[row.track])
      unknownName(compiler, [...path, 'track'], '路径', row.track, Object.keys(compiler.document.tracks))
    const when = guardOf(compiler, row.when, {}, [...path, 'when'])
    if (when) compiler.trackGuards.push(when)
    return {
      when,
      track: row.track,
      article: articles(compiler, row.article, [...path, 'article'], 'scope', article),
    }
  })
  return { rows, article }
}

function compileTracks(compiler: Compiler, policy: Policy): void {
  for (const [id, text] of Object.entries(compiler.document.tracks)) {
    articles(compiler, text.article, ['tracks', id, 'article'], 'track', [])
    const names = text.only ?? (text.procedure ? [] : undefined)
    if (!names) continue
    for (const name of names) stepNamed(compiler, name, ['tracks', id, 'only'])
    policy.only.set(id, new Set(names))
    policy.restricted = true
  }
}

function compileNorms(compiler: Compiler, policy: Policy): void {
  const norms = policy.normArticles
  for (const [id, text] of Object.entries(compiler.document.norms ?? {})) {
    norms.set(id, articles(compiler, text.article, ['norms', id, 'article'], 'norm', []))
    for (const party of listOf(text.binds)) partyExists(compiler, party, ['norms', id, 'binds'])
    for (const step of text.at ?? []) stepNamed(compiler, step, ['norms', id, 'at'])
  }
  for (const [id, text] of Object.entries(compiler.document.parties)) {
    const article = articles(compiler, text.article, ['parties', id, 'article'], 'party', [])
    for (const other of text.apart ?? [])
      if (partyExists(compiler, other, ['parties', id, 'apart'])) {
        policy.aparts.push({ pair: [id, other], article })
        for (const one of [id, other]) policy.bodies.add(one)
      }
    for (const other of [text.same, text.collective?.office, text.recordedBy])
      if (other) partyExists(compiler, other, ['parties', id])
  }
  for (const [id, text] of Object.entries(compiler.document.registers ?? {})) {
    articles(compiler, text.article, ['registers', id, 'article'], 'register', [])
    partyExists(compiler, text.keptBy, ['registers', id, 'keptBy'])
  }
}
