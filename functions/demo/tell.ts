import type { DemoTenant } from './demo-files.ts'
import { articlesOf, type LivedAct, type LivedLife } from './live.ts'
import { type Move, type Scene, stepOf } from './play.ts'
import type { StoryAct } from './story.ts'

/** A life in sentences: each decision with its article, accepted and refused. */

/** The heading of a life. */
export function headingOf(tenant: DemoTenant, effectiveOn: string): string {
  const { title, number } = tenant.policy.document.policy
  const day = tenant.dayUnseen ? `解读未载施行日期, 演示定为 ${effectiveOn}` : `${effectiveOn} 起施行`
  return `\n━━ ${tenant.name} · ${tenant.life.title}\n   ${title}${number ? `(${number})` : ''}, ${day}`
}

/** One act: the day, who, what, and what came of it. */
export function toldAct(scene: Scene, lived: LivedAct): string {
  const { day, act, moves, accepted, surprise } = lived
  const main = moves.filter(({ kind }) => kind === 'act' || (kind === 'opinion' && act.opinion))
  const last = moves.at(-1)
  const lines: string[] = []
  const others = moves.filter((move) => !main.includes(move) && move.kind !== 'open' && move !== last)
  if (others.length)
    lines.push(`${' '.repeat(12)}${others.map((move) => sideOf(scene, move, act.opinions)).join('、')}`)
  const who = [...new Set((main.length ? main : moves.slice(-1)).map((move) => nameOf(scene, move)))].join(
    ' 与 ',
  )
  const articles = articlesOf(scene, lived)
  const cite = articles.length ? `  〔${articles.join('、')}〕` : ''
  const mark = accepted ? '✓' : '✗'
  lines.push(`${day}  ${mark} ${whatOf(scene, lived)} — ${who}${accepted ? cite : ''}`)
  if (!accepted && last)
    lines.push(...reasonsOf(last).map((reason) => `${' '.repeat(14)}不予办理: ${reason}`))
  const awaiting = last?.answer.body.awaiting ?? []
  if (accepted && awaiting.length)
    lines.push(`${' '.repeat(14)}待 ${awaiting.map((party) => partyName(scene, party)).join('、')} 确认`)
  if (act.note) lines.push(`${' '.repeat(14)}▸ ${act.note}`)
  if (surprise) lines.push(`${' '.repeat(14)}!! 与预期不符: ${surprise}`)
  return lines.join('\n')
}

/** The count of one life. */
export function summaryOf(tenant: DemoTenant, lived: LivedLife): string {
  const wrong = lived.surprises.length ? `, 与预期不符 ${lived.surprises.length} 处` : ''
  return `   ${tenant.name}: 办理 ${lived.accepted} 次, 不予办理 ${lived.refused} 次, 引用条文 ${lived.articles.size}/${lived.of}, 最后处于「${lived.stageTitle}」${wrong}`
}

function whatOf(scene: Scene, { act }: LivedAct): string {
  const { policy } = scene.cast
  const step = stepOf(scene, act)
  const about = act.project && scene.projects.size > 1 ? `[${scene.projects.get(act.project)?.title}] ` : ''
  if (act.announce)
    return `公布 ${act.year} 年度「${titleOf(scene, act.announce)}」时间 ${act.from} 至 ${act.to}`
  if (act.register)
    return `录入「${policy.document.registers?.[act.register]?.title ?? act.register}」: ${act.add?.join('、')}`
  if (act.decide) {
    const rule = policy.decisions.get(act.decide)
    return `${about}认定「${rule?.title ?? act.decide}」: ${rule?.options[act.value ?? ''] ?? act.value}`
  }
  if (act.sanction)
    return `${about}${act.act === 'lift' ? '解除' : '实施'}「${policy.sanctions.get(act.sanction)?.title}」`
  if (act.start) return `${about}发起「${policy.procedures.get(act.procedure ?? '')?.title}」`
  if (act.facts) return `${about}更正要素`
  if (act.batch && !act.step) return `${policy.procedures.get(act.batch)?.title}: 编列项目`
  if (act.opinion) return `${about}${step?.title}: 会签${act.opinion === 'agree' ? '同意' : '不同意'}`
  const outcome = step?.outcomes.find((one) => one.id === act.outcome)
  const result = outcome && (step?.outcomes.length ?? 0) > 1 ? ` → ${outcome.title}` : ''
  const period = act.period === undefined ? '' : `(${act.period})`
  return `${about}${step?.title ?? titleOf(scene, act.step ?? '')}${period}${result}`
}

function titleOf(scene: Scene, id: string): string {
  const { policy } = scene.cast
  const step = policy.steps[policy.stepIndex.get(id) ?? -1]
  return step?.title ?? policy.merges.find((one) => one.id === id)?.title ?? id
}

function partyName(scene: Scene, party: string): string {
  return scene.cast.policy.document.parties[party]?.name ?? party
}

/** Who acted; a party that acts through another body is named before it. */
function nameOf(scene: Scene, { who, party }: Move): string {
  const person = `${who.organisation.name} ${who.name}`
  const name = scene.cast.policy.document.parties[party]?.name
  const isOwn = name === undefined || party === 'unit' || name === who.organisation.name
  return isOwn ? person : `${name}(${person})`
}

function sideOf(scene: Scene, { who, kind, party, answer }: Move, opinions: StoryAct['opinions']): string {
  const said =
    kind === 'witness' ? '见证' : kind === 'act' ? '确认' : opinions?.[party] === 'object' ? '不同意' : '同意'
  const name = party === 'unit' ? who.organisation.name : partyName(scene, party)
  return `${name}${answer.status < 300 ? said : `(${said}未被接受)`}`
}

function reasonsOf({ answer: { status, body } }: Move): string[] {
  const blocks = (body.findings ?? []).filter((one) => one.level === 'block')
  return blocks.length ? blocks.map((one) => one.message) : [`${body.detail ?? body.title ?? ''}(${status})`]
}
