import type { SheetData } from 'write-excel-file/universal'
import { EXCEPTION_TITLES } from '../../core/case/exceptions.ts'
import type { PolicyDocument } from '../../core/policy/document/document.ts'
import { STAGE_TITLES } from '../../core/values/stages.ts'
import type { TenantContext } from '../context.ts'
import type { Actor } from '../enter.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { versionOn } from '../tenants/policies.ts'
import { readProjects } from './list-projects.ts'
import type { Order, ProjectFilter } from './project-filter.ts'
import type { ProjectItem, Totals } from './project-item.ts'

/** Columns of an exported list, in the order that is asked for. */
export const EXPORT_COLUMNS = [
  'code',
  'title',
  'organisation',
  'stage',
  'planYear',
  'nature',
  'category',
  'track',
  'estimate',
  'approved',
  'budget',
  'contract',
  'paid',
  'final',
  'due',
  'exceptions',
  'gates',
  'updated',
] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]

/** What is exported: all that the filter matches, or the chosen ids, up to `MOST` rows. */
export interface ExportProjects extends ProjectFilter {
  order?: Order
  columns: readonly ExportColumn[]
}

/** More rows than a person works with in a sheet, and than one request should carry. */
const MOST = 10_000

/** A workbook of the projects that the person may see, headed by who made it, when and with which filter. */
export async function exportProjects(
  ctx: TenantContext,
  asked: ExportProjects,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const wanted = { ...asked, limit: MOST, totals: true, gates: true }
  const { page, actor, versions } = await readProjects(ctx, wanted)
  const adopted = versionOn(versions, ctx.today)
  if (!adopted) throw noPolicy(ctx.today)
  const words = wordsOf(adopted.policy.document)
  const columns = asked.columns.map((id) => COLUMNS[id])
  const data: SheetData = [
    [{ value: '项目清单', fontWeight: 'bold', fontSize: 14 }],
    ...heading(ctx, actor, asked, page.totals!, words).map((line) => [{ value: line, type: String }]),
    [],
    columns.map(({ title }) => ({
      value: title,
      fontWeight: 'bold' as const,
      backgroundColor: '#E7EFFA',
      align: 'center' as const,
    })),
    ...page.items.map((item) => columns.map(({ cell }) => cell(item, words))),
    columns.map(({ sum }, i) =>
      i === 0 ? { value: '合计', fontWeight: 'bold' as const } : sumCell(sum, page.totals!),
    ),
  ]
  const { default: writeWorkbook } = await import('write-excel-file/universal')
  const blob = await writeWorkbook(data, {
    sheet: '项目清单',
    columns: columns.map(({ width }) => ({ width })),
  }).toBlob()
  return { name: `项目清单-${ctx.today}.xlsx`, bytes: new Uint8Array(await blob.arrayBuffer()) }
}

type Cell = SheetData[number][number]
type Words = ReturnType<typeof wordsOf>
type Sum = Exclude<keyof Totals, 'count'>

interface Column {
  title: string
  width: number
  sum?: Sum
  cell: (item: ProjectItem, words: Words) => Cell
}

// A cell with a type is what it says: a title that begins with = stays a text.
const words = (value: string | null | undefined): Cell => (value ? { value, type: String } : null)
const wan = (fen: number | null): Cell =>
  fen === null ? null : { value: fen / 1_000_000, type: Number, format: '#,##0.00####' }
const money = (title: string, sum: Sum): Column => ({ title, width: 16, sum, cell: (one) => wan(one[sum]) })

