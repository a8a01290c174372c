import type { z } from 'zod'
import { parseRatio } from '../../values/ratio.ts'
import { parseSpan, type Span } from '../../values/span.ts'
import type { after, DueText, effects, missed, requires, unless } from '../document/document-parts.ts'
import type { Guard, Read } from '../model.ts'
import type { DueRule, Edge, Effects, Requirement, Step } from '../model-step.ts'
import { compileChoice, readSpan } from './compile-values.ts'
import { articles, type Compiler, listOf, type Path, type Scope, stepNamed, unknownName } from './compiler.ts'
import { compileCondition } from './condition.ts'
import { dayNamed, resolveName } from './names.ts'

type AfterRaw = z.infer<typeof after> | undefined
type UnlessRaw = z.infer<typeof unless> | undefined
type RequiresRaw = z.infer<typeof requires> | undefined
type EffectsRaw = { [K in keyof typeof effects]?: z.infer<(typeof effects)[K]> }

export function guardOf(
  compiler: Compiler,
  raw: Parameters<typeof compileCondition>[1] | undefined,
  scope: Scope,
  path: Path,
): Guard | undefined {
  return raw === undefined ? undefined : compileCondition(compiler, raw, scope, path)
}

/** `after` in all its forms, as edges of the graph. */
export function compileAfter(
  compiler: Compiler,
  raw: AfterRaw,
  owner: number,
  scope: Scope,
  path: Path,
): Edge[] {
  const edges: Edge[] = []
  listOf(raw).forEach((item, i) => {
    const at = Array.isArray(raw) ? [...path, i] : path
    const text = typeof item === 'string' ? { step: item } : item
    const name = text.step ?? text.every ?? text.any ?? text.of
    if (name === undefined)
      return compiler.problem(at, 'shape', 'after 没有写明环节', '写作 after: 环节 或 after: {step: 环节, …}')
    const target = stepNamed(compiler, name, at)
    if (target === undefined) return
    compiler.used.add(`step:${name}`)
    const quantifier = text.step
      ? undefined
      : ({
          kind: text.every ? 'every' : text.any ? 'any' : 'atLeast',
          n: text.atLeast ?? 1,
          mayBeNone: text.mayBeNone ?? false,
        } as const)
    edges.push({
      owner,
      target,
      delay:
        text.delay === undefined
          ? undefined
          : compileChoice<Span>(compiler, text.delay, readSpan, scope, [...at, 'delay'], []),
      outcomes: text.outcome === undefined ? undefined : listOf(text.outcome),
      when: guardOf(compiler, text.when, scope, [...at, 'when']),
      article: articles(compiler, text.article, [...at, 'article'], 'after', []),
      quantifier,
    })
  })
  return edges
}

export function compileUnless(
  compiler: Compiler,
  raw: UnlessRaw,
  scope: Scope,
  path: Path,
  inherited: string[],
): Step['unless'] {
  return listOf(raw).flatMap((item, i) => {
    const at = Array.isArray(raw) ? [...path, i] : path
    const text =
      typeof item === 'string' ? (compiler.stepIndex.has(item) ? { step: item } : { procedure: item }) : item
    if (text.procedure && !compiler.document.procedures?.[text.procedure]) {
      unknownName(compiler, at, '环节或程序', text.procedure, [
        ...compiler.stepIndex.keys(),
        ...Object.keys(compiler.document.procedures ?? {}),
      ])
      return []
    }
    const full = typeof item === 'string' ? {} : item
    return [
      {
        step: text.step ? stepNamed(compiler, text.step, at) : undefined,
        procedure: text.procedure,
        when: guardOf(compiler, full.when, scope, [...at, 'when']),
        article: articles(compiler, full.article, [...at, 'article'], 'unless', inherited),
      },
    ]
  })
}

export function compileRequires(
  compiler: Compiler,
  raw: RequiresRaw,
  scope: Scope,
  own: Set<string>,
  path: Path,
  inherited: string[],
): Requirement[] {
  return (raw ?? []).map((text, i) => {
    const at = [...path, i]
    const that = compileCondition(compiler, text.that, scope, [...at, 'that'])
    const when = guardOf(compiler, text.when, scope, [...at, 'when'])
    return {
      title: text.title,
      that,
      when,
      article: articles(compiler, text.article, [...at, 'article'], 'requires', inherited),
      readsOwn: [...that.reads, ...(when?.reads ?? [])].some((name) => own.has(name)),
    }
  })
}

function reader(compiler: Compiler, name: string | undefined, scope: Scope, path: Path): Read | undefined {
  return name === undefined ? undefined : resolveName(compiler, name, scope, path)?.read
}

