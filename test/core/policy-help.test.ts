import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { policyDocument } from '../../functions/core/policy/document/document.ts'
import { namesAt } from '../../web/src/features/onboard/policy-names.ts'
import { keysOf, type Schema, schemasAt, wordsOf } from '../../web/src/features/onboard/schema-walk.ts'
import { placeAt } from '../../web/src/features/onboard/yaml-place.ts'
import { SMALL_POLICY } from './small-policy.ts'

/** What the policy editor proposes; `|` marks the cursor. */

const schema = z.toJSONSchema(policyDocument, {
  io: 'input',
  unrepresentable: 'any',
  reused: 'ref',
}) as Schema

function at(text: string) {
  const offset = text.indexOf('|')
  return placeAt(text.slice(0, offset) + text.slice(offset + 1), offset)
}

describe('where the cursor stands', () => {
  it.each([
    ['ste|', [], 'key'],
    ['steps:\n  declare:\n    ti|', ['steps', 'declare'], 'key'],
    ['steps:\n  declare:\n    title: 申报\n\n    # why\n    |', ['steps', 'declare'], 'key'],
    ['steps:\n  declare:\n    title: 申报\n  |', ['steps'], 'key'],
    ['steps:\n  declare:\n    by: un|', ['steps', 'declare', 'by'], 'value'],
    ['steps:\n  a: {title: 甲, |', ['steps', 'a'], 'key'],
    ['steps:\n  a: {title: 甲, by: |', ['steps', 'a', 'by'], 'value'],
    ['steps:\n  a: {title: "甲: {乙", when: {estimate: {at|', ['steps', 'a', 'when', 'estimate'], 'key'],
    ['steps:\n  a:\n    after: [x, |', ['steps', 'a', 'after', '*'], 'value'],
    ['scope:\n  rows:\n    - {when: {secret: true}, track: |', ['scope', 'rows', '*', 'track'], 'value'],
    ['scope:\n  rows:\n  - when: {secret: true}\n    tr|', ['scope', 'rows', '*'], 'key'],
    ['a:\n  b: {c: 1,\n      d: {e: 2},\n      |', ['a', 'b'], 'key'],
    ['a:\n  b: {c: 1,\n      d: 2}\n  |', ['a'], 'key'],
  ])('%j', (text, path, writes) => {
    expect(at(text)).toMatchObject({ path, writes })
  })
})

describe('what may be written there', () => {
  const keys = (text: string) => keysOf(schema, schemasAt(schema, at(text).path)).map(({ key }) => key)

  it('proposes the sections of a policy, the keys of a step, of an outcome, of a due date', () => {
    expect(keys('|')).toEqual(expect.arrayContaining(['policy', 'scope', 'steps', 'coverage']))
    expect(keys('steps:\n  declare:\n    |')).toEqual(
      expect.arrayContaining(['title', 'stage', 'by', 'when', 'after', 'due', 'materials', 'outcomes']),
    )
    expect(keys('steps:\n  a: {outcomes: {pass: {|')).toEqual(
      expect.arrayContaining(['title', 'reopens', 'ends']),
    )
    expect(keys('steps:\n  a: {due: {|')).toEqual(expect.arrayContaining(['within', 'of', 'missed']))
  })

  it('proposes the fixed words of a value', () => {
    const words = wordsOf(schemasAt(schema, at('facts:\n  secret: {type: |').path))
    expect(words).toEqual(expect.arrayContaining(['boolean', 'money', 'choice', 'day']))
  })

  it('proposes what the text itself defines, with its title', () => {
    const ids = (piece: string) => namesAt(SMALL_POLICY, at(piece)).map(({ id }) => id)
    expect(ids('steps:\n  x: {by: |')).toEqual(expect.arrayContaining(['unit', 'lead', 'finance']))
    expect(ids('steps:\n  x: {when: {|')).toEqual(expect.arrayContaining(['estimate', 'secret', 'route']))
    expect(ids('steps:\n  x: {after: |')).toContain('declare')
    expect(namesAt(SMALL_POLICY, at('steps:\n  x: {by: |'))[0]).toEqual({ id: 'unit', title: '建设单位' })
  })

  it('keeps proposing while the text is broken', () => {
    const broken = `${SMALL_POLICY}\nsteps2: {a: [`
    expect(namesAt(broken, at('steps:\n  x: {by: |')).map(({ id }) => id)).toContain('unit')
  })
})
