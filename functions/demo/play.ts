import type { MaterialRule, Step } from '../core/policy/model-step.ts'
import type { Role } from '../services/enter.ts'
import {
  type Cast,
  type CastMember,
  type CastOrganisation,
  holdsSeveral,
  memberOf,
  organisationFor,
  unitOf,
} from './cast.ts'
import type { Answer, Office } from './office.ts'
import type { StoryAct } from './story.ts'

/** A project of a story, known to the service by its id. */
export interface PlayedProject {
  id: string
  title: string
  unit: CastOrganisation
  /** Running or last instance of each procedure. */
  instances: Map<string, string>
}

/** Everything that a story has opened so far. */
export interface Scene {
  cast: Cast
  office: Office
  projects: Map<string, PlayedProject>
  /** Batches by procedure and year, and the units whose projects are in them. */
  batches: Map<string, { id: string; units: Set<CastOrganisation> }>
  /** Files by organisation and material, where one upload serves several projects. */
  files?: Map<string, string>
}

/** One request of an act: who, in which part, and what the service said. */
export interface Move {
  who: CastMember
  party: string
  kind: 'act' | 'opinion' | 'witness' | 'open'
  answer: Answer
}

/** Opens a project for its unit. */
export async function openProject(
  scene: Scene,
  name: string,
  project: { title: string; unit: number; facts: Record<string, unknown> },
): Promise<Answer> {
  const unit = unitOf(scene.cast, project.unit)
  const { title, facts } = project
  const who = memberOf(scene.cast, unit, 'handler')
  const answer = await scene.office.call(who, 'POST', '/projects', { title, facts })
  const id = answer.body.project?.id
  if (id) scene.projects.set(name, { id, title, unit, instances: new Map() })
  return answer
}

/**
 * Plays one act: first what others have to say to it, each for itself, then those who act, in their order. Stops at
 * the first refusal. The last move is the one that an expectation is about.
 */
export async function play(scene: Scene, act: StoryAct): Promise<Move[]> {
  const project = scene.projects.get(act.project ?? scene.projects.keys().next().value ?? '')
  const moves: Move[] = []
  const go = async (
    party: string,
    kind: Move['kind'],
    role: Role,
    path: string,
    json: object,
    method = 'POST',
    unit = project?.unit ?? unitOf(scene.cast, 1),
  ) => {
    const home =
      party === 'other-unit' ? anotherUnit(scene.cast, unit) : organisationFor(scene.cast, party, unit)
    const who = memberOf(scene.cast, home, role)
    const body = wantsName(act, kind) && holdsSeveral(scene.cast, home) ? { ...json, as: party } : json
    const answer = await scene.office.call(who, method, path, body)
    moves.push({ who, party, kind, answer })
    return answer
  }
  const parties = [act.by ?? 'unit'].flat()
  for (const name of act.add ?? [])
    await go(parties[0]!, 'act', 'handler', `/registers/${act.register}/entries`, { name })
  if (act.register) return moves
  const batch = act.batch === undefined ? undefined : await batchOf(scene, act, parties[0]!, go)
  if (act.batch !== undefined && batch === undefined) return moves
  const base = batch === undefined ? `/projects/${project?.id}` : `/batches/${batch.id}`
  const inside =
    batch === undefined && act.procedure ? { procedure: project?.instances.get(act.procedure) } : {}
  for (const [party, value] of Object.entries(act.opinions ?? {})) {
    const path = `${base}/steps/${act.step}/opinions`
    for (const unit of batch && party === 'unit' ? batch.units : [project?.unit])
      await go(party, 'opinion', 'reviewer', path, { value, ...inside }, 'POST', unit)
  }
  for (const party of [act.witness ?? []].flat())
    await go(party, 'witness', 'reviewer', `${base}/steps/${act.step}/attestations`, {})
  if (act.opinion) {
    const path = `${base}/steps/${act.step}/opinions`
    await go(parties[0]!, 'opinion', 'reviewer', path, { value: act.opinion, ...inside })
    return moves
  }
  for (const [i, party] of parties.entries()) {
    const { role, path, json, method } = await requestOf(scene, act, base, project, party, i === 0)
    const answer = await go(party, 'act', role, path, json, method)
    if (answer.status >= 300) break
    if (batch && i === 0) noteUnits(scene, act, batch.units)
    if (act.start && project && answer.body.procedure)
      project.instances.set(act.procedure!, answer.body.procedure)
  }
  return moves
}

/** Remembers whose projects are in a batch. */
function noteUnits(scene: Scene, act: StoryAct, units: Set<CastOrganisation>): void {
  for (const { project = scene.projects.keys().next().value ?? '', outcome } of items(act)) {
    const unit = scene.projects.get(project)?.unit
    if (unit && outcome === 'removed') units.delete(unit)
    else if (unit) units.add(unit)
  }
}

function items(act: StoryAct) {
  return Array.isArray(act.items) ? act.items : []
}

type Go = (party: string, kind: Move['kind'], role: Role, path: string, json: object) => Promise<Answer>

/** The batch of an act, opened when it is its first; nothing when that is refused. */
async function batchOf(scene: Scene, act: StoryAct, party: string, go: Go) {
  const key = `${act.batch} ${act.year ?? ''}`
  if (!scene.batches.has(key)) {
    const each = scene.cast.policy.procedures.get(act.batch ?? '')?.each
    const json = { procedure: act.batch, year: each === undefined ? undefined : act.year }
    const { body } = await go(party, 'open', 'handler', '/batches', json)
    if (body.batch) scene.batches.set(key, { id: body.batch.id, units: new Set() })
  }
  return scene.batches.get(key)
}

