import type { OutcomeText, StepText } from '../document/document-steps.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import { compileMaterials, compileRecords } from './compile-inputs.ts'
import { compileRegisterActs } from './compile-registers.ts'
import { compileAfter, compileEffects, compileRequires, guardOf } from './compile-relations.ts'
import { articles, type Compiler, type Path, type Scope } from './compiler.ts'

export function compileOutcomes(
  compiler: Compiler,
  step: Step,
  text: StepText,
  scope: Scope,
  own: Set<string>,
  path: Path,
  article: string[],
): OutcomeRule[] {
  const single: OutcomeText = {
    reopens: text.reopens,
    demands: text.demands,
    postpones: text.postpones,
    imposes: text.imposes,
    lifts: text.lifts,
    enlists: text.enlists,
    carries: text.carries,
    ends: text.ends,
    enters: text.enters,
    leaves: text.leaves,
  }
  const declared = text.outcomes
    ? Object.entries(text.outcomes).map(([id, item]) => ({
        id,
        item: mergeEffects(single, item),
        at: [...path, 'outcomes', id] as Path,
      }))
    : [{ id: 'done', item: single, at: path }]
  return declared.map(({ id, item, at }) => {
    const inner = { ...scope, outcome: id }
    const cited = articles(
      compiler,
      text.outcomes ? item.article : undefined,
      [...at, 'article'],
      'outcome',
      article,
    )
    return {
      id,
      title: item.title ?? id,
      settles: !item.again && item.ends === undefined,
      when: guardOf(compiler, item.when, inner, [...at, 'when']),
      edges: compileAfter(compiler, item.after, step.index, inner, [...at, 'after']).map((edge) => ({
        ...edge,
        ofOutcome: id,
        article: edge.article.length > 0 ? edge.article : cited,
      })),
      requires: compileRequires(compiler, item.requires, inner, own, [...at, 'requires'], cited),
      records: compileRecords(compiler, item.records, inner, [...at, 'records'], cited),
      materials: compileMaterials(compiler, item.materials, inner, [...at, 'materials'], cited),
      opinions: item.opinions !== 'none',
      effects: compileEffects(compiler, item, inner, at, cited),
      registers: compileRegisterActs(compiler, step, text, item, inner, at, cited),
      article: cited,
    }
  })
}

/** Effects written at the step hold for each of its outcomes that does not write its own. */
function mergeEffects(step: OutcomeText, outcome: OutcomeText): OutcomeText {
  const defined = Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined))
  return { ...defined, ...outcome }
}
