import { formatSpan, type Span } from '../../values/span.ts'
import { pathOf } from '../compile/compile.ts'
import type { Path } from '../compile/compiler.ts'
import type { DueRule, Edge, Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'
import { exceeds, leastDays, NOTHING, plus } from './spans.ts'
import { smallerClasses, smallerScope, widerTables } from './superior-classes.ts'

/**
 * Where a policy is looser than its superior one, each with both articles: a warning, since a superior text may leave
 * room. Steps, materials and parties are compared by their ids, which are the same everywhere for the same thing.
 */
export function checkSuperior(lens: Lens, superior: Lens): Problem[] {
  const report = reporter(superior)
  const steps = superior.policy.main.map((index) => superior.policy.steps[index]!)
  return [
    ...steps.flatMap((above) => {
      const own = stepOf(lens, above.id)
      if (!own) return above.owed.fixed === 'always' ? [missingStep(report, above)] : []
      return [
        ...looserOwed(report, above, own),
        ...looserAfter(report, lens, superior, above, own),
        ...looserDue(report, lens, superior, above, own),
        ...fewerMaterials(report, above, own),
        ...fewerOpinions(report, superior, above, own),
      ]
    }),
    ...smallerScope(report, lens, superior),
    ...smallerClasses(report, lens, superior),
    ...widerTables(report, lens, superior),
  ]
}

/** Says that something is looser than the superior's articles. */
export type Report = (
  path: Path,
  article: string[],
  above: string[],
  message: string,
  fix: string,
  example?: unknown,
) => Problem

function reporter(superior: Lens): Report {
  const { title } = superior.document.policy
  return (path, article, above, message, fix, example) =>
    problemAt('looser', path, {
      severity: 'warning',
      message: `宽于上级《${title}》${above.join('、')}: ${message}`,
      fix,
      article,
      example,
    })
}

export function stepOf(lens: Lens, id: string): Step | undefined {
  return lens.policy.steps[lens.policy.stepIndex.get(id) ?? -1]
}

function missingStep(report: Report, above: Step): Problem {
  return report(
    ['steps'],
    [],
    above.article,
    `没有环节「${above.title}」(${above.id})`,
    `补上 ${above.id}; 已由别的环节包含的, 在那里写 note 说明`,
  )
}

function looserOwed(report: Report, above: Step, own: Step): Problem[] {
  if (above.owed.fixed !== 'always' || own.owed.fixed !== 'never') return []
  const message = `「${own.title}」上级必须办理, 这里可办可不办`
  return [report([...pathOf(own), 'owed'], own.article, above.article, message, '去掉 owed: never')]
}

function isShorter(span: Span | undefined, than: Span): boolean {
  if (!span) return true
  if (span.unit === than.unit) return span.count < than.count
  return leastDays(plus(NOTHING, span)) < leastDays(plus(NOTHING, than))
}

function looserAfter(report: Report, lens: Lens, superior: Lens, above: Step, own: Step): Problem[] {
  return above.edges.flatMap((edge) => {
    const before = superior.policy.steps[edge.target]!
    const same = stepOf(lens, before.id)
    if (!same || edge.when || edge.quantifier) return []
    const path = [...pathOf(own), 'after']
    const cited = edge.article.length > 0 ? edge.article : above.article
    if (!own.beforeSet.has(same.index))
      return [
        report(
          path,
          own.article,
          cited,
          `「${own.title}」不以「${same.title}」为前提`,
          `写 after: ${same.id}`,
        ),
      ]
    const wanted = edge.delay?.fixed
    const given = shortestDelay(own, same)
    if (!wanted || !isShorter(given, wanted)) return []
    const has = given ? `只须间隔 ${formatSpan(given)}` : '没有间隔'
    return [
      report(
        path,
        own.article,
        cited,
        `「${own.title}」在「${same.title}」之后${has}, 上级为 ${formatSpan(wanted)}`,
        `写 after: {step: ${same.id}, delay: …}`,
      ),
    ]
  })
}

/** The shortest delay that a step itself asks for after another. */
function shortestDelay(step: Step, before: Step): Span | undefined {
  const spans = step.edges
    .filter((edge: Edge) => edge.target === before.index && edge.delay)
    .flatMap((edge) => edge.delay!.fixed ?? edge.delay!.all)
  return spans.reduce<Span | undefined>(
    (least, span) => (!least || isShorter(span, least) ? span : least),
    undefined,
  )
}

function anchorsOf(lens: Lens, rule: DueRule): string {
  return rule.anchors
    .map(({ step }) => lens.policy.steps[step]!.id)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('+')
}

function looserDue(report: Report, lens: Lens, superior: Lens, above: Step, own: Step): Problem[] {
  const path = [...pathOf(own), 'due']
  return above.dues.flatMap((rule) => {
    if (own.dues.length === 0) {
      const message = `「${own.title}」没有办理期限`
      return [report(pathOf(own), own.article, rule.article, message, '写 due')]
    }
    const within = rule.within?.fixed
    const anchors = anchorsOf(superior, rule)
    const longer = own.dues.find((one) => {
      const span = one.within?.fixed
      if (within && span) return anchorsOf(lens, one) === anchors && exceeds(plus(NOTHING, span), within)
      const [day, limit] = [one.text.by, rule.text.by]
      return Boolean(day && limit && one.text.year === rule.text.year && MONTH_DAY.test(day) && day > limit)
    })
    if (!longer) return []
    const said = (one: DueRule) => (one.within?.fixed ? formatSpan(one.within.fixed) : String(one.text.by))
    return [
      report(
        path,
        longer.article,
        rule.article,
        `「${own.title}」的期限为 ${said(longer)}, 上级为 ${said(rule)}`,
        '不长于上级',
      ),
    ]
  })
}

const MONTH_DAY = /^\d{2}-\d{2}$/

function fewerMaterials(report: Report, above: Step, own: Step): Problem[] {
  const has = (id: string, title: string) =>
    own.materials.some((rule) => (rule.id === id || rule.title === title) && !rule.text.optional)
  return above.materials
    .filter((rule) => !rule.text.optional && !has(rule.id, rule.title))
    .map((rule) =>
      report(
        [...pathOf(own), 'materials'],
        own.article,
        rule.article,
        `「${own.title}」不要求材料「${rule.title}」(${rule.id})`,
        `在 materials 中补上 ${rule.id}`,
      ),
    )
}

function fewerOpinions(report: Report, superior: Lens, above: Step, own: Step): Problem[] {
  const asked = new Set(own.opinions.flatMap((rule) => rule.from.all.flat()))
  return above.opinions.flatMap((rule) => {
    const parties = (rule.from.fixed ?? []).filter((party) => !asked.has(party))
    const path = [...pathOf(own), 'opinions']
    if (parties.length > 0) {
      const names = parties.map((party) => superior.document.parties[party]?.name ?? party).join('、')
      const message = `「${own.title}」不征求 ${names} 的意见`
      return [report(path, own.article, rule.article, message, '在 opinions 中补上')]
    }
    const mustAgree = (agree: string | undefined) => agree === 'all' || agree === 'majority'
    if (!mustAgree(rule.text.agree) || own.opinions.some((one) => mustAgree(one.text.agree))) return []
    return [
      report(
        path,
        own.article,
        rule.article,
        `「${own.title}」的会签不须同意`,
        `写 agree: ${rule.text.agree}`,
      ),
    ]
  })
}
