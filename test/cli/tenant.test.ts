import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSmall, type SmallWorld } from '../api/small-world.ts'
import { smallText } from '../core/small.ts'

/** `npm run tenant` on a folder that no server has open. */

const ROOT = join(import.meta.dirname, '..', '..')
const policy = (more: string, steps: string) => `
  policy: {jurisdiction: {id: small, name: 某市, division: "990100", level: city}, articles: 3, ${more}}
  coverage: {第一条: enforced, 第二条: {informative: 例}, 第三条: {informative: 例}}
  steps: {declare: {stage: declaration}, ${steps} start: {stage: implementation, after: declare}}
`
const OLD = policy('effective: 2026-01-01', '')
const NEW = policy(
  'effective: 2026-07-01, transition: {of: "2026-01-01", takes: [implementation], binds: start, article: 第一条}',
  'vetting: {stage: review, title: 新增的预审, by: finance, after: declare},',
)

let small: SmallWorld
let project: string
const file = (name: string, text: string): string => {
  const path = join(small.world.folder, 'given', name)
  writeFileSync(path, text)
  return path
}
const tenant = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const program = join(ROOT, 'functions', 'cli', 'tenant.ts')
    const all = ['--import', 'tsx', program, ...args, '--data', small.world.folder]
    execFile(process.execPath, all, { cwd: ROOT }, (error, out, err) =>
      done({ code: Number(error?.code ?? 0), out, err }),
    )
  })

beforeAll(async () => {
  small = await openSmall(OLD, '2026-03-02')
  project = await small.project()
  expect(await small.said(small.step('unit', project, 'declare'))).toBe('200')
  mkdirSync(join(small.world.folder, 'given'))
  small.world.deps.databases.close()
})
afterAll(() => small.world.close())

describe('tenant rehearse', () => {
  it('§15 tells project by project what a new version would change, and changes nothing', async () => {
    const next = file('next.yaml', smallText(NEW))
    const { code, out, err } = await tenant('rehearse', 'small', next)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^自 2026-07-01 起施行, 按 \d{4}-\d\d-\d\d 看在办项目 1 个/)
    expect(out).toContain(`(${project}) 转为适用新版`)
    expect(out).toContain('新增的预审: 没有这一环节 → 可以办')
    expect(out).toContain('转为适用新版的 1 个, 其余 0 个仍按原版本')
    const again = await tenant('rehearse', 'small', next, '--json')
    expect(JSON.parse(again.out)).toMatchObject({
      looked: 1,
      items: [{ project: { id: project }, moves: 'transition' }],
    })
  })

  it('shows what refuses the file at its place, and what is wrong with the call', async () => {
    const broken = await tenant(
      'rehearse',
      'small',
      file('broken.yaml', smallText(NEW).replace('by: finance', 'by: nobody')),
    )
    expect(broken.code).toBe(1)
    expect(broken.err).toMatch(/^broken\.yaml:\d+:\d+ \S+ .*nobody/m)
    expect((await tenant('rehearse', 'small')).code).toBe(2)
    expect(await tenant('rehearse', 'nowhere', file('next.yaml', smallText(NEW)))).toMatchObject({
      code: 1,
      out: '',
    })
  })
})

describe('tenant text', () => {
  it('takes the regulation’s own text and says what it lacks; a text without articles is refused', async () => {
    const given = await tenant(
      'text',
      'small',
      file('text.txt', '第一条　为管好笔墨。\n第三条　自公布之日起施行。\n'),
    )
    expect(given).toMatchObject({ code: 0, err: '' })
    expect(given.out).toBe('自 2026-01-01 起施行的版本: 载入 2 条\n  办法有而文本没有: 第二条\n')
    const refused = await tenant('text', 'small', file('none.txt', '没有条文'))
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('没有找到条文')
  })
})
