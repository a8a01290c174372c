import { createRoute, z } from '@hono/zod-openapi'
import { ASPECTS } from '../core/policy/aspects.ts'
import { requestContext } from '../http/context.ts'
import { commonProblems, findingSchema } from '../http/problem.ts'
import { overseeDues } from '../services/oversight/oversee-dues.ts'
import { overseePolicies } from '../services/oversight/oversee-policies.ts'
import { AMOUNTS, OVERSEEN_ORDERS, overseeProjects } from '../services/oversight/oversee-projects.ts'
import { overseeSummary } from '../services/oversight/oversee-summary.ts'
import {
  aDay,
  aJurisdiction,
  anId,
  jsonContent,
  newRoutes,
  pageQuery,
  pageSchema,
  policyName,
} from './parts.ts'

const aYear = z
  .string()
  .regex(/^(none|\d{4})$/, '须为四位年份, 或 none')
  .transform((year) => (year === 'none' ? ('none' as const) : Number(year)))
  .openapi({ type: 'string', description: '计划年度; none 为没有计划年度的', example: '2026' })

const filters = {
  jurisdiction: z
    .string()
    .regex(/^(\d{6}|[a-z0-9][a-z0-9-]{0,62})$/)
    .optional()
    .openapi({ description: '租户编号, 或行政区划代码(含其下级)' }),
  year: aYear.optional(),
  stage: policyName.optional(),
  category: z.string().min(1).max(100).optional().openapi({ description: '计划类别; none 为没有类别的' }),
  on: aDay.optional().openapi({ description: '以哪一天判断逾期, 默认今天' }),
}

const yes = z
  .enum(['true', 'false'])
  .transform((word) => word === 'true')
  .openapi({ type: 'string', enum: ['true', 'false'] })

const fen = z.number().int()
const gathered = {
  projects: z.number().int(),
  amounts: z.object({
    estimate: z.object({ fen, projects: z.number().int() }),
    approved: z.object({ fen, projects: z.number().int() }),
    budget: z.object({ fen, projects: z.number().int() }),
    contract: z.object({ fen, projects: z.number().int() }),
    paid: z.object({ fen, projects: z.number().int() }),
  }),
  overdue: z.object({ obligations: z.number().int(), projects: z.number().int() }),
}

const summary = z
  .object({
    on: z.string(),
    division: z.string(),
    total: z.object(gathered),
    byJurisdiction: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        division: z.string(),
        level: z.string(),
        superior: z.string().nullable(),
        ...gathered,
      }),
    ),
    byStage: z.array(z.object({ stage: z.string(), ...gathered })),
    byCategory: z.array(
      z.object({ category: z.string().nullable(), title: z.string().nullable(), ...gathered }),
    ),
    byYear: z.array(z.object({ year: z.number().int().nullable(), ...gathered })),
    stages: z.array(
      z.object({
        stage: z.string(),
        medianDays: z.number(),
        stays: z.number().int(),
        projects: z.number().int(),
      }),
    ),
    freshness: z.array(
      z.object({
        jurisdiction: z.string(),
        lastSequence: z.number().int(),
        headSequence: z.number().int(),
        pulledAt: z.string().nullable(),
        lag: z.object({ entries: z.number().int(), seconds: z.number().int().nullable() }),
        error: z.string().nullable(),
        parked: z.number().int(),
      }),
    ),
  })
  .openapi('OversightSummary')

const known = fen.nullable()
const project = z
  .object({
    id: z.string(),
    jurisdiction: z.string(),
    jurisdictionName: z.string(),
    division: z.string(),
    title: z.string(),
    organisation: z.string().nullable(),
    stage: z.string(),
    category: z.string().nullable(),
    categoryTitle: z.string().nullable(),
    nature: z.string().nullable(),
    year: z.number().int().nullable(),
    amounts: z.object({ estimate: known, approved: known, budget: known, contract: known, paid: known }),
    openedOn: z.string(),
    endedOn: z.string().nullable(),
    ended: z.string().nullable(),
    overdue: z.number().int(),
    nextDueOn: z.string().nullable(),
  })
  .openapi('OverseenProject')

const summaryRoute = createRoute({
  method: 'get',
  path: '/oversight/summary',
  tags: ['oversight'],
  summary: '下级各辖区的项目与金额, 逾期事项, 各阶段用时(监管人员)',
  request: { query: z.strictObject(filters) },
  responses: { 200: jsonContent(summary, '汇总; 每个数字都可用同样的筛选条件列出项目'), ...commonProblems },
})

