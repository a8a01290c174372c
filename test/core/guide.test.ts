import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { checkPolicy } from '../../functions/core/policy/check.ts'
import { policyDocument } from '../../functions/core/policy/document/document.ts'
import { SENTENCES } from '../../functions/core/policy/engine/sentences.ts'
import { explainFacts } from '../../functions/core/policy/explain.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Policy } from '../../functions/core/policy/model.ts'
import type { Problem } from '../../functions/core/policy/problem.ts'
import { scenario } from '../../functions/core/policy/scenario.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'

/** The authors' guide is checked like a program: each example is valid, each key and code of the language is in it. */

const tenants = join(import.meta.dirname, '../../tenants')
const core = join(import.meta.dirname, '../../functions/core/policy')
const guide = readFileSync(join(tenants, 'README.md'), 'utf8')

interface Snippet {
  kind: string
  text: string
  line: number
}

function snippets(): Snippet[] {
  const found: Snippet[] = []
  let open: Snippet | undefined
  guide.split('\n').forEach((line, i) => {
    const fence = /^```(.*)$/.exec(line)
    if (!fence) {
      if (open) open.text += `${line}\n`
    } else if (open) {
      found.push(open)
      open = undefined
    } else open = { kind: fence[1]!.trim(), text: '', line: i + 1 }
  })
  return found
}

function ofKind(kind: string): Snippet[] {
  return snippets().filter((one) => one.kind === kind)
}

type Tree = { [key: string]: unknown }

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fragment laid over the whole: maps grow together, everything else is replaced. */
function laidOver(base: unknown, fragment: unknown): unknown {
  if (!isTree(base) || !isTree(fragment)) return fragment
  const merged: Tree = { ...base }
  for (const [key, value] of Object.entries(fragment)) merged[key] = laidOver(base[key], value)
  return merged
}

function read(text: string): unknown {
  return parse(text, { version: '1.2', schema: 'core' })
}

function wrongWith(problems: Problem[]): string[] {
  return problems.filter((one) => one.severity !== 'note').map((one) => `${one.code} ${one.message}`)
}

/** From here on the fragments are recipes, which the whole check must pass. */
const recipesFrom = guide.split('\n').indexOf('## 现成的做法')

const whole = ofKind('yaml policy')[0]!.text

function wholePolicy(): Policy {
  const { policy, problems } = loadPolicy(whole, 'guide')
  if (!policy) throw new Error(problems.map((one) => one.message).join('\n'))
  return policy
}

describe('the examples of the guide', () => {
  for (const one of ofKind('yaml policy'))
    it(`line ${one.line}: a complete policy passes its check`, () => {
      expect(wrongWith(checkPolicy(one.text, 'guide').problems)).toEqual([])
    })
  for (const one of ofKind('yaml'))
    it(`line ${one.line}: a fragment fits the complete policy`, () => {
      const text = stringify(laidOver(read(whole), read(one.text)), { aliasDuplicateObjects: false })
      const checked = one.line > recipesFrom ? checkPolicy(text, 'guide') : loadPolicy(text, 'guide')
      expect(wrongWith(checked.problems)).toEqual([])
    })
  for (const one of ofKind('yaml facts'))
    it(`line ${one.line}: facts can be explained`, () => {
      const facts = z.record(z.string(), z.unknown()).parse(read(one.text))
      expect(explainFacts(wholePolicy(), facts, seededCalendar, '2026-09-10').findings).toEqual([])
    })
  for (const one of ofKind('yaml scenario'))
    it(`line ${one.line}: a scenario plays as it says`, () => {
      const play = scenario.parse(read(one.text))
      const result = simulate(wholePolicy(), play, seededCalendar)
      for (const [i, event] of (play.events ?? []).entries()) {
        const played = result.events[i]!
        const said = `${event.on} ${event.step ?? ''}: ${played.findings.map((f) => f.message).join('; ')}`
        expect(played.accepted, said).toBe(!event.expect?.refused)
        for (const code of event.expect?.codes ?? [])
          expect(
            played.findings.map((f) => f.code),
            said,
          ).toContain(code)
      }
    })
})

/** Names that authors choose are patterns in the schema; what is left are the keys of the language. */
function keysOf(schema: unknown, into = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const item of schema) keysOf(item, into)
  else if (isTree(schema))
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties' && isTree(value)) for (const name of Object.keys(value)) into.add(name)
      keysOf(value, into)
    }
  return into
}

function jsonSchema(): unknown {
  const schema = z.toJSONSchema(policyDocument, { io: 'input', unrepresentable: 'any', reused: 'ref' })
  return { title: '政务信息化项目管理办法', ...schema }
}

describe('the guide and the language', () => {
  it('explains every key', () => {
    const missing = [...keysOf(jsonSchema())].filter(
      (key) => !new RegExp(`(^|[^A-Za-z-])${key}([^A-Za-z-]|$)`, 'm').test(guide),
    )
    expect(missing).toEqual([])
  })
  it('stands beside the schema of the language', () => {
    const file = join(tenants, 'policy.schema.json')
    const said = 'run: npm run -s policy -- schema --out tenants/policy.schema.json'
    expect(JSON.parse(readFileSync(file, 'utf8')), said).toEqual(JSON.parse(JSON.stringify(jsonSchema())))
  })
  it('names every code of a finding', () => {
    expect(Object.keys(SENTENCES).filter((code) => !guide.includes(`\`${code}\``))).toEqual([])
  })
  it('names every code of the check, and none that is no more', () => {
    const sources = ['check', 'compile', 'document', '.'].flatMap((folder) =>
      readdirSync(join(core, folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(core, folder, file), 'utf8')),
    )
    const text = sources.join('\n')
    const table = guide.slice(guide.indexOf('## 校验说了什么'), guide.indexOf('推演和办理时的每条说明'))
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]!)
    const known = new Set([...text.matchAll(/problemAt\(\s*'([a-z-]+)'/g)].map((match) => match[1]!))
    expect(listed.filter((code) => !text.includes(`'${code}'`))).toEqual([])
    expect([...known].filter((code) => !listed.includes(code))).toEqual([])
  })
  it('links only to what is there', () => {
    const links = [...guide.matchAll(/\]\((?!#|http)([^)]+)\)/g)].map((match) => match[1]!)
    expect(links.filter((link) => !existsSync(join(tenants, link)))).toEqual([])
  })
  it('is named by the first line of each policy', () => {
    for (const folder of readdirSync(tenants, { withFileTypes: true }).filter((one) => one.isDirectory()))
      for (const file of readdirSync(join(tenants, folder.name)).filter((name) => name.endsWith('.yaml')))
        expect(readFileSync(join(tenants, folder.name, file), 'utf8').split('\n')[0]).toBe(
          '# yaml-language-server: $schema=../policy.schema.json',
        )
  })
})
