import type { PolicyDocument } from '../document/document.ts'
import type { TypeName } from '../document/document-facts.ts'
import type { ArticleText } from '../document/document-parts.ts'
import { nearest } from '../document/nearest.ts'
import type { Citation, CountRule, FactRule, Guard, TableRule } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import type { Departure } from './departures.ts'

export type Path = (string | number)[]

/** Where a name is looked up from: own records and the procedure's facts come first (§3). */
export interface Scope {
  step?: string
  outcome?: string
  procedure?: string
  /** Names are those of another project, which may also have `ended`. */
  counted?: true
}

/** What the parts of the compiler share: the document, what is compiled so far, and the problems found. */
export interface Compiler {
  document: PolicyDocument
  problems: Problem[]
  stepIndex: Map<string, number>
  steps: Step[]
  facts: Map<string, FactRule>
  tables: Map<string, TableRule>
  counts: CountRule[]
  citations: Citation[]
  /** Names that something reads; the rest is reported as unused. */
  used: Set<string>
  /** Computed facts whose type is being found. */
  inferring: Set<object>
  /** Conditions of the scope rows, which an unknown track is unknown by. */
  trackGuards: Guard[]
  /** What the condition of each merge reads. */
  mergeReads: Map<string, string[]>
  departures: Departure[]
  problem: (path: Path, code: string, message: string, fix?: string) => void
}

export function newCompiler(document: PolicyDocument, problems: Problem[]): Compiler {
  return {
    document,
    problems,
    stepIndex: new Map(),
    steps: [],
    facts: new Map(),
    tables: new Map(),
    counts: [],
    citations: [],
    used: new Set(),
    inferring: new Set(),
    trackGuards: [],
    departures: [],
    mergeReads: new Map(),
    problem: (path, code, message, fix) => problems.push({ severity: 'error', path, code, message, fix }),
  }
}

/** Reports a name that is not defined, with the nearest one that is. */
export function unknownName(
  compiler: Compiler,
  path: Path,
  kind: string,
  name: string,
  known: Iterable<string>,
): void {
  const guess = nearest(name, known)
  compiler.problem(
    path,
    'reference',
    `${kind}「${name}」没有定义`,
    guess ? `是否指「${guess}」?` : `请先定义这个${kind}`,
  )
}

/** Articles as texts; the citation is noted for the coverage. */
export function articles(
  compiler: Compiler,
  text: ArticleText | undefined,
  path: Path,
  kind: string,
  inherited: string[],
): string[] {
  if (text === undefined) return inherited
  const list = (Array.isArray(text) ? text : [text]).map((item) =>
    typeof item === 'string' ? item : item.doc ? `${titleOf(compiler, item.doc, path)}${item.at}` : item.at,
  )
  for (const article of list) compiler.citations.push({ article, path, kind })
  return list
}

function titleOf(compiler: Compiler, doc: string, path: Path): string {
  const found = compiler.document.documents?.[doc]
  if (!found) unknownName(compiler, path, '文件', doc, Object.keys(compiler.document.documents ?? {}))
  return found ? `${found.title} ` : ''
}

/** The step of that name; a problem and undefined when there is none. */
export function stepNamed(compiler: Compiler, name: string, path: Path): number | undefined {
  const index = compiler.stepIndex.get(name)
  if (index === undefined) unknownName(compiler, path, '环节', name, compiler.stepIndex.keys())
  return index
}

export function listOf<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

export type SymbolType = TypeName | 'step'