const projectsRoute = createRoute({
  method: 'get',
  path: '/oversight/projects',
  tags: ['oversight'],
  summary: '下级各辖区的项目(监管人员)',
  request: {
    query: z.strictObject({
      ...pageQuery.shape,
      ...filters,
      overdue: yes.optional().openapi({ description: '只列有逾期事项的' }),
      passed: policyName.optional().openapi({ description: '只列已走完这一阶段的' }),
      word: z.string().trim().min(1).max(100).optional().openapi({ description: '名称或建设单位含有的文字' }),
      known: z.enum(AMOUNTS).optional().openapi({ description: '只列已知这一口径金额的' }),
      order: z
        .enum(OVERSEEN_ORDERS)
        .optional()
        .openapi({ description: '按哪一口径的金额排列, 前加减号为从大到小; 不填则按辖区' }),
    }),
  },
  responses: { 200: jsonContent(pageSchema(project), '一页项目'), ...commonProblems },
})

const ruleLine = z.object({ text: z.string(), article: z.array(z.string()), reading: z.string().optional() })
const compared = z
  .object({
    on: z.string(),
    jurisdictions: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        division: z.string(),
        level: z.string(),
        superior: z.string().nullable(),
        policy: z
          .object({
            hash: z.string(),
            title: z.string(),
            number: z.string().nullable(),
            effectiveOn: z.string(),
            source: z.string(),
            unseen: z.array(z.string()),
          })
          .nullable(),
      }),
    ),
    rows: z.array(
      z.object({
        aspect: z.enum(ASPECTS),
        key: z.string(),
        title: z.string(),
        stage: z.string().nullable(),
        cells: z.record(z.string(), z.array(ruleLine)),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('ComparedPolicies')

const policiesRoute = createRoute({
  method: 'get',
  path: '/oversight/policies',
  tags: ['oversight'],
  summary: '下级各辖区的办法逐项对照(监管人员)',
  request: {
    query: z.strictObject({
      jurisdiction: filters.jurisdiction,
      on: aDay.optional().openapi({ description: '哪一天有效的办法, 默认今天' }),
      limit: z.coerce.number().int().min(1).max(20).default(12),
      after: pageQuery.shape.after,
    }),
  },
  responses: { 200: jsonContent(compared, '每行一件事, 每格是该辖区的规定和条文'), ...commonProblems },
})

const duesRoute = createRoute({
  method: 'get',
  path: '/oversight/projects/{jurisdiction}/{project}/dues',
  tags: ['oversight'],
  summary: '下级辖区一个项目的各到期日及其依据: 条文、办法版本、起算的日子和要素(监管人员)',
  request: { params: z.strictObject({ jurisdiction: aJurisdiction, project: anId }) },
  responses: {
    200: jsonContent(
      z
        .object({
          policy: z.string().nullable().openapi({ description: '判定所依办法版本的哈希' }),
          items: z.array(
            z.object({
              item: z.string(),
              step: z.string(),
              title: z.string(),
              parties: z.array(z.string()),
              dueOn: z.string(),
              provisional: z.boolean(),
              reason: z
                .object({
                  message: z.string(),
                  article: z.array(z.string()),
                  facts: findingSchema.shape.facts,
                })
                .nullable(),
            }),
          ),
        })
        .openapi('OverseenDues'),
      '按到期日先后; 依据为空的, 下一次读取该辖区的记录后即有',
    ),
    ...commonProblems,
  },
})

/** The read model of superior jurisdictions. Mounted before the tenants' routes: `oversight` is no tenant. */
export const oversight = newRoutes()
  .openapi(summaryRoute, async (c) =>
    c.json(await overseeSummary(requestContext(c), c.req.valid('query')), 200),
  )
  .openapi(policiesRoute, async (c) =>
    c.json(await overseePolicies(requestContext(c), c.req.valid('query')), 200),
  )
  .openapi(projectsRoute, async (c) =>
    c.json(await overseeProjects(requestContext(c), c.req.valid('query')), 200),
  )
  .openapi(duesRoute, async (c) => c.json(await overseeDues(requestContext(c), c.req.valid('param')), 200))
