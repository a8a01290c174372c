import { createRoute, z } from '@hono/zod-openapi'
import { EXCEPTION_TITLES } from '../core/case/exceptions.ts'
import { tenantContext } from '../http/context.ts'
import { commonProblems, findingSchema } from '../http/problem.ts'
import { EXPORT_COLUMNS, exportProjects } from '../services/cases/export-projects.ts'
import { listProjects } from '../services/cases/list-projects.ts'
import { ORDERS } from '../services/cases/project-filter.ts'
import {
  aName,
  anId,
  attachmentNamed,
  jsonContent,
  jsonRequest,
  newRoutes,
  pageQuery,
  pageSchema,
  policyName,
  tenantParams,
} from './parts.ts'

const fen = z.number().int().nullable()
const money = z.object({
  estimateFen: fen,
  approvedFen: fen,
  budgetFen: fen,
  contractFen: fen,
  paidFen: fen,
  finalFen: fen,
})

const exceptionKind = z.enum(
  Object.keys(EXCEPTION_TITLES) as [keyof typeof EXCEPTION_TITLES, ...(keyof typeof EXCEPTION_TITLES)[]],
)

const projectItem = money
  .extend({
    id: z.string(),
    title: z.string(),
    code: z.string().nullable(),
    organisationId: z.string(),
    organisation: z.string(),
    planYear: z.number().int().nullable(),
    nature: z.string().nullable(),
    category: z.string().nullable(),
    track: z.string().nullable(),
    stage: z.string(),
    settled: z.boolean(),
    ended: z.string().nullable(),
    dueOn: z.string().nullable(),
    dueTitle: z.string().nullable(),
    exceptions: z.array(
      z.object({
        kind: exceptionKind,
        step: z.string(),
        on: z.string().optional(),
        article: z.array(z.string()),
      }),
    ),
    gates: z.array(z.object({ step: z.string(), title: z.string(), findings: z.array(findingSchema) })),
    version: z.number().int(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('ProjectItem')

const totals = money.extend({ count: z.number().int() }).nullable()

/** An amount in a query, in 万元 with at most six decimals. */
const wan = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, '须是万元数, 如 500 或 12.5')
const aYear = z.number().int().min(1949).max(2200)
const yes = z.enum(['true', 'false'])

const ruleKey = z
  .string()
  .max(300)
  .regex(/^[a-z]{2,20}:\S/, '须是 policy/uses 给出的规则键')

const filters = {
  word: aName(100).optional().openapi({ description: '项目名称、代码、单位中的词, 或拼音首字母' }),
  stage: policyName.optional(),
  organisation: anId.optional(),
  nature: policyName.optional(),
  category: policyName.optional(),
  track: policyName.optional(),
  least: wan.optional().openapi({ description: '申报概算不低于(万元)' }),
  most: wan.optional().openapi({ description: '申报概算不高于(万元)' }),
  due: z.enum(['overdue', 'soon']).optional(),
  exception: exceptionKind.or(z.literal('any')).optional(),
  rule: ruleKey.optional().openapi({
    description: '只看这条规则涉及过的项目: policy/uses 给出的键',
    example: 'step:declare',
  }),
  order: z.enum(ORDERS).optional(),
}

/** Bounds in 分. */
function inFen<T extends { least?: string; most?: string }>({ least, most, ...rest }: T) {
  const bound = (text: string | undefined) =>
    text === undefined ? undefined : Math.round(Number(text) * 1_000_000)
  return { ...rest, leastFen: bound(least), mostFen: bound(most) }
}

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects',
  tags: ['projects'],
  summary: '项目, 最近变动的在前: 主管部门看到全部, 单位看到自己参与的',
  request: {
    params: tenantParams,
    query: pageQuery.extend({
      ...filters,
      year: z.coerce.number().pipe(aYear).optional(),
      ended: yes.optional(),
      gated: yes.optional().openapi({ description: '只看采购或付款条件未满足的' }),
      totals: yes.optional().openapi({ description: '同时给出符合条件的总数与各项金额合计' }),
      gates: yes.optional().openapi({ description: '同时给出采购与付款尚未满足的条件' }),
    }),
  },
  responses: {
    200: jsonContent(pageSchema(projectItem).extend({ totals }), '一页项目'),
    ...commonProblems,
  },
})

const exportRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/export',
  tags: ['projects'],
  summary: '导出项目清单为 xlsx: 当前筛选或所选的项目, 至多 10000 行',
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        ...filters,
        year: aYear.optional(),
        ended: z.boolean().optional(),
        gated: z.boolean().optional(),
        ids: z.array(anId).min(1).max(10_000).optional(),
        columns: z.array(z.enum(EXPORT_COLUMNS)).min(1).max(EXPORT_COLUMNS.length),
      }),
    ),
  },
  responses: {
    200: {
      description: '工作簿',
      content: { [mediaType()]: { schema: { type: 'string', format: 'binary' } } },
    },
    ...commonProblems,
  },
})

function mediaType() {
  return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' as const
}

/** Projects as lists and workbooks. */
export const projectList = newRoutes()
  .openapi(listRoute, async (c) => {
    const { ended, gated, totals: summed, gates, ...query } = inFen(c.req.valid('query'))
    const asked = {
      ...query,
      ended: ended === undefined ? undefined : ended === 'true',
      gated: gated === 'true',
      totals: summed === 'true',
      gates: gates === 'true',
    }
    return c.json(await listProjects(tenantContext(c), asked), 200)
  })
  .openapi(exportRoute, async (c) => {
    const { name, bytes } = await exportProjects(tenantContext(c), inFen(c.req.valid('json')))
    return c.body(bytes, 200, {
      'content-type': mediaType(),
      'content-disposition': attachmentNamed(name),
    })
  })