export function compileEffects(
  compiler: Compiler,
  raw: EffectsRaw,
  scope: Scope,
  path: Path,
  inherited: string[],
): Effects {
  const cite = (text: { article?: Parameters<typeof articles>[1] }, at: Path) =>
    articles(compiler, text.article, [...at, 'article'], 'effect', inherited)
  const spanOf = (text: unknown, at: Path) =>
    text === undefined ? undefined : compileChoice<Span>(compiler, text, readSpan, scope, at, inherited)
  return {
    reopens: listOf(raw.reopens).map((item) => {
      const text = typeof item === 'string' ? { from: item } : item
      const at = [...path, 'reopens']
      stepNamed(compiler, text.from, at)
      if (text.to) stepNamed(compiler, text.to, at)
      return {
        from: text.from,
        to: text.to,
        within: spanOf(text.within, at),
        anew: text.anew ?? false,
        article: cite(text, at),
      }
    }),
    demands: listOf(raw.demands).map((item) => {
      const text = typeof item === 'string' ? { step: item } : item
      const at = [...path, 'demands']
      stepNamed(compiler, text.step, at)
      compiler.used.add(`demanded:${text.step}`)
      return {
        step: text.step,
        within: spanOf(text.within, at),
        by: text.by,
        fact: reader(compiler, text.due?.fact, scope, [...at, 'due']),
        when: guardOf(compiler, text.when, scope, [...at, 'when']),
        article: cite(text, at),
      }
    }),
    postpones: listOf(raw.postpones).flatMap((text) => {
      const at = [...path, 'postpones']
      stepNamed(compiler, text.step, at)
      const to = reader(compiler, text.to, scope, [...at, 'to'])
      return to ? [{ step: text.step, to, article: cite(text, at) }] : []
    }),
    imposes: listOf(raw.imposes).map((item) => {
      const text = typeof item === 'string' ? { sanction: item } : item
      const at = [...path, 'imposes']
      checkSanction(compiler, text.sanction, at)
      return {
        sanction: text.sanction,
        when: guardOf(compiler, text.when, scope, [...at, 'when']),
        article: cite(text, at),
      }
    }),
    lifts: listOf(raw.lifts).map((item) => {
      const text = typeof item === 'string' ? { sanction: item } : item
      checkSanction(compiler, text.sanction, [...path, 'lifts'])
      return { sanction: text.sanction, article: cite(text, [...path, 'lifts']) }
    }),
    enlists: raw.enlists,
    carries: raw.carries,
    ends: raw.ends,
  }
}

function checkSanction(compiler: Compiler, id: string, path: Path): void {
  compiler.used.add(`sanction:${id}`)
  if (!compiler.document.sanctions?.[id])
    unknownName(compiler, path, '惩戒', id, Object.keys(compiler.document.sanctions ?? {}))
}

/** Due dates in all their forms (§5). */
export function compileDues(
  compiler: Compiler,
  raw: DueText | DueText[] | undefined,
  scope: Scope,
  path: Path,
  inherited: string[],
): DueRule[] {
  return listOf(raw).map((text, i) => {
    const at = Array.isArray(raw) ? [...path, i] : path
    const article = articles(compiler, text.article, [...at, 'article'], 'due', inherited)
    const named =
      text.first ?? (text.of && typeof text.of === 'object' && 'last' in text.of ? text.of.last : text.of)
    const anchors = listOf(named as string | { step: string; outcome?: string } | undefined).flatMap(
      (item) => {
        const anchor = typeof item === 'string' ? { step: item } : item
        const step = stepNamed(compiler, anchor.step, [...at, 'of'])
        return step === undefined ? [] : [{ step, outcome: anchor.outcome }]
      },
    )
    const forms = [
      text.within !== undefined && anchors.length > 0,
      text.by !== undefined,
      text.fact !== undefined,
    ].filter(Boolean)
    if (forms.length === 0)
      compiler.problem(
        at,
        'shape',
        '期限没有写全',
        '如 {within: 6 months, of: completion}、{by: 11-30, year: planYear} 或 {fact: agreedOn}',
      )
    const missedRaw: z.infer<typeof missed> | undefined = text.missed
    return {
      text,
      within:
        text.within === undefined
          ? undefined
          : compileChoice<Span>(compiler, text.within, readSpan, scope, [...at, 'within'], article),
      anchors,
      first: text.first !== undefined,
      fact: text.fact === undefined ? undefined : dayNamed(compiler, text.fact, scope, [...at, 'fact']),
      before:
        text.before === undefined ? undefined : dayNamed(compiler, text.before, scope, [...at, 'before']),
      ahead: text.before && text.by ? parseSpan(text.by) : undefined,
      year: reader(compiler, text.year, scope, [...at, 'year']),
      when: guardOf(compiler, text.when, scope, [...at, 'when']),
      missed:
        missedRaw &&
        compileEffects(
          compiler,
          missedRaw,
          scope,
          [...at, 'missed'],
          articles(compiler, missedRaw.article, [...at, 'missed', 'article'], 'missed', article),
        ),
      article,
    }
  })
}

/** A share such as `2/3` or `60%`. */
export function readShare(text: string): { n: number; d: number } | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text.trim())
  return match ? { n: Number(match[1]), d: Number(match[2]) } : parseRatio(text)
}
