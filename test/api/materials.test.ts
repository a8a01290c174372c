import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTenant, openWorld, personOf, type World } from './harness.ts'

let world: World
let unit: string
let otherUnit: string
beforeAll(async () => {
  world = await openWorld()
  const tenant = await addTenant(world)
  unit = (await personOf(world, tenant, 'unit')).token
  otherUnit = (await personOf(world, tenant, 'unit', 'handler', 1)).token
})
afterAll(() => world.close())

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 7)])
const upload = (name: string, body: BodyInit, key?: string) =>
  world.call('POST', `/api/hedong/materials?name=${encodeURIComponent(name)}`, {
    token: unit,
    body,
    key,
    headers: { 'content-type': 'application/octet-stream' },
  })
const stored = (): string[] => {
  try {
    return readdirSync(join(world.folder, 'files', 'hedong'))
  } catch {
    return []
  }
}

describe('materials', () => {
  it('come back as they were sent, as an attachment that runs nothing', async () => {
    const { status, body } = await upload('详细设计方案(一).pdf', PDF)
    expect(status).toBe(201)
    expect(body).toMatchObject({ size: PDF.length, sha256: createHash('sha256').update(PDF).digest('hex') })
    const path = `/api/hedong/materials/${body.id}`
    const response = await world.app.request(`http://localhost${path}`, {
      headers: { authorization: `Bearer ${unit}` },
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''%E8%AF%A6%E7%BB%86%E8%AE%BE%E8%AE%A1%E6%96%B9%E6%A1%88%28%E4%B8%80%29.pdf`,
    )
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect((await world.call('GET', path, { token: otherUnit })).status).toBe(404)
  })

  it.each([
    ['a page', 'x.html', '<script>alert(1)</script>', 415],
    ['a drawing that can run', 'x.svg', '<svg onload="x"/>', 415],
    ['a program called pdf', 'x.pdf', 'MZ\x90 this is not a document', 415],
    ['binary called text', 'x.txt', 'a\0b', 415],
    ['nothing', 'x.txt', '', 400],
    ['a path', '../x.txt', 'hello', 400],
  ])('refuse %s and keep nothing of it', async (_, name, body, status) => {
    const before = stored()
    expect((await upload(name, body)).status).toBe(status)
    expect(stored()).toEqual(before)
  })

  it('are stored once under one key, and the key is refused for another file', async () => {
    const first = await upload('a.txt', '第一份', 'file-1')
    expect(await upload('a.txt', '第一份', 'file-1')).toMatchObject({ status: 201, body: first.body })
    expect(await upload('a.txt', '另一份', 'file-1')).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    })
  })

  it('are refused while they stream once they are too large', async () => {
    let sent = 0
    const chunk = new Uint8Array(4 << 20).fill(65)
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength
        controller.enqueue(chunk)
      },
    })
    expect((await upload('endless.txt', body)).status).toBe(413)
    expect(sent).toBeLessThan(120 << 20)
    expect(stored().some((file) => file.endsWith('.new'))).toBe(false)
  })
})
