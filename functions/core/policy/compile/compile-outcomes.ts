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
    const absorbed = compileAbsorption(compiler, step, text, item, at)
    checkDivision(compiler, step, text, item, at)
    const ends = item.divides ? DIVIDED : (item.ends ?? (absorbed ? 'absorbed' : undefined))
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
      settles: !item.again && ends === undefined,
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
      effects: compileEffects(compiler, { ...item, ends }, inner, at, cited),
      absorbed,
      divides: item.divides ?? false,
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

/** How a project that was divided has ended (§10). */
export const DIVIDED = 'divided'

/** A division ends the project by itself, under its own name, so that what comes of it can be told by that name. */
function checkDivision(compiler: Compiler, step: Step, text: StepText, outcome: OutcomeText, at: Path): void {
  if (!outcome.divides) return
  const inFlow = step.procedure === undefined && text.through === undefined && !text.each && !outcome.again
  if (inFlow && outcome.ends === undefined && outcome.absorbedBy === undefined) return
  compiler.problem(
    [...at, 'divides'],
    'reference',
    '拆分只能由主流程的环节办成, 项目以 divided 结束',
    '不写在程序、批次、分项的环节和 again 的结果上, 也不与 ends、absorbedBy 同写',
  )
}

/** The record that names the project which this one goes into (§10); only a project itself ends so, by an act of its own. */
function compileAbsorption(
  compiler: Compiler,
  step: Step,
  text: StepText,
  outcome: OutcomeText,
  at: Path,
): OutcomeRule['absorbed'] {
  const { absorbedBy: record } = outcome
  if (record === undefined) return undefined
  const path = [...at, 'absorbedBy']
  const stated = outcome.records?.[record]
  if (stated?.type !== 'project' || stated.optional || stated.when)
    compiler.problem(
      path,
      'reference',
      `「${record}」不是本结果必填的项目`,
      '在这个结果的 records 写一项 type: project, 不写 optional 和 when',
    )
  const merged = Object.values(compiler.document.merges ?? {}).some((one) => one.steps.includes(step.id))
  if (step.procedure !== undefined || text.through !== undefined || text.each || outcome.again || merged)
    compiler.problem(
      path,
      'reference',
      '并入只能由主流程里单独办理的环节办成',
      '不写在程序、批次、合并、分项的环节和 again 的结果上',
    )
  return { record, title: stated?.title ?? record }
}
