import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { locate } from '../document/locate.ts'
import { shapeProblems } from '../document/shape.ts'
import { yamlErrorText } from '../document/yaml-errors.ts'
import type { Problem } from '../problem.ts'
import { type Scenario, scenario, scenarioEvent } from '../scenario.ts'

/** What a golden test says beside what is played (`test/golden`). */
const written = scenario.extend({
  prefix: z.array(scenarioEvent).optional(),
  expect: z.unknown().optional(),
  reading: z.unknown().optional(),
})

const MOST_CHARACTERS = 1_000_000

/**
 * Reads a file of one scenario or of a list of them, as golden tests are written. Anchors' definitions are passed over,
 * a prefix is played before the events. Problems stand at their line and column; with one nothing is given back.
 */
export function readScenarios(text: string, file: string): { scenarios: Scenario[]; problems: Problem[] } {
  const lines = new LineCounter()
  if (text.length > MOST_CHARACTERS)
    return { scenarios: [], problems: [problem(file, '文件过大, 不像场景文件')] }
  const yaml = parseDocument(text, { version: '1.2', schema: 'core', lineCounter: lines, logLevel: 'error' })
  const broken = yaml.errors.map((error) => {
    const at = lines.linePos(error.pos[0])
    return { ...problem(file, yamlErrorText(error)), code: 'yaml', line: at.line, column: at.col }
  })
  if (broken.length > 0) return { scenarios: [], problems: broken }
  const read = jsOf(() => yaml.toJS({ maxAliasCount: 10_000 }))
  if (read === undefined) return { scenarios: [], problems: [problem(file, 'YAML 别名过多')] }
  if (typeof read !== 'object' || read === null)
    return {
      scenarios: [],
      problems: [problem(file, '不是场景文件: 须有 facts(项目要素)和 events(按日期排列的事件)')],
    }
  const isList = Array.isArray(read)
  const items = (isList ? read : [read]) as unknown[]
  const scenarios: Scenario[] = []
  const problems: Problem[] = []
  for (const [n, item] of items.entries()) {
    if (typeof item === 'object' && item !== null && 'define' in item) continue
    const parsed = written.safeParse(item)
    if (parsed.success) {
      const { prefix, expect: _, reading: __, ...rest } = parsed.data
      scenarios.push(prefix ? { ...rest, events: [...prefix, ...(rest.events ?? [])] } : rest)
      continue
    }
    for (const one of shapeProblems(written, parsed.error, item)) {
      const path = isList ? [n, ...one.path] : one.path
      problems.push({ ...one, path, file, ...locate(yaml, lines, path) })
    }
  }
  if (problems.length === 0 && scenarios.length === 0) problems.push(problem(file, '文件里没有场景'))
  return problems.length > 0 ? { scenarios: [], problems } : { scenarios, problems }
}

function jsOf(read: () => unknown): unknown {
  try {
    return read() ?? null
  } catch {
    return undefined
  }
}

function problem(file: string, message: string): Problem {
  return { severity: 'error', code: 'shape', message, path: [], file, line: 1, column: 1 }
}
