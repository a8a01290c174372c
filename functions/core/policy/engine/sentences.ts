import type { Finding } from '../model-finding.ts'

/** The Chinese sentence of each kind of finding, made from its facts. Nowhere else are findings put into words. */

type Facts = Finding['facts']
type NameOf = (name: string) => string

const text = (value: unknown): string => (value === null || value === undefined ? '未知' : String(value))

export const SENTENCES: Record<Finding['code'], (facts: Facts, title: string, nameOf: NameOf) => string> = {
  excluded: (f, t, nameOf) => {
    if (f.because) return `${text(f.because)}, 不办理「${t}」`
    const known = describe(f, nameOf)
    return known ? `${known}, 不办理「${t}」` : `「${t}」不适用于本项目`
  },
  passed: (_, t) => `「${t}」已过办理时点, 其后的环节已经办理`,
  'not-demanded': (_, t) => `「${t}」只在被要求时办理, 目前没有这项要求`,
  'already-done': (f, t) => `「${t}」已${f.on ? `于 ${text(f.on)} ` : ''}办理`,
  'not-done': (f, t) => {
    if (f.due) return `「${t}」的期限自「${text(f.waitsFor)}」办结起算`
    if (f.procedure) return `尚未发起「${text(f.waitsFor)}」程序, 不能办理「${t}」`
    if (f.outcome) return `「${text(f.waitsFor)}」的结果为「${text(f.outcome)}」, 尚未通过, 不能办理「${t}」`
    return `「${text(f.waitsFor)}」尚未办理, 不能办理「${t}」`
  },
  reopened: (f, t) => `「${text(f.waitsFor)}」已退回重办, 办结之前不能办理「${t}」`,
  'too-early': (f, t) => `「${t}」最早于 ${text(f.from)} 办理(距「${text(f.waitsFor)}」须满规定时长)`,
  'too-late': (f, t) =>
    f.dueOn
      ? `「${t}」逾期: 应于 ${text(f.dueOn)} 前办理`
      : `「${t}」已过期限, 「${text(f.closedBy)}」已经办理`,
  outstanding: (f, t) =>
    text(f.waitsFor) === t
      ? `前一次「${t}」尚未办结, 办结后才能再发起`
      : `「${text(f.waitsFor)}」尚未办结, 不能办理「${t}」`,
  undetermined: (f, t, nameOf) =>
    `「${missingOf(f, nameOf)}」尚不清楚, 无法判定「${t}」${f.due ? '的期限' : ''}`,
  requires: ({ byOutcome, ...f }, t, nameOf) =>
    byOutcome
      ? `不能以「${text(byOutcome)}」办结「${t}」: ${describe(f, nameOf)}`
      : f.title
        ? `不能办理「${t}」, 须符合: ${text(f.title)}`
        : `「${t}」的条件不成立: ${describe(f, nameOf)}`,
  veto: (f, t) => `属于「${text(f.veto)}」, 不得办理「${t}」`,
  sanction: (f, t) => `「${text(f.sanction)}」自 ${text(f.since)} 起生效, 不得办理「${t}」`,
  window: (f, t) => {
    if (f.unannounced) return `「${t}」的办理时间尚未公布, 暂不限制`
    if (f.from && text(f.day) < text(f.from))
      return `「${t}」自 ${text(f.from)} 起办理${f.to ? `(至 ${text(f.to)} 止)` : ''}`
    return `「${t}」已于 ${text(f.to)} ${f.at ? `${text(f.at)} ` : ''}截止${f.from ? `(本次为 ${text(f.from)} 至 ${text(f.to)})` : ''}`
  },
  record: (f, t) => {
    const what = `${t ? `「${t}」的` : ''}「${text(f.record)}」`
    if (f.expected) return `${what}${f.given ? `不能是「${text(f.given)}」, ` : ''}须是${text(f.expected)}`
    if (f.limit) return `「${t}」的「${text(f.record)}」${text(f.limit)}`
    return `办理「${t}」须填写「${text(f.record)}」`
  },
  material: (f, t) =>
    f.contents
      ? `「${t}」的材料「${text(f.material)}」缺少: ${text(f.contents)}`
      : `办理「${t}」须提交「${text(f.material)}」`,
  opinion: (f, t) =>
    f.objected ? `「${t}」的会签中 ${text(f.objected)} 不同意` : `「${t}」尚缺 ${text(f.from)} 的意见`,
  witness: (f, t) => `「${t}」须有 ${text(f.witness)} 见证`,
  actor: (f, t) =>
    f.apart
      ? `「${text(f.apart)}」与「${text(f.other)}」不得为同一单位, 现均为 ${text(f.organisation)}`
      : f.keeper
        ? `「${text(f.fact)}」由 ${text(f.party)} 认定, ${text(f.by)} 不能填写或更正`
        : f.sanction
          ? `办法没有规定由谁解除「${text(f.sanction)}」`
          : f.fact
            ? `「${text(f.fact)}」由 ${text(f.party)} 在「${t}」时认定, ${text(f.by)} 不能更正`
            : `「${t}」由 ${text(f.party)} 办理${f.by ? `, 不由 ${text(f.by)} 办理` : ''}`,
  through: (f, t) =>
    f.notThrough
      ? `「${t}」不通过「${text(f.notThrough)}」办理, 须单独办理`
      : `「${t}」只能通过「${text(f.through)}」办理`,
  'joint-differs': (f, t) =>
    `「${t}」须各方确认同一内容: ${text(f.party)} 已确认的「${text(f.field)}」为 ${text(f.first)}`,
  check: (f, t) => `「${t}」的核对项「${text(f.check)}」未满足`,
  norm: (f) => text(f.norm),
  version: (f, t) => `「${t}」不能按本版办法办理: ${text(f.because)}`,
  'no-policy': (f) => `${text(f.day)} 没有生效的管理办法(生效日 ${text(f.effective)})`,
  unknown: (f, t) =>
    `${t && t !== f.name ? `「${t}」` : ''}没有「${text(f.name)}」这一项${f.guess ? `, 是否指「${text(f.guess)}」?` : ''}`,
  withdrawal: (f, t) => `「${t}」不能撤回: ${WITHDRAWAL[text(f.because)]?.(f) ?? '办法不允许'}`,
  ended: (f) => `项目已于 ${text(f.on)} 终止(${text(f.result)}), 不再办理`,
}

const WITHDRAWAL: Record<string, (facts: Facts) => string> = {
  later: () => '它不是本项目最近办理的一件事',
  forbidden: () => '办法规定办理后不得撤回',
  joint: () => '由各方共同办理, 一方不能单独撤回',
  batch: () => '经批次办理, 不能就一个项目撤回',
  collective: () => '属集体决策, 须另行作出决定',
  listed: () => '已随之列入年度计划',
  unit: () => '已及于建设单位的惩戒',
  register: () => '已写入名录',
  projects: () => '已及于其他项目',
  document: (f) => `已出具「${text(f.document)}」`,
  ended: () => '项目已由此终止',
}

function missingOf(facts: Facts, nameOf: NameOf): string {
  return Object.keys(facts)
    .filter((name) => facts[name] === null)
    .map(nameOf)
    .join('、')
}

function describe(facts: Facts, nameOf: NameOf): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) => `${nameOf(name)}为${value === true ? '是' : value === false ? '否' : text(value)}`,
    )
    .join(', ')
}
