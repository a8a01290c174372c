import { pathOf } from '../compile/compile.ts'
import type { Problem } from '../problem.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'

/** Terms that cannot be met whatever the class of the project. */

/** A yearly due day before the yearly window has opened. */
export function periodicProblems(lens: Lens): Problem[] {
  return lens.policy.steps.flatMap((step) => {
    if (typeof step.repeat !== 'object' || step.repeat.each !== 'year') return []
    const { by } = step.repeat
    const from = step.window?.text.from
    if (!by || typeof from !== 'string' || !/^\d{2}-\d{2}$/.test(from) || by >= from) return []
    return [
      problemAt('time-contradiction', [...pathOf(step), 'repeat'], {
        message: `「${step.title}」每年 ${by} 到期, 而办理窗口自 ${from} 才开`,
        fix: '使窗口先于期限',
        article: step.repeat.article,
      }),
    ]
  })
}

/** A term that runs from a step which itself comes after: it never runs before the step is done. */
export function dueAfterwards(lens: Lens): Problem[] {
  const { steps } = lens.policy
  return steps.flatMap((step) =>
    step.dues.flatMap((rule) => {
      const late = rule.anchors.filter(({ step: index }) => steps[index]!.beforeSet.has(step.index))
      const never = rule.first ? late.length === rule.anchors.length : late.length > 0
      if (late.length === 0 || !never || step.repeat !== undefined || step.owed.fixed === 'on-demand')
        return []
      return [
        problemAt('time-contradiction', [...pathOf(step), 'due'], {
          message: `「${step.title}」的期限自「${steps[late[0]!.step]!.title}」起算, 而后者在「${step.title}」之后, 期限从不起算`,
          fix: '从在前的环节起算',
          article: rule.article,
        }),
      ]
    }),
  )
}