async function requestOf(
  scene: Scene,
  act: StoryAct,
  base: string,
  project: PlayedProject | undefined,
  party: string,
  first: boolean,
): Promise<{ role: Role; path: string; json: object; method?: string }> {
  const { reason = '演示' } = act
  if (act.announce)
    return {
      role: 'handler',
      path: '/announcements',
      json: { step: act.announce, year: act.year, from: act.from, to: act.to },
    }
  if (act.decide)
    return { role: 'head', path: `${base}/decisions/${act.decide}`, json: { value: act.value, reason } }
  if (act.sanction)
    return {
      role: 'head',
      path: `${base}/sanctions/${act.sanction}`,
      json: { act: act.act ?? 'impose', reason },
    }
  if (act.start)
    return {
      role: 'handler',
      path: `${base}/procedures`,
      json: { procedure: act.procedure, facts: act.start },
    }
  if (act.adopt)
    return { role: 'administrator', path: `${base}/adoption`, json: { reason, steps: act.adopt } }
  if (act.facts) return { role: 'handler', path: base, json: { facts: act.facts }, method: 'PATCH' }
  const { outcome, records, experts, checks } = act
  const unit = project?.unit ?? unitOf(scene.cast, 1)
  const home =
    party === 'other-unit' ? anotherUnit(scene.cast, unit) : organisationFor(scene.cast, party, unit)
  const json = {
    outcome,
    records,
    experts,
    checks,
    remark: first ? act.remark : undefined,
    period: act.period === undefined ? undefined : String(act.period),
    materials: first ? await handIn(scene, act, home, project) : undefined,
    items: first ? itemsOf(scene, act) : undefined,
    minute: first ? await minuteOf(scene, act, party, home) : undefined,
  }
  const inside =
    act.procedure && act.batch === undefined ? `/procedures/${project?.instances.get(act.procedure)}` : ''
  const path = act.step === undefined ? `${base}/items` : `${base}${inside}/steps/${act.step}`
  return { role: isDeciding(scene, act) ? 'head' : 'handler', path, json }
}

/** A collective body decides in a meeting, whose minute is handed in by its office. */
async function minuteOf(scene: Scene, act: StoryAct, party: string, home: CastOrganisation) {
  if (!act.step || !scene.cast.policy.document.parties[party]?.collective) return undefined
  const name = scene.cast.policy.document.parties[party].name
  const heldOn = scene.office.day()
  const number = `${heldOn.slice(0, 4)}年${heldOn.slice(5, 7)}月纪要`
  const file = await scene.office.upload(
    memberOf(scene.cast, home, 'handler'),
    `${name}会议纪要.txt`,
    `${name}会议纪要\n${heldOn}\n(演示文件)\n`,
  )
  return { number, heldOn, file }
}

/** The chief decides where there is something to decide; the handler does the rest. */
function isDeciding(scene: Scene, act: StoryAct): boolean {
  return act.by !== 'unit' && (stepOf(scene, act)?.outcomes.length ?? 0) > 1
}

function itemsOf(scene: Scene, act: StoryAct) {
  if (!Array.isArray(act.items)) return undefined
  return act.items.map(({ project, ...item }) => {
    const name = project ?? scene.projects.keys().next().value ?? ''
    return { project: scene.projects.get(name)?.id, ...item }
  })
}

async function handIn(
  scene: Scene,
  act: StoryAct,
  home: CastOrganisation,
  project: PlayedProject | undefined,
): Promise<unknown[] | undefined> {
  if (!act.materials) return undefined
  const given: unknown[] = []
  for (const one of act.materials) {
    const item = typeof one === 'string' ? { id: one } : one
    if (item.reason !== undefined || ('file' in item && item.file === false)) {
      given.push({ id: item.id, reason: item.reason })
      continue
    }
    const title = materialOf(scene, act, item.id)?.title ?? item.id
    const key = `${home.id} ${title}`
    const known = scene.files?.get(key)
    const about = scene.files ? '' : `项目: ${project?.title ?? ''}\n`
    const file =
      known ??
      (await scene.office.upload(
        memberOf(scene.cast, home, 'handler'),
        `${title.replaceAll(/[/\\]/g, '、')}.txt`,
        `${title}\n单位: ${home.name}\n${about}(演示文件)\n`,
      ))
    scene.files?.set(key, file)
    given.push({ id: item.id, file, contents: item.contents })
  }
  return given
}

/** The step of the policy that an act executes. */
export function stepOf({ cast }: Pick<Scene, 'cast'>, act: StoryAct): Step | undefined {
  return cast.policy.steps[cast.policy.stepIndex.get(act.step ?? '') ?? -1]
}

function materialOf(scene: Scene, act: StoryAct, id: string): MaterialRule | undefined {
  const merge = scene.cast.policy.merges.find((one) => one.id === act.step)
  const steps = merge ? merge.steps.map((index) => scene.cast.policy.steps[index]!) : [stepOf(scene, act)]
  const rules = steps.flatMap((step) => [
    ...(step?.materials ?? []),
    ...(step?.outcomes.flatMap((one) => one.materials) ?? []),
  ])
  return rules.find((one) => one.id === id)
}

function anotherUnit(cast: Cast, unit: CastOrganisation): CastOrganisation {
  return cast.organisations.find((one) => one !== unit && one.parties.includes('unit'))!
}

/** Requests that may say in whose name they are made. */
function wantsName(act: StoryAct, kind: Move['kind']): boolean {
  return (
    kind !== 'open' && !act.announce && !act.facts && !act.adopt && !act.register && !(act.batch && !act.step)
  )
}
