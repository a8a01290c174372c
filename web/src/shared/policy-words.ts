import type { PolicyDocument } from '../../../functions/core/policy/document/document.ts'
import type { RecordText } from '../../../functions/core/policy/document/document-facts.ts'
import type { StepText } from '../../../functions/core/policy/document/document-steps.ts'
import { STAGE_TITLES } from '../../../functions/core/values/stages.ts'

/** The stages that every jurisdiction shares, in their order. */
export const STAGE_IDS = Object.keys(STAGE_TITLES)

export function stageName(id: string): string {
  return STAGE_TITLES[id] ?? id
}

/** A rule that cites an article, for the reader who asks what an article does. */
export interface CitingRule {
  kind: string
  title: string
  article: string
  path: string
}

const KINDS: Record<string, string> = {
  steps: '环节',
  facts: '要素',
  tables: '判定表',
  decisions: '裁量认定',
  procedures: '程序',
  vetoes: '不予办理情形',
  sanctions: '惩戒',
  norms: '规定',
  merges: '合并办理',
  scope: '适用范围',
  tracks: '办理路径',
  registers: '名录',
  parties: '责任方',
  stages: '阶段',
  parameters: '参数',
  documents: '文件',
  policy: '办法',
}

/** The names of a policy as people read them, and which rules cite which article. */
export class PolicyWords {
  private rules: CitingRule[] | undefined

  /** Inside a step a bare name is its own record first. */
  constructor(
    readonly document: PolicyDocument,
    readonly inside?: StepText,
  ) {}

  /** The same names as a rule of this step means them. */
  within(step: StepText): PolicyWords {
    return new PolicyWords(this.document, step)
  }

  /** What the step looked from, or its procedure, states under a name; looked from nowhere, what some procedure states. */
  own(id: string): Partial<Pick<RecordText, 'title' | 'options' | 'type'>> | undefined {
    const procedures = Object.values(this.document.procedures ?? {})
    const { inside } = this
    const record = inside && recordIn(inside, id)
    if (record) return record
    const around = procedures.find((one) => Object.values(one.steps).some((step) => step === inside))
    return around?.facts?.[id] ?? procedures.find((one) => one.facts?.[id])?.facts?.[id]
  }

  party(id: string): string {
    return this.document.parties[id]?.name ?? id
  }

  parties(ids: readonly string[], joint = false): string {
    return ids.map((id) => this.party(id)).join(joint ? '会同' : '或')
  }

  stage(id: string): string {
    return this.document.stages[id]?.title ?? stageName(id)
  }

  step(id: string): string {
    const steps = this.document.steps[id]
    if (steps) return steps.title
    for (const procedure of Object.values(this.document.procedures ?? {}))
      if (procedure.steps[id]) return procedure.steps[id].title
    return id
  }

  /** The title of a step's outcome; undefined where it has none of its own. */
  outcome(step: string, id: string): string | undefined {
    const { steps, procedures } = this.document
    const within = Object.values(procedures ?? {}).find((one) => one.steps[step])
    return (steps[step] ?? within?.steps[step])?.outcomes?.[id]?.title
  }

  track(id: string): string {
    return this.document.tracks[id]?.title ?? id
  }

  /** A fact, table, decision or record by the name that findings use. */
  name(id: string): string {
    const { facts, tables, decisions, procedures } = this.document
    const inStep = this.inside && recordIn(this.inside, id)
    if (inStep) return inStep.title ?? id
    const fixed = facts[id]?.title ?? tables?.[id]?.title ?? decisions?.[id]?.title
    if (fixed) return fixed
    const [head = '', ...rest] = id.split('.')
    const tail = rest.join('.')
    if (procedures?.[head]?.facts?.[tail]) return procedures[head].facts[tail].title
    const own = this.own(id)
    if (own?.title) return own.title
    const step = this.document.steps[head] ?? inProcedures(procedures, head)
    const before = tail.startsWith(PREVIOUS)
    const record = step && recordIn(step, before ? tail.slice(PREVIOUS.length) : tail)
    if (step && record) return `${before ? '上一次' : ''}${step.title}: ${record.title ?? tail}`
    if (step && STEP_WORDS[tail]) return `「${step.title}」${STEP_WORDS[tail]}`
    return WORDS[id] ?? id
  }

