import { STAGE_TITLES } from '../values/stages.ts'

/** What the keys of the language are called when a difference is told to an officer. */

const KINDS: Record<string, string> = {
  parties: '责任方',
  registers: '名录',
  documents: '文件',
  parameters: '参数',
  tracks: '办理路径',
  facts: '要素',
  tables: '判定表',
  decisions: '裁量',
  stages: '阶段',
  steps: '环节',
  merges: '合并办理',
  procedures: '程序',
  vetoes: '否决情形',
  sanctions: '惩戒',
  norms: '原则',
  coverage: '条文交代',
}

const KEYS: Record<string, string> = {
  jurisdiction: '辖区',
  division: '区划代码',
  level: '层级',
  superior: '上级',
  supersedes: '废止',
  basis: '依据文件',
  interpretedBy: '解释机关',
  source: '文本来源',
  unseen: '文本未见',
  note: '说明',
  id: '标识',
  name: '名称',
  track: '办理路径',
  step: '环节',
  outcome: '结果',
  is: '取',
  binds: '确定版本的环节',
  year: '年度',
  to: '止',
  for: '所属年度',
  each: '每',
  else: '其他情形',
  that: '须',
  collect: '收齐',
  agree: '同意',
  on: '就',
  title: '名称',
  by: '责任方',
  when: '适用条件',
  after: '前提',
  unless: '不得同时',
  until: '截止环节',
  window: '办理窗口',
  due: '期限',
  within: '时长',
  of: '起算',
  delay: '至少经过',
  owed: '是否必办',
  repeat: '次数',
  requires: '条件',
  records: '填写项',
  materials: '材料',
  opinions: '会签',
  witness: '见证',
  experts: '专家',
  checks: '核对项',
  outcomes: '结果',
  stage: '阶段',
  through: '办理方式',
  rows: '各行',
  article: '条文',
  reading: '理解',
  demands: '引起的要求',
  reopens: '退回',
  missed: '逾期后果',
  imposes: '采取的惩戒',
  lifts: '解除的惩戒',
  postpones: '顺延的期限',
  enlists: '列入的计划',
  ends: '办结为',
  sanction: '惩戒',
  guard: '适用条件',
  anew: '重新申报',
  done: '办结',
  count: '人数',
  drawn: '随机抽取',
  required: '必填',
  again: '可再次',
  roll: '遇休息日',
  counts: '计日',
  late: '逾期时',
  announced: '公布起止日的责任方',
  first: '最早的',
  last: '最晚的',
  procedure: '程序',
  fact: '要素',
  before: '之前',
  party: '责任方',
  clock: '时限',
  bars: '限制的环节',
  lifted: '解除',
  enters: '记入名录',
  absorbedBy: '并入的项目',
  leaves: '移出名录',
  register: '名录',
  default: '默认',
  options: '选项',
  contents: '应有篇章',
  effective: '生效日',
  expires: '失效日',
  issued: '印发日',
  number: '文号',
  articles: '条数',
  type: '类型',
  from: '来源',
  force: '约束力',
  only: '所办环节',
  copies: '份数',
  help: '填写说明',
  optional: '可不填',
  fixedAt: '固定于',
  names: '名称',
  transition: '过渡规定',
  takes: '转入的阶段',
  values: '取值名称',
}

const WORDS: Record<string, string> = {
  atLeast: '≥',
  moreThan: '>',
  atMost: '≤',
  lessThan: '<',
  in: '为其中之一',
  not: '不是',
  same: '等于',
  any: '任一',
  all: '全部',
}

/** What a key of the language is called in a sentence; undefined for those that have no word of their own. */
export function keyWord(key: string): string | undefined {
  return KEYS[key] ?? KINDS[key]
}

export function kindTitle(section: string): string {
  return KINDS[section] ?? section
}

/** A key as a person reads it: the language's own word, or the title of what it names. */
export function keyTitle(key: string, after: unknown, before: unknown): string {
  return KEYS[key] ?? titleWithin(key, after) ?? titleWithin(key, before) ?? key
}

function titleWithin(key: string, tree: unknown): string | undefined {
  if (typeof tree !== 'object' || tree === null) return undefined
  for (const [name, value] of Object.entries(tree)) {
    if (
      name === key &&
      typeof value === 'object' &&
      value !== null &&
      'title' in value &&
      typeof value.title === 'string'
    )
      return `「${value.title}」`
    const inner = titleWithin(key, value)
    if (inner) return inner
  }
  return undefined
}

/** What a key says inside a value: an operator, or a key of the language; undefined for the names of rules. */
export function operatorWord(key: string): string | undefined {
  return WORDS[key] ?? KEYS[key]
}

/** What the rules of either version are called, by their ids; the inner parts of rules have no name of their own. */
export function namesIn(...documents: object[]): (id: string) => string {
  const names = new Map<string, string>()
  const name = (section: unknown): void => {
    if (typeof section !== 'object' || section === null) return
    for (const [id, member] of Object.entries(
      section as Record<string, { title?: unknown; name?: unknown } | null>,
    )) {
      const title = typeof member === 'object' ? (member?.title ?? member?.name) : undefined
      if (typeof title === 'string' && !names.has(id)) names.set(id, title)
    }
  }
  for (const document of documents as Record<string, unknown>[]) {
    for (const section of Object.keys(KINDS)) name(document[section])
    for (const one of Object.values(
      (document.procedures ?? {}) as Record<string, { steps?: unknown; facts?: unknown }>,
    )) {
      name(one.steps)
      name(one.facts)
    }
  }
  return (id) => {
    const [head, tail] = id.split('.')
    if (tail) return `${names.get(head!) ?? head}·${names.get(tail) ?? tail}`
    return names.get(id) ?? STAGE_TITLES[id] ?? id
  }
}

/** Citations as texts. */
export function citations(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.flatMap(citations)
  if (typeof raw === 'string') return [raw]
  return typeof raw === 'object' && raw !== null && 'at' in raw ? [String(raw.at)] : []
}
