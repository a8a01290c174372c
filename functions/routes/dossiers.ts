import { createRoute, z } from '@hono/zod-openapi'
import { BASES } from '../core/case/money-lines.ts'
import { typeName } from '../core/policy/document/document-facts.ts'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { readRecord, verifyProject } from '../services/audit/read-record.ts'
import { RECORD_FORMAT } from '../services/audit/record.ts'
import { readDossier } from '../services/cases/read-dossier.ts'
import { written } from './case-schemas.ts'
import { attachmentNamed, jsonContent, newRoutes } from './parts.ts'
import { projectParams } from './projects.ts'

const articles = z.array(z.string())
const scalar = z.union([z.string(), z.number(), z.boolean()])
const basis = z.enum(BASES)

const record = z.object({
  id: z.string(),
  title: z.string(),
  type: typeName,
  value: scalar,
  amountFen: z.number().int().optional(),
  rows: z.array(z.record(z.string(), scalar)).optional(),
  columns: z.record(z.string(), z.string()).optional(),
  article: articles,
})

const run = z
  .object({
    step: z.string(),
    title: z.string(),
    stage: z.string(),
    procedure: z.string().optional(),
    part: z.string().optional(),
    period: z.string().optional(),
    n: z.number().int(),
    on: z.string(),
    by: z.array(z.string()),
    outcome: z.string(),
    outcomeTitle: z.string(),
    settles: z.boolean(),
    undone: z.boolean().optional(),
    through: z.string().optional(),
    remark: z.string().optional(),
    records: z.array(record),
    materials: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        file: z.string().optional(),
        reason: z.string().optional(),
        contents: z.array(z.string()).optional(),
        article: articles,
      }),
    ),
    article: articles,
  })
  .openapi('DossierRun')

const compared = z.object({
  name: z.string(),
  title: z.string(),
  basis: basis.optional(),
  amountFen: z.number().int().optional(),
})

const dossierView = z
  .object({
    runs: z.array(run),
    money: z.array(
      z.object({
        basis,
        amountFen: z.number().int(),
        entries: z.array(
          z.object({
            title: z.string(),
            record: z.string(),
            amountFen: z.number().int(),
            on: z.string().optional(),
            part: z.string().optional(),
            article: articles,
          }),
        ),
      }),
    ),
    comparisons: z.array(
      z.object({
        title: z.string(),
        left: compared,
        right: compared,
        limit: z.object({ operator: z.string(), share: z.string() }).optional(),
        article: articles,
      }),
    ),
    files: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        size: z.number().int(),
        sha256: z.string(),
        storedAt: z.string(),
      }),
    ),
    opinions: z.array(
      z.object({
        step: z.string(),
        procedure: z.string().optional(),
        from: z.string(),
        value: z.string(),
        aspect: z.string().optional(),
        remark: z.string().optional(),
        on: z.string(),
      }),
    ),
  })
  .openapi('Dossier')

const anchor = z.object({ n: z.number().int(), hash: z.string(), seenAt: z.string() }).nullable()

const recordView = z
  .object({
    format: z.literal(RECORD_FORMAT),
    tenant: z.string(),
    madeAt: z.string(),
    project: z.object({
      id: z.string(),
      title: z.string(),
      organisationId: z.string(),
      organisation: z.string(),
      policy: z.string(),
    }),
    facts: written,
    unit: written,
    policies: z.array(
      z.object({ hash: z.string(), effectiveOn: z.string(), title: z.string(), text: z.string() }),
    ),
    chains: z.array(
      z.object({
        chain: z.string(),
        events: z.array(
          z.object({
            stream: z.string(),
            version: z.number().int(),
            type: z.string(),
            effective_on: z.string(),
            recorded_at: z.string(),
            actor: z.string(),
            cause: z.string().nullable(),
            payload: z.string(),
          }),
        ),
        entries: z.array(
          z.object({
            chain: z.string(),
            n: z.number().int(),
            prev: z.string(),
            hash: z.string(),
            algorithm: z.string(),
            entry: z.string(),
          }),
        ),
        head: z.object({ n: z.number().int(), hash: z.string(), version: z.number().int() }).nullable(),
        anchor,
      }),
    ),
    files: z.array(
      z.object({ id: z.string(), name: z.string(), size: z.number().int(), sha256: z.string() }),
    ),
  })
  .openapi('ProjectRecord')

const verificationView = z
  .object({
    chain: z.string(),
    entries: z.number().int(),
    events: z.number().int(),
    files: z.number().int(),
    head: z.object({ n: z.number().int(), hash: z.string() }).nullable(),
    anchor,
    bad: z.object({ chain: z.string(), n: z.number().int(), reason: z.string() }).nullable(),
    checkedAt: z.string(),
  })
  .openapi('Verification')

const dossierRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/dossier',
  tags: ['projects'],
  summary: '项目卷宗: 各环节历次所填所交、会签意见、文件及散列值、资金各口径与办法所作的比较',
  request: { params: projectParams },
  responses: { 200: jsonContent(dossierView, '卷宗'), ...commonProblems },
})

const recordRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/record',
  tags: ['projects'],
  summary: '项目档案导出: 事件、审计链、办法版本全文、文件散列值, 可用 audit verify --record 在别处核验',
  request: { params: projectParams },
  responses: { 200: jsonContent(recordView, '档案'), ...commonProblems },
})

const verificationRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/verification',
  tags: ['projects'],
  summary: '现在核验项目的审计链',
  request: { params: projectParams },
  responses: { 200: jsonContent(verificationView, '核验结果'), ...commonProblems },
})

/** What is kept of a project, and whether it still is what was written. */
export const dossiers = newRoutes()
  .openapi(dossierRoute, async (c) =>
    c.json(await readDossier(tenantContext(c), c.req.valid('param').id), 200),
  )
  .openapi(recordRoute, async (c) => {
    const { id } = c.req.valid('param')
    const view = await readRecord(tenantContext(c), id)
    c.header('content-disposition', attachmentNamed(`项目档案-${view.project.title}.json`))
    return c.json(view, 200)
  })
  .openapi(verificationRoute, async (c) =>
    c.json(await verifyProject(tenantContext(c), c.req.valid('param').id), 200),
  )