const COLUMNS: Record<ExportColumn, Column> = {
  code: { title: '项目代码', width: 26, cell: (one) => words(one.code) },
  title: { title: '项目名称', width: 40, cell: (one) => words(one.title) },
  organisation: { title: '建设单位', width: 24, cell: (one) => words(one.organisation) },
  stage: { title: '阶段', width: 10, cell: (one, { stage }) => words(stage(one.stage)) },
  planYear: {
    title: '计划年度',
    width: 10,
    cell: (one) => (one.planYear === null ? null : { value: one.planYear, type: Number, format: '0' }),
  },
  nature: { title: '性质', width: 12, cell: (one, { option }) => words(option('nature', one.nature)) },
  category: { title: '类别', width: 14, cell: (one, { option }) => words(option('category', one.category)) },
  track: { title: '办理路径', width: 14, cell: (one, { track }) => words(track(one.track)) },
  estimate: money('申报概算(万元)', 'estimateFen'),
  approved: money('批复概算(万元)', 'approvedFen'),
  budget: money('预算(万元)', 'budgetFen'),
  contract: money('合同(万元)', 'contractFen'),
  paid: money('已拨付(万元)', 'paidFen'),
  final: money('决算(万元)', 'finalFen'),
  due: {
    title: '最近期限',
    width: 28,
    cell: (one) => words(one.dueOn && `${one.dueOn} ${one.dueTitle ?? ''}`.trim()),
  },
  exceptions: {
    title: '异常',
    width: 24,
    cell: (one) => words(one.exceptions.map(({ kind }) => EXCEPTION_TITLES[kind]).join('、')),
  },
  gates: {
    title: '未满足的条件',
    width: 50,
    cell: (one) =>
      words(one.gates.flatMap(({ findings }) => findings.map(({ message }) => message)).join('; ')),
  },
  updated: {
    title: '最近变动',
    width: 18,
    cell: (one) => words(officeTime(new Date(one.updatedAt))),
  },
}

function sumCell(sum: Sum | undefined, totals: Totals): Cell {
  const fen = sum && totals[sum]
  return fen === undefined || fen === null
    ? null
    : { value: fen / 1_000_000, type: Number, format: '#,##0.00####', fontWeight: 'bold' }
}

function heading(
  ctx: TenantContext,
  actor: Actor,
  asked: ExportProjects,
  totals: Totals,
  names: Words,
): string[] {
  const shown = totals.count > MOST ? `, 仅列前 ${MOST} 个` : ''
  return [
    `导出人: ${actor.organisation} ${actor.name}`,
    `导出时间: ${officeTime(ctx.now)}`,
    `范围: ${asked.ids ? '所选项目' : filterText(asked, names)}`,
    `共 ${totals.count} 个项目${shown}; 金额单位: 万元`,
  ]
}

function filterText(asked: ExportProjects, { stage, option, track, organisation }: Words): string {
  const bound = (fen: number | undefined) => (fen === undefined ? undefined : `${fen / 1_000_000}万元`)
  const parts: [string, string | number | null | undefined][] = [
    ['关键词', asked.word],
    ['阶段', asked.stage && stage(asked.stage)],
    ['计划年度', asked.year],
    ['建设单位', organisation(asked.organisation)],
    ['性质', option('nature', asked.nature ?? null)],
    ['类别', option('category', asked.category ?? null)],
    ['办理路径', track(asked.track ?? null)],
    ['概算不低于', bound(asked.leastFen)],
    ['概算不高于', bound(asked.mostFen)],
    ['期限', asked.due && (asked.due === 'overdue' ? '已逾期' : '七天内到期')],
    ['办结', asked.ended === undefined ? undefined : asked.ended ? '已办结' : '办理中'],
    ['异常', asked.exception && (asked.exception === 'any' ? '有异常' : EXCEPTION_TITLES[asked.exception])],
    ['采购或付款', asked.gated ? '条件未满足' : undefined],
  ]
  const said = parts.filter(([, value]) => value !== undefined && value !== null && value !== '')
  return said.length === 0 ? '全部项目' : said.map(([name, value]) => `${name}: ${value}`).join('; ')
}

function wordsOf(document: PolicyDocument) {
  const records = Object.values(document.steps['plan-listing']?.outcomes ?? {}).map((one) => one.records)
  const options: Record<string, Record<string, string> | undefined> = {
    nature: document.facts.nature?.options,
    category: {
      ...document.facts.category?.options,
      ...document.steps['plan-listing']?.records?.category?.options,
      ...records.map((one) => one?.category?.options).find((one) => one !== undefined),
    },
  }
  return {
    stage: (id: string) => document.stages[id]?.title ?? STAGE_TITLES[id] ?? id,
    option: (fact: string, id: string | null) => (id === null ? null : (options[fact]?.[id] ?? id)),
    track: (id: string | null) => (id === null ? null : (document.tracks[id]?.title ?? id)),
    organisation: (id: string | undefined) => (id === undefined ? undefined : '所选单位'),
  }
}

/** An instant in Asia/Shanghai, which keeps UTC+8 all year. */
function officeTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
