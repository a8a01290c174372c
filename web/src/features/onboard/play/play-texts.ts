import i18next from 'i18next'
import { useText } from '../../../shared/text.ts'

/** Texts of the rehearsal of a policy; they come with its page, not with the start of the portal. */
const texts = {
  title: ['试演一个项目', 'Rehearse a project'],
  lead: [
    '填好左边的要素, 像真办一样一步一步往下走, 看规则放不放行、依据哪一条; 或者一键走完全程。这里什么都不保存, 不影响任何项目。',
    'State the facts, then act step by step and see what the rules allow and by which article; or play the whole life at once. Nothing is stored.',
  ],
  back: ['返回办法文本', 'Back to the text'],
  sample: ['填入样例项目', 'Fill in a sample'],
  sampleOf: ['样例: {{title}}', 'Sample: {{title}}'],
  sampleHint: [
    '不知道填什么? 填入一个样例, 再改成您想试的情形。',
    'Not sure what to state? Take a sample and change it.',
  ],
  whole: ['一键走完全程', 'Play the whole life'],
  wholeRest: ['自动走完余下环节', 'Play the rest'],
  wholeHint: [
    '没填的要素按常见情形补上, 能办的依次办, 期限都赶得上。',
    'What is not stated is supposed; whatever is open is done in time.',
  ],
  wholeDone: [
    '走完了: 共办 {{n}} 步, 自 {{from}} 至 {{to}}',
    'Played to the end: {{n}} acts, {{from}} to {{to}}',
  ],
  wholeLeft: ['此后只剩每期都要办的事项。', 'Only what comes again every period is left.'],
  wholeStuck: ['走到这里停住了, 原因如下', 'It came to a stop here'],
  open: ['打开场景文件', 'Open a scenario'],
  file: ['场景文件', 'Scenario file'],
  fileHint: [
    '把这次推演存下来, 改了办法再打开重放; 命令行 policy simulate 得到同样的结果。也可把文件拖到这里打开。',
    'Keep this rehearsal and play it again on a changed text; policy simulate gives the same answers. Drop a file here to open it.',
  ],
  save: ['存为场景文件', 'Save as a scenario'],
  saveName: ['场景名称', 'Name of the scenario'],
  saveNameHint: ['如: 第二十条 追加投资须重新报批', 'Such as: art. 20, more money needs a new approval'],
  undo: ['撤回上一步', 'Undo the last act'],
  over: ['重来', 'Start over'],
  overAsk: ['清掉全部经过, 要素保留?', 'Clear all acts and keep the facts?'],
  playTab: ['一步一步办', 'Step by step'],
  wayTab: ['按要素要走的全部环节', 'All steps on these facts'],
  next: ['接下来', 'Next'],
  today: ['推演到 {{on}}', 'Played to {{on}}'],
  openNow: ['现在能办', 'Open now'],
  nothingOpen: [
    '现在没有能办的环节。可以让时间往后走, 或看看下面在等什么。',
    'Nothing is open now. Let time pass, or see below what is waited for.',
  ],
  factsFirst: [
    '先在左边填写项目要素, 或填入样例项目; 也可以直接「一键走完全程」。',
    'State the facts first, take a sample, or play the whole life at once.',
  ],
  allDone: ['项目该办的都办完了', 'All that is owed is done'],
  projectEnded: ['项目已结束: {{result}}', 'The project has ended: {{result}}'],
  optional: ['可办可不办', 'Optional'],
  again: ['可以再次办理 {{n}} 项', 'May be done again: {{n}}'],
  waits: ['还不能办 {{n}} 项, 在等什么', 'Not open yet: {{n}}'],
  otherDuties: ['有期限的待办', 'Duties with a due day'],
  act: ['办理', 'Do it'],
  actAgain: ['再办一次', 'Do it again'],
  actAnyway: ['硬办试试', 'Try anyway'],
  decide: ['需要认定', 'To be decided'],
  decideDo: ['作出认定', 'Decide'],
  decided: ['已认定: {{value}}', 'Decided: {{value}}'],
  starts: ['可以发起的程序', 'Procedures to start'],
  start: ['发起', 'Start'],
  sanctions: ['惩戒中', 'Sanctions in force'],
  lift: ['解除', 'Lift'],
  time: ['让时间往后走', 'Let time pass'],
  timeTo: ['走到哪一天', 'Until'],
  timeGo: ['走到这一天', 'Go'],
  timeMonth: ['往后一个月', 'One month on'],
  timeDue: ['走过最近的期限({{on}})', 'Past the next due day ({{on}})'],
  log: ['经过', 'What happened'],
  logEmpty: [
    '还没有办过任何环节。从上面选一个「办理」, 或点「一键走完全程」。',
    'Nothing was done yet. Do a step above, or play the whole life.',
  ],
  logCount: ['{{n}} 步, 其中被拒 {{refused}} 步', '{{n}} acts, {{refused}} refused'],
  accepted: ['放行', 'Accepted'],
  refused: ['拒绝', 'Refused'],
  awaiting: ['等待{{party}}', 'Awaiting {{party}}'],
  timeLine: ['时间到了 {{on}}', 'Time passed to {{on}}'],
  startLine: ['发起「{{title}}」', 'Started: {{title}}'],
  decideLine: ['认定「{{title}}」: {{value}}', 'Decided {{title}}: {{value}}'],
  opinionLine: ['对「{{title}}」发表意见', 'Opinion on {{title}}'],
  witnessLine: ['见证「{{title}}」', 'Attested: {{title}}'],
  drawLine: ['为「{{title}}」抽取专家', 'Experts drawn for {{title}}'],
  factsLine: ['更正项目要素', 'Facts corrected'],
  liftLine: ['解除「{{title}}」', 'Lifted: {{title}}'],
  imposeLine: ['实施「{{title}}」', 'Imposed: {{title}}'],
  withdrawLine: ['收回「{{title}}」', 'Withdrawn: {{title}}'],
  adoptLine: ['存量项目接入', 'Taken over'],
  announceLine: ['公布「{{title}}」的起止日', 'Dates announced: {{title}}'],
  batchLine: ['批次「{{title}}」: {{step}}', 'Batch {{title}}: {{step}}'],
  stageMove: ['进入「{{to}}」阶段', 'Enters “{{to}}”'],
  owedThen: ['接着要办', 'Then owed'],
  by: ['至 {{on}}', 'by {{on}}'],
  overdueThen: ['「{{title}}」逾期(应于 {{on}} 前)', '“{{title}}” is overdue (by {{on}})'],
  sanctionThen: ['惩戒「{{title}}」自 {{on}} 起', 'Sanction “{{title}}” from {{on}}'],
  reopenedThen: ['「{{title}}」失效, 须重办', '“{{title}}” lapsed and must be redone'],
  endedThen: ['项目因逾期结束', 'The project ended by lapse'],
  notes: ['提示 {{n}} 条', '{{n}} notes'],
  remove: ['删去第 {{n}} 步', 'Remove act {{n}}'],
  unplayed: ['未播放', 'Not played yet'],
  step1: ['从头逐条播放', 'From the beginning'],
  stepNext: ['播放下一条', 'Play the next'],
  stepAll: ['全部播放', 'Play all'],
  several: ['文件里有 {{n}} 个场景, 选一个', 'The file holds {{n}} scenarios; choose one'],
  manyProjects: [
    '这个场景里有几个项目, 下面看的是第一个',
    'The scenario has several projects; the first one is shown',
  ],
  badFile: ['{{name}} 不是能播放的场景文件', '{{name}} cannot be played'],
  place: ['第 {{line}} 行第 {{column}} 列', 'line {{line}}, column {{column}}'],
  factsWrong: ['这些要素有问题', 'These facts cannot be'],
  formDay: ['办理日期', 'Day'],
  formBy: ['由谁办', 'By'],
  formByAll: ['共同办理, 都要确认', 'Jointly: all confirm'],
  formOpinions: ['会签意见', 'Opinions'],
  formNone: ['不给意见', 'None'],
  formWitness: ['到场见证', 'Witnesses'],
  formExperts: ['专家', 'Experts'],
  formDissent: ['不同意的专家', 'Experts who object'],
  formMaterials: [
    '材料(该交的已勾上, 去掉一份试试)',
    'Materials (needed ones are ticked; leave one out and see)',
  ],
  formMinute: ['会议纪要文号', 'Number of the minute'],
  formReason: ['不提交的理由', 'Why it is not handed in'],
  formPeriod: ['哪一期', 'Period'],
  formFilled: [
    '已替您填好常见的内容, 可直接办理, 也可改一改看会怎样。',
    'Filled in with what is usual; act at once, or change something and see.',
  ],
  formRefused: ['规则不放行', 'The rules refuse it'],
  formRefusedHint: [
    '这一步已记入经过。改好再办, 或关掉后撤回。',
    'It stands in the log. Mend it and try again, or close and undo.',
  ],
  formClose: ['关闭', 'Close'],
  failed: ['没能推演: {{reason}}', 'It could not be played: {{reason}}'],
  rehearsal: ['试演', 'Rehearsal'],
} as const satisfies Record<string, readonly [string, string]>

export type PlayKey = keyof typeof texts

for (const [place, language] of ['zh-CN', 'en'].entries())
  i18next.addResourceBundle(
    language,
    'translation',
    { play: Object.fromEntries(Object.entries(texts).map(([key, pair]) => [key, pair[place]])) },
    true,
  )

/** Texts of the rehearsal beside those of the portal. */
export function usePlayText() {
  const { t, language } = useText()
  const p = (key: PlayKey, values?: Record<string, unknown>): string =>
    i18next.t(`play.${key}`, { ...values })
  return { t, p, language }
}
