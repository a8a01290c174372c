/** Texts around annual plans and other acts on many projects. */
export const plans = {
  none: ['还没有计划或批次', 'No plans yet'],
  title: ['名称', 'Title'],
  kind: ['种类', 'Kind'],
  year: ['年度', 'Year'],
  open: ['新建', 'Open one'],
  opened: ['已建立', 'Opened'],
  items: ['列入的项目 {{n}}', 'Projects in it: {{n}}'],
  noItems: ['还没有列入项目', 'No projects in it yet'],
  candidates: ['可以列入的项目 {{n}}', 'Projects that can be put in: {{n}}'],
  putIn: ['列入所选 {{n}} 个', 'Put in {{n}}'],
  added: ['已列入 {{n}} 个项目', '{{n}} put in'],
  takeOut: ['移出', 'Take out'],
  carried: ['已办理, 结果写入 {{n}} 个项目', 'Done; carried into {{n}} projects'],
  wouldCarry: ['可以办理, 结果将写入 {{n}} 个项目', 'It can be done and is carried into {{n}} projects'],
} as const