  /** What is known of an article: who accounts for it, and the rules that cite it. */
  article(cited: string) {
    const unit = this.unitOf(cited)
    const covers = unit === undefined ? [] : [this.document.coverage[unit]!].flat()
    return { unit, covers, rules: this.citing(unit ?? cited) }
  }

  /** The unit of the text that a citation belongs to: the longest that it begins with. */
  private unitOf(cited: string): string | undefined {
    return Object.keys(this.document.coverage)
      .filter((one) => cited.startsWith(one))
      .sort((a, b) => b.length - a.length)[0]
  }

  citing(unit: string): CitingRule[] {
    return this.allRules.filter((rule) => rule.article === unit || this.unitOf(rule.article) === unit)
  }

  get allRules(): CitingRule[] {
    this.rules ??= collect(this.document)
    return this.rules
  }
}

/** Before what was stated when a step was done the time before. */
const PREVIOUS = 'previous.'

/** What a step records under a name, whatever its outcome. */
export function recordIn(step: StepText, id: string): RecordText | undefined {
  const ofOutcomes = Object.values(step.outcomes ?? {}).map((one) => one.records?.[id])
  return step.records?.[id] ?? ofOutcomes.find(Boolean)
}

function inProcedures(procedures: PolicyDocument['procedures'], step: string) {
  return Object.values(procedures ?? {}).find((one) => one.steps[step])?.steps[step]
}

/** What a policy may ask of any step beside its records. */
const STEP_WORDS: Record<string, string> = {
  done: '已办结',
  on: '办理日期',
  outcome: '结果',
  times: '办理次数',
  dueOn: '期限',
  overdue: '已逾期',
}

/** Names that findings use beside those of the policy. */
const WORDS: Record<string, string> = {
  track: '办理路径',
  waitsFor: '前置环节',
  today: '今天',
  on: '日期',
  from: '起',
  to: '止',
  material: '材料',
  record: '填写项',
  expected: '应为',
  given: '所填',
  party: '责任方',
  norm: '规定',
  limit: '要求',
  contents: '缺少篇章',
  outcome: '结果',
  sanction: '惩戒',
  veto: '情形',
  result: '结果',
  cause: '原因',
}

/** Facts of a finding that help a reader; the rest are names for programs. */
export function readableFacts(facts: Record<string, unknown>): [string, unknown][] {
  return Object.entries(facts).filter(
    ([key, value]) =>
      (!/Step$|^name$|^due$|^guess$|^missing$/.test(key) && typeof value !== 'object') || value === null,
  )
}

function collect(document: PolicyDocument): CitingRule[] {
  const found: CitingRule[] = []
  const walk = (node: unknown, path: string[], title: string): void => {
    if (typeof node !== 'object' || node === null) return
    const own = node as Record<string, unknown>
    const named =
      typeof own.title === 'string' ? own.title : typeof own.name === 'string' ? own.name : undefined
    const here = named ?? title
    const kind = KINDS[path[0] ?? ''] ?? ''
    for (const article of cited(own.article))
      found.push({
        kind,
        title: here,
        article,
        path: path.join('.'),
      })
    for (const [key, value] of Object.entries(own))
      if (key !== 'article' && path[0] !== 'coverage') walk(value, [...path, key], here)
  }
  const { coverage: _, ...rest } = document
  walk(rest, [], '')
  return found
}

/** Citations as written: one text, several, or with the document that they stand in. */
export function cited(raw: unknown): string[] {
  if (typeof raw === 'string') return [raw]
  if (Array.isArray(raw)) return raw.flatMap(cited)
  return typeof raw === 'object' && raw !== null && 'at' in raw ? [String(raw.at)] : []
}
