import type { Standing } from '../core/case/standing-view.ts'
import type { CheckReport } from '../core/policy/check.ts'
import type { PolicyChange } from '../core/policy/diff.ts'
import type { Explanation } from '../core/policy/explain.ts'
import type { Policy } from '../core/policy/model.ts'
import type { Finding } from '../core/policy/model-finding.ts'
import type { Simulation } from '../core/policy/simulate.ts'

/** What the policy tools print for people. */

const SEVERITY = { error: '错误', warning: '警告', note: '提示' } as const

export function printCheck(report: CheckReport): string {
  const lines = report.problems.flatMap((problem) => {
    const place = `${problem.file ?? report.file}:${problem.line ?? 1}:${problem.column ?? 1}`
    const said = `${place} ${SEVERITY[problem.severity]} [${problem.code}] ${problem.message}`
    return [problem.fix ? `${said} —— ${problem.fix}` : said, ...exampleLines(problem.example)]
  })
  if (report.coverage.length > 0) {
    lines.push('', '条文覆盖')
    for (const item of report.coverage) {
      const how = item.how
        .map((word) => ({ enforced: '执行', guidance: '提示', informative: '说明', missing: '未交代' })[word])
        .join('+')
      const rules =
        item.rules.length > 0
          ? ` ${[...new Set(item.rules.map((rule) => rule.replace(/\.article$/, '')))].slice(0, 6).join(', ')}${item.rules.length > 6 ? ' …' : ''}`
          : ''
      lines.push(
        `  ${item.article} ${how}${rules}${item.guidance.length > 0 ? ` → ${item.guidance.join(', ')}` : ''}${item.informative ? ` (${item.informative})` : ''}`,
      )
    }
  }
  if (report.readings.length > 0) {
    lines.push('', '采用前请逐条确认的理解')
    for (const reading of report.readings)
      lines.push(`  ${reading.article.join('、')} ${reading.path}: ${reading.reading}`)
  }
  const count = (severity: keyof typeof SEVERITY) =>
    report.problems.filter((problem) => problem.severity === severity).length
  const covered = report.coverage.filter((item) => !item.how.includes('missing')).length
  lines.push(
    '',
    `${report.ok ? '通过' : '未通过'}: ${count('error')} 个错误, ${count('warning')} 个警告, ${count('note')} 个提示; 条文 ${covered}/${report.coverage.length}`,
  )
  return lines.join('\n')
}

/** A counter-example: the facts in one line, a run one act a line. */
function exampleLines(example: unknown): string[] {
  if (typeof example !== 'object' || example === null) return []
  const { facts, events } = example as { facts?: Record<string, unknown>; events?: Record<string, unknown>[] }
  const named = Object.entries(facts ?? {}).map(([id, value]) => `${id}: ${JSON.stringify(value)}`)
  const acts = (events ?? []).map((event) => {
    const what = event.step ?? event.decide ?? event.sanction ?? event.procedure ?? '要素'
    const result = event.outcome === 'done' ? '' : String(event.outcome ?? event.value ?? event.act ?? '')
    return `      ${event.on} ${what} ${result}`.trimEnd()
  })
  return [
    ...(named.length > 0 ? [`    例: ${named.join(', ')}`] : []),
    ...(acts.length > 0 ? ['    推演:', ...acts] : []),
  ]
}

const STATE = { excluded: '不适用', blocked: '未到', open: '可办', done: '已办' } as const

export function printExplanation(policy: Policy, explanation: Explanation): string {
  const lines = [
    `${policy.document.policy.title} · ${explanation.on}`,
    `办理路径: ${explanation.scope.title ?? '未定'} (${explanation.scope.article.join('、')})`,
  ]
  for (const table of explanation.tables)
    lines.push(
      `${table.title}: ${table.valueTitle ?? table.value ?? `未定(可能: ${table.possible.join('、') || '无'})`}${cite(table.article)}`,
    )
  lines.push('', ...standingLines(policy, explanation))
  for (const one of explanation.findings) lines.push(`! ${one.message}`)
  return lines.join('\n')
}

function standingLines(policy: Policy, view: Standing): string[] {
  const lines: string[] = [`阶段: ${view.stageTitle}${view.settled ? ' (办结)' : ''}`]
  for (const step of view.steps) {
    const who = step.by.map((party) => policy.document.parties[party]?.name ?? party).join('、')
    const due = step.dueOn
      ? ` 期限 ${step.dueOn}${step.provisional ? '(暂定)' : ''}${step.overdue ? ' 逾期' : ''}`
      : ''
    const done = step.executedOn
      ? ` ${step.executedOn}${step.outcome && step.outcome !== 'done' ? ` ${step.outcomes.find((one) => one.id === step.outcome)?.title ?? step.outcome}` : ''}`
      : ''
    lines.push(`  [${STATE[step.state]}] ${step.title} (${step.id}) ${who}${done}${due}${cite(step.article)}`)
    if (step.state !== 'done') for (const one of step.findings) lines.push(`        ${one.message}`)
    if (step.state === 'open' || step.state === 'blocked')
      for (const material of step.materials)
        lines.push(
          `        材料: ${material.title}${material.required === 'yes' ? '' : material.required === 'no' ? '(可选)' : '(未定)'}${cite(material.article)}`,
        )
  }
  for (const one of view.procedures)
    lines.push(`  程序 ${one.title} ${one.id} ${one.openedOn}${one.result ? ` → ${one.result}` : ' 进行中'}`)
  if (view.obligations.length > 0) lines.push('待办')
  for (const one of view.obligations)
    lines.push(
      `  ${one.title} ${one.by.map((party) => policy.document.parties[party]?.name ?? party).join('、')}${one.dueOn ? ` ${one.dueOn}` : ''}${one.overdue ? ' 逾期' : ''}`,
    )
  return lines
}

export function printSimulation(policy: Policy, result: Simulation): string {
  const lines = result.events.flatMap((event) => {
    const title = event.step
      ? (policy.steps[policy.stepIndex.get(event.step) ?? -1]?.title ?? event.step)
      : ''
    const mark = event.accepted ? (event.complete === false ? '… 待其他方确认' : '✓') : '✗'
    return [
      `${event.on} ${mark} ${event.project ? `[${event.project}] ` : ''}${title}`,
      ...event.findings.map(findingLine),
    ]
  })
  return [...lines, '', ...standingLines(policy, result.state)].join('\n')
}

function findingLine(one: Finding): string {
  return `    ${one.level === 'block' ? '拒绝' : '提示'} [${one.code}] ${one.message}`
}

export function printDiff(changes: PolicyChange[]): string {
  if (changes.length === 0) return '没有差别'
  return changes
    .map(
      (change) =>
        `${{ added: '新增', removed: '删去', changed: '改动' }[change.kind]} ${change.message}${cite(change.article)}`,
    )
    .join('\n')
}

function cite(article: string[]): string {
  return article.length > 0 ? ` (${article.join('、')})` : ''
}
