import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addExperts, createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

const REVIEWED = { integrated: true, sharing: true, governmentNetwork: true }
const JUDGED = {
  policyConform: true,
  planConform: true,
  reuse: true,
  soundDesign: true,
  sharingList: true,
  securityPlan: true,
  soundEstimate: true,
  otherConditions: true,
  governmentCloud: true,
}

describe('a project goes from declaration to acceptance over HTTP', () => {
  let id: string
  const must = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    expect({ status, body }).toMatchObject({ status: 200 })
    return body as {
      complete: boolean
      awaiting: string[]
      procedure: string | null
      project: { stage: string }
    }
  }

  it('is created by its unit and declared with an uploaded design', async () => {
    id = await createProject(player)
    const bare = await player.step('unit', id, 'declare')
    expect(bare).toMatchObject({ status: 422, body: { code: 'refused' } })
    expect(bare.body.findings).toContainEqual(
      expect.objectContaining({
        code: 'material',
        level: 'block',
        article: expect.arrayContaining(['第九条第二款']),
      }),
    )
    const file = await player.world.call('POST', `/api/hedong/materials?name=design.pdf`, {
      token: player.tokens.unit,
      body: '%PDF-1.7 design',
      headers: { 'content-type': 'application/octet-stream' },
    })
    const stolen = await player.step('lead', id, 'declare', {
      materials: [{ id: 'design', file: file.body.id }],
    })
    expect(stolen).toMatchObject({ status: 400 })
    await must(player.step('unit', id, 'declare', { materials: [{ id: 'design', file: file.body.id }] }))
    const seenByLead = await player.get('lead', `/materials/${file.body.id}`)
    expect(seenByLead.status).toBe(200)
    expect((await player.get('other-unit', `/materials/${file.body.id}`)).status).toBe(404)
  })

  it('puts the next step before the party that owes it', async () => {
    const todos = await player.get('lead', '/todos')
    expect(todos.body.items).toMatchObject([
      { step: 'preliminary-review', kind: 'step', open: true, project: { id } },
      { step: 'start', open: false, dueOn: '2027-12-31' },
    ])
    expect((await player.get('unit', '/todos')).body.items).toMatchObject([{ step: 'start', open: false }])
    const wrong = await player.step('finance', id, 'preliminary-review', {
      outcome: 'pass',
      records: REVIEWED,
    })
    expect(wrong.body.findings).toContainEqual(expect.objectContaining({ code: 'actor' }))
    await must(player.step('lead', id, 'preliminary-review', { outcome: 'pass', records: REVIEWED }))
  })

  it('collects opinions from those asked, each for itself', async () => {
    await player.on('2026-07-20')
    const review = { outcome: 'pass', records: JUDGED, experts: ['张三'] }
    const forged = await player.step('lead', id, 'expert-review', {
      ...review,
      opinions: { finance: 'agree', approver: 'agree', cryptography: 'agree' },
    })
    expect(forged).toMatchObject({ status: 403 })
    const early = await player.step('lead', id, 'expert-review', review)
    expect(early.body.findings.map((one: { code: string }) => one.code)).toContain('opinion')
    expect(JSON.stringify(early.body.findings)).toContain('没有有效条目')
    await addExperts(player, ['张三', '李四', '王五'])
    for (const party of ['finance', 'approver', 'cryptography']) {
      const todos = await player.get(party, '/todos')
      expect(todos.body.items).toMatchObject([{ kind: 'opinion', step: 'expert-review', party }])
      await must(player.post(party, `/projects/${id}/steps/expert-review/opinions`, { value: 'agree' }))
    }
    const other = await player.post('audit', `/projects/${id}/steps/expert-review/opinions`, {
      value: 'agree',
    })
    expect(other).toMatchObject({ status: 422 })
    const stranger = await player.step('lead', id, 'expert-review', { ...review, experts: ['赵六'] })
    expect(JSON.stringify(stranger.body.findings)).toContain('赵六')
    await must(player.step('lead', id, 'expert-review', review))
  })

  it('keeps its log, its version and its documents', async () => {
    const project = await player.get('unit', `/projects/${id}`)
    expect(project.body).toMatchObject({
      facts: { estimate: '600万元' },
      policy: { effectiveOn: '2021-08-06', bound: true },
    })
    const history = await player.get('unit', `/projects/${id}/history?limit=3`)
    expect(history.body.items.map((one: { type: string }) => one.type)).toEqual([
      'opened',
      'executed',
      'executed',
    ])
    const rest = await player.get('unit', `/projects/${id}/history?after=${history.body.next}`)
    expect(rest.body.items.map((one: { version: number }) => one.version)).toEqual([4, 5, 6, 7])
    expect(rest.body.next).toBeNull()
    expect(project.headers.get('etag')).toBe('"7"')
    const documents = await player.get('unit', `/projects/${id}/documents`)
    expect(documents.body.items).toMatchObject([{ step: 'expert-review', issuedOn: '2026-07-20' }])
  })

  it('is corrected only by whoever has read the newest version', async () => {
    const path = `/api/hedong/projects/${id}`
    const patch = (headers: Record<string, string>) =>
      player.world.call('PATCH', path, {
        token: player.tokens.unit,
        json: { facts: { estimate: '650万元' } },
        headers,
      })
    expect(await patch({})).toMatchObject({ status: 428, body: { code: 'precondition-required' } })
    expect(await patch({ 'if-match': '"6"' })).toMatchObject({ status: 412, body: { code: 'stale' } })
    expect(await patch({ 'if-match': 'W/"7"' })).toMatchObject({ status: 412 })
    const answer = await patch({ 'if-match': '"7"' })
    expect(answer).toMatchObject({ status: 200, body: { project: { version: 8 } } })
    expect((await player.get('unit', `/projects/${id}`)).body.facts.estimate).toBe('650万元')
  })

  it('waits for both parties of a joint step, who must say the same', async () => {
    await player.on('2026-09-10')
    await must(player.step('unit', id, 'proposal', { materials: ['proposal', 'scheme'] }))
    await must(
      player.step('approver', id, 'approval', { outcome: 'approve', records: { estimate: '640万元' } }),
    )
    const early = await player.step('unit', id, 'procurement', { materials: ['tender'] })
    expect(early.body.findings).toContainEqual(expect.objectContaining({ code: 'not-done' }))
  })

  it('shows the case to those who have a part in it', async () => {
    const seen = await player.get('unit', `/projects/${id}/case`)
    expect(seen.body).toMatchObject({
      stage: expect.any(String),
      mine: ['unit'],
      project: { id, version: 10 },
    })
    expect(seen.body.steps.find((one: { id: string }) => one.id === 'approval')).toMatchObject({
      state: 'done',
      outcome: 'approve',
    })
    expect((await player.get('auditor', `/projects/${id}/case`)).status).toBe(200)
    expect((await player.get('other-unit', `/projects/${id}/case`)).status).toBe(404)
    expect((await player.get('other-unit', '/projects')).body.items).toEqual([])
    expect((await player.get('unit', '/projects')).body.items).toMatchObject([
      { id, estimateFen: 650_000_000 },
    ])
    expect(
      (await player.get('finance', '/projects?stage=planning')).body.items.length,
    ).toBeGreaterThanOrEqual(0)
  })
})

describe('explaining', () => {
  it('tells without storing what a project would have before it', async () => {
    const answer = await player.post('unit', '/explain', {
      facts: { estimate: '80万元', nature: 'maintenance' },
    })
    expect(answer.status).toBe(200)
    expect(answer.body.standing.steps.length).toBeGreaterThan(10)
    const wrong = await player.post('unit', '/explain', { facts: { estimate: '12,5' } })
    expect(wrong).toMatchObject({ status: 422 })
    expect(wrong.body.findings[0].message).toContain('金额')
  })
})
