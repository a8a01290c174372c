import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../functions/core/policy/diff.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'

const file = join(import.meta.dirname, '../../tenants/luan/2021-08-06.yaml')
const text = readFileSync(file, 'utf8')
const load = (changed: string) => {
  const { policy, problems } = loadPolicy(changed, file)
  if (!policy) throw new Error(problems.map((problem) => problem.message).join('\n'))
  return policy
}
const before = load(text)
const changed = (from: string | RegExp, to: string) => {
  const next = text.replace(from, to)
  expect(next).not.toBe(text)
  return diffPolicies(before, load(next))
}

describe('policy diff: what changed, in words an officer reads', () => {
  it('the same policy has no difference, whatever the order of keys and the comments', () => {
    expect(diffPolicies(before, load(`# 说明\n${text}`))).toEqual([])
  })

  it('a threshold is told with both values and the rule', () => {
    const changes = changed(
      'plan-listing.budget: {atLeast: 100万元}',
      'plan-listing.budget: {atLeast: 150万元}',
    )
    expect(changes).toHaveLength(1)
    expect(changes[0]!.kind).toBe('changed')
    expect(changes[0]!.message).toContain('100万元')
    expect(changes[0]!.message).toContain('150万元')
    expect(changes[0]!.article.join()).toContain('第十六条')
  })

  it('a delay, and only it', () => {
    const changes = changed('delay: 1 month', 'delay: 3 months')
    expect(changes.map((change) => change.path)).toEqual(['steps.trial-report.after'])
    expect(changes[0]!.message).toMatch(/1个月 → 3个月/)
  })

  it('a window', () => {
    const changes = changed('to: 07-31', 'to: 06-30')
    expect(changes[0]!.message).toContain('办理窗口')
    expect(changes[0]!.path).toBe('steps.declare.window')
  })

  it('a norm taken out and a fact put in', () => {
    const changes = changed(
      /^facts:\n/m,
      'facts:\n  pilot: {title: 试点项目, type: boolean, optional: true, article: 第十五条}\n',
    )
    expect(changes).toMatchObject([
      { kind: 'added', path: 'facts.pilot', message: '要素「试点项目」', article: ['第十五条'] },
    ])
    const back = diffPolicies(
      load(
        text.replace(
          /^facts:\n/m,
          'facts:\n  pilot: {title: 试点项目, type: boolean, optional: true, article: 第十五条}\n',
        ),
      ),
      before,
    )
    expect(back).toMatchObject([{ kind: 'removed', path: 'facts.pilot' }])
  })
})
