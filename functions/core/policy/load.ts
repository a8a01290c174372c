import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { compilePolicy } from './compile/compile.ts'
import { type PolicyDocument, policyDocument } from './document/document.ts'
import { locate } from './document/locate.ts'
import { shapeProblems } from './document/shape.ts'
import { yamlErrorText } from './document/yaml-errors.ts'
import type { Policy } from './model.ts'
import type { Problem } from './problem.ts'

export interface Loaded {
  /** Present when there is no error. */
  policy?: Policy
  document?: PolicyDocument
  problems: Problem[]
}

const MOST_BYTES = 2_000_000

/**
 * Reads a policy file: YAML, shape, names, compilation. Every problem carries file, line and column. The deeper
 * proofs (tables, liveness, time) are `checkPolicy`.
 */
export function loadPolicy(text: string, file: string): Loaded {
  const problems: Problem[] = []
  const lines = new LineCounter()
  if (text.length > MOST_BYTES)
    return {
      problems: [
        {
          severity: 'error',
          code: 'shape',
          message: '文件过大',
          fix: '不超过 2 MB',
          path: [],
          file,
          line: 1,
          column: 1,
        },
      ],
    }
  const yaml = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    lineCounter: lines,
    uniqueKeys: true,
    logLevel: 'error',
  })
  for (const error of yaml.errors) {
    const at = lines.linePos(error.pos[0])
    problems.push({
      severity: 'error',
      code: 'yaml',
      message: yamlErrorText(error),
      path: [],
      file,
      line: at.line,
      column: at.col,
    })
  }
  if (problems.length > 0) return { problems }
  const place = (problem: Problem): Problem => ({ ...problem, file, ...locate(yaml, lines, problem.path) })
  let raw: unknown
  try {
    raw = yaml.toJS({ maxAliasCount: 1_000 })
  } catch {
    return {
      problems: [
        { severity: 'error', code: 'yaml', message: 'YAML 别名过多', path: [], file, line: 1, column: 1 },
      ],
    }
  }
  const parsed = policyDocument.safeParse(raw)
  if (!parsed.success)
    return { problems: shapeProblems(policyDocument, parsed.error as z.ZodError, raw).map(place) }
  const found: Problem[] = []
  const policy = compilePolicy(bare(parsed.data), found)
  const placed = found.map(place)
  return placed.some((problem) => problem.severity === 'error')
    ? { document: parsed.data, problems: placed }
    : { policy, document: parsed.data, problems: placed }
}

/** The document without inherited names: looking up `constructor` in it finds nothing that nobody wrote. */
function bare<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node
  for (const member of Object.values(node)) bare(member)
  return Array.isArray(node) ? node : Object.setPrototypeOf(node, null)
}

/** Gives problems found later their place in the file. */
export function placeProblems(text: string, file: string, problems: Problem[]): Problem[] {
  const lines = new LineCounter()
  const yaml = parseDocument(text, { version: '1.2', schema: 'core', merge: false, lineCounter: lines })
  return problems.map((problem) => ({ ...problem, file, ...locate(yaml, lines, problem.path) }))
}
