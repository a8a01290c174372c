import type { Policy } from '../model.ts'
import type { Bar, Step } from '../model-step.ts'
import { guardOf } from './compile-relations.ts'
import { partyExists } from './compile-values.ts'
import { articles, type Compiler, type Path, stepNamed, unknownName } from './compiler.ts'
import { compileCondition, negated } from './condition.ts'

/** Hangs vetoes and sanctions on the steps that they bar (§2, §12). */
export function compileBars(compiler: Compiler): void {
  for (const [id, text] of Object.entries(compiler.document.vetoes ?? {})) {
    const path = ['vetoes', id]
    const guard = compileCondition(compiler, text.when, {}, [...path, 'when'])
    const byParty =
      text.lifted && 'by' in text.lifted && typeof text.lifted.by === 'string' ? text.lifted.by : undefined
    if (byParty) partyExists(compiler, byParty, [...path, 'lifted'])
    const lifted =
      text.lifted && !byParty
        ? compileCondition(compiler, text.lifted as Record<string, unknown>, {}, [...path, 'lifted'])
        : undefined
    const article = articles(compiler, text.article, [...path, 'article'], 'veto', [])
    text.bars.forEach((bar, i) => {
      const at = [...path, 'bars', i]
      for (const step of barredSteps(compiler, bar, at))
        step.vetoes.push({
          id,
          index: i,
          title: text.title,
          outcome: bar.outcome,
          when: guardOf(compiler, bar.when, {}, [...at, 'when']),
          guard,
          lifted: lifted && negated(negated(lifted)),
          on: 'veto',
          spares: false,
          article,
        })
    })
  }
  for (const [id, text] of Object.entries(compiler.document.sanctions ?? {})) {
    const path = ['sanctions', id]
    const article = articles(compiler, text.article, [...path, 'article'], 'sanction', [])
    text.bars.forEach((bar, i) => {
      const at = [...path, 'bars', i]
      for (const step of barredSteps(compiler, bar, at))
        step.sanctions.push({
          id,
          index: i,
          title: text.title,
          outcome: bar.outcome,
          when: guardOf(compiler, bar.when, {}, [...at, 'when']),
          on: text.on,
          spares: text.spares === 'own',
          article,
        })
    })
  }
}

function barredSteps(
  compiler: Compiler,
  bar: { step?: string; stage?: string; outcome?: string },
  path: Path,
): Step[] {
  if (bar.stage) {
    if (!compiler.document.stages[bar.stage])
      unknownName(compiler, path, '阶段', bar.stage, Object.keys(compiler.document.stages))
    return compiler.steps.filter((step) => step.stage === bar.stage && step.procedure === undefined)
  }
  if (!bar.step) {
    compiler.problem(path, 'shape', 'bars 没有写明 step 或 stage', '写作 {step: approval, outcome: approve}')
    return []
  }
  const index = stepNamed(compiler, bar.step, path)
  const step = index === undefined ? undefined : compiler.steps[index]
  if (step && bar.outcome && !step.outcomes.some((outcome) => outcome.id === bar.outcome))
    unknownName(
      compiler,
      path,
      '结果',
      bar.outcome,
      step.outcomes.map((outcome) => outcome.id),
    )
  return step ? [step] : []
}

export function compileSanctions(compiler: Compiler): Policy['sanctions'] {
  const sanctions: Policy['sanctions'] = new Map()
  for (const [id, text] of Object.entries(compiler.document.sanctions ?? {})) {
    const path = ['sanctions', id]
    if (text.lifted?.by) partyExists(compiler, text.lifted.by, [...path, 'lifted'])
    sanctions.set(id, {
      id,
      title: text.title,
      on: text.on,
      lifted: text.lifted && {
        when: guardOf(compiler, text.lifted.when, {}, [...path, 'lifted', 'when']),
        by: text.lifted.by,
        after:
          text.lifted.after === undefined
            ? undefined
            : stepNamed(compiler, text.lifted.after, [...path, 'lifted']),
      },
      article: articles(compiler, text.article, [...path, 'article'], 'sanction', []),
    })
  }
  return sanctions
}

/** Whether a bar bears on an outcome: the favourable ones when it names none, so that an authority can still refuse. */
export function barsOutcome(bar: Bar, outcome: { id: string; settles: boolean }): boolean {
  return bar.outcome === undefined ? outcome.settles : bar.outcome === outcome.id
}
