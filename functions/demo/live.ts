import type { Finding } from '../core/policy/model-finding.ts'
import type { DemoTenant } from './demo-files.ts'
import type { AnswerFinding } from './office.ts'
import { type Move, openProject, play, type Scene, stepOf } from './play.ts'
import type { StoryAct } from './story.ts'

/** One act of a life with what came of it. */
export interface LivedAct {
  day: string
  act: StoryAct
  moves: Move[]
  /** Whether the service took it. */
  accepted: boolean
  /** Why it is not what the story expects. */
  surprise?: string
}

/** A life as it went over the service. */
export interface LivedLife {
  acts: LivedAct[]
  accepted: number
  refused: number
  surprises: string[]
  /** Articles that a decision or a refusal named, of those that the policy has. */
  articles: Set<string>
  of: number
  stageTitle: string
}

/** Plays a whole life in its order, telling each act as it happens. */
export async function liveLife(
  tenant: DemoTenant,
  scene: Scene,
  tell: (lived: LivedAct) => void = () => undefined,
): Promise<LivedLife> {
  const { life } = tenant
  const units = Object.keys(tenant.policy.document.coverage)
  const lived: LivedLife = {
    acts: [],
    accepted: 0,
    refused: 0,
    surprises: [],
    articles: new Set(),
    of: units.length,
    stageTitle: '',
  }
  for (const act of life.acts) {
    const day = act.on ?? ''
    await scene.office.goTo(day)
    for (const name of projectsOf(act, Object.keys(life.projects)[0]!)) {
      if (scene.projects.has(name)) continue
      const { status, body } = await openProject(scene, name, life.projects[name]!)
      if (status !== 201)
        throw new Error(`${tenant.id} ${day} ${name} was not opened: ${JSON.stringify(body)}`)
    }
    const moves = await play(scene, act)
    const accepted = moves.every(({ answer }) => answer.status < 300)
    const surprise = surpriseIn(act, moves)
    const one: LivedAct = { day, act, moves, accepted, surprise }
    lived.acts.push(one)
    if (accepted) lived.accepted++
    else lived.refused++
    if (surprise)
      lived.surprises.push(
        `${tenant.id} ${day} ${act.step ?? act.procedure ?? act.decide ?? ''}: ${surprise}`,
      )
    for (const cited of articlesOf(scene, one)) {
      const unit = unitOfArticle(units, cited)
      if (unit) lived.articles.add(unit)
    }
    tell(one)
  }
  await lookAtEnd(tenant, scene, lived)
  return lived
}

async function lookAtEnd(tenant: DemoTenant, scene: Scene, lived: LivedLife): Promise<void> {
  const project = scene.projects.values().next().value
  const who =
    project && scene.cast.members.find((one) => one.organisation === project.unit && one.role === 'handler')
  if (!who || !project) return
  const { body } = await scene.office.call(who, 'GET', `/projects/${project.id}/case`)
  lived.stageTitle = body.stageTitle ?? ''
  const { stage, settled } = tenant.life.expect ?? {}
  if (stage !== undefined && body.stage !== stage)
    lived.surprises.push(`${tenant.id}: the life ends in ${body.stage}, not in ${stage}`)
  if (settled !== undefined && body.settled !== settled)
    lived.surprises.push(`${tenant.id}: the life ends ${body.settled ? '' : 'not '}settled`)
}

function projectsOf(act: StoryAct, main: string): string[] {
  if (act.announce || act.register) return []
  if (Array.isArray(act.items)) return act.items.map((item) => item.project ?? main)
  return act.batch ? [] : [act.project ?? main]
}

/** Why an act did not end as its story says; undefined when it did. */
export function surpriseIn(act: StoryAct, moves: readonly Move[]): string | undefined {
  const { expect = {} } = act
  const last = moves.at(-1)
  if (!last) return 'nothing happened'
  const { status, body } = last.answer
  const said = (body.findings ?? []).map((one) => `${one.level} ${one.code}: ${one.message}`).join('; ')
  const told = `${status} ${said || (body.detail ?? body.title ?? '')}`
  if (expect.status !== undefined)
    return status === expect.status ? undefined : `${told}, not ${expect.status}`
  if (expect.refused) {
    if (status !== 422 || body.code !== 'refused') return `not refused by the law: ${told}`
    const blocks = (body.findings ?? []).filter((one) => one.level === 'block')
    const codes = (expect.codes ?? []).filter((code) => !blocks.some((one) => one.code === code))
    const cited = (expect.articles ?? []).filter(
      (article) => !blocks.some((one) => one.article.includes(article)),
    )
    return codes.length || cited.length ? `lacks ${[...codes, ...cited].join(', ')}: ${told}` : undefined
  }
  const failed = moves.find(({ answer }) => answer.status >= 300)
  if (failed) {
    const { findings, detail, errors } = failed.answer.body
    const why =
      findings?.map((one) => one.message).join('; ') ?? `${detail ?? ''} ${JSON.stringify(errors ?? '')}`
    return `refused at the ${failed.kind} of ${failed.party}: ${failed.answer.status} ${why}`
  }
  const notes = (expect.notes ?? []).filter((code) => !body.findings?.some((one) => one.code === code))
  if (notes.length) return `lacks the notes ${notes.join(', ')}: ${told}`
  const awaited = (expect.awaiting ?? []).filter((party) => !body.awaiting?.includes(party))
  return awaited.length ? `does not await ${awaited.join(', ')}` : undefined
}

/** The articles on which an act was decided: those of the step and its outcome, and of every finding. */
export function articlesOf(scene: Scene, { act, moves, accepted }: LivedAct): string[] {
  const findings = moves.flatMap(({ answer }) => answer.body.findings ?? [])
  return [...new Set([...(accepted ? ruleArticles(scene, act) : []), ...findings.flatMap(articles)])]
}

function articles(finding: AnswerFinding | Finding): string[] {
  return finding.level === 'block' || finding.code !== 'norm' ? finding.article : []
}

/** What the policy cites for an act that it allows. */
export function ruleArticles(scene: Scene, act: StoryAct): string[] {
  const { policy } = scene.cast
  if (act.decide) return policy.decisions.get(act.decide)?.article ?? []
  if (act.sanction) return policy.sanctions.get(act.sanction)?.article ?? []
  if (act.start) return policy.procedures.get(act.procedure ?? '')?.article ?? []
  const step = stepOf(scene, act)
  if (!step) return policy.procedures.get(act.batch ?? '')?.article ?? []
  const outcome = step.outcomes.find((one) => one.id === act.outcome)
  return [...new Set([...step.article, ...(outcome?.article ?? [])])]
}

/** 第九条第三款 belongs to 第九条. */
function unitOfArticle(units: readonly string[], cited: string): string | undefined {
  return units.filter((unit) => cited.startsWith(unit)).sort((a, b) => b.length - a.length)[0]
}
