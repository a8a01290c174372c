import { z } from '@hono/zod-openapi'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ZodError } from 'zod'
import { AppError, type ErrorKind, type InputError } from '../services/errors.ts'
import type { Refusal } from '../services/result.ts'
import type { AppEnv } from './env.ts'
import { issueText } from './issue-text.ts'

const STATUS = {
  malformed: [400, '请求不合格式'],
  'key-required': [400, '缺少 Idempotency-Key'],
  unauthenticated: [401, '未登录'],
  credentials: [401, '登录失败'],
  forbidden: [403, '无权办理'],
  'foreign-origin': [403, '来源不符'],
  'not-found': [404, '未找到'],
  taken: [409, '已存在'],
  conflict: [409, '同时办理'],
  'length-required': [411, '须说明长度'],
  stale: [412, '内容已更新'],
  'too-large': [413, '内容过大'],
  'unsupported-type': [415, '格式不支持'],
  'key-reused': [422, 'Idempotency-Key 已用于另一请求'],
  'policy-refused': [422, '办法未通过检查'],
  'no-policy': [422, '没有生效的办法'],
  'precondition-required': [428, '须带 If-Match'],
  'too-many-tries': [429, '尝试过多'],
  busy: [503, '暂不可用'],
} as const satisfies Record<ErrorKind, readonly [number, string]>

type ProblemStatus = (typeof STATUS)[ErrorKind][0] | 422 | 500

/** A finding in an answer: why a step is or is not allowed, with its articles. */
export const findingSchema = z
  .object({
    code: z.string(),
    level: z.enum(['block', 'note']),
    article: z.array(z.string()),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    message: z.string(),
    step: z.string().optional(),
    project: z.string().optional(),
  })
  .openapi('Finding')

/** RFC 9457, with a stable `code` and, for a refusal by the law, its findings. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    instance: z.string(),
    findings: z.array(findingSchema).optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    problems: z.array(z.unknown()).optional(),
  })
  .openapi('Problem')

const content = { 'application/problem+json': { schema: problemSchema } }

/** Refusals that every route shares. */
export const commonProblems = {
  400: { description: '请求不合格式, 或缺少 Idempotency-Key', content },
  401: { description: '未登录', content },
  403: { description: '无权办理', content },
  404: { description: '未找到, 或属于其他租户', content },
  409: { description: '同时办理, 或已存在', content },
  413: { description: '内容过大', content },
  415: { description: '格式不支持', content },
  422: { description: '依条款不能办理(见 findings), 或 Idempotency-Key 已用于另一请求', content },
  503: { description: '暂不可用, 可用同一 Idempotency-Key 重试', content },
}

/** Beside the common ones, for what is edited under a version. */
export const versionProblems = {
  412: { description: '内容已更新', content },
  428: { description: '须带 If-Match', content },
}

interface Extra {
  detail?: string
  findings?: Refusal['findings']
  errors?: InputError[]
  problems?: unknown[]
}

/** A problem document as the answer of a route. */
export function problem<S extends ProblemStatus>(
  c: Context<AppEnv>,
  status: S,
  code: string,
  title: string,
  extra: Extra = {},
) {
  c.get('seen').code = code
  const body: z.infer<typeof problemSchema> = {
    type: `urn:problem:${code}`,
    title,
    status,
    code,
    instance: `urn:uuid:${c.get('requestId')}`,
    ...extra,
  }
  return c.json(body, status, { 'content-type': 'application/problem+json; charset=utf-8' })
}

/** The answer for what the law does not allow: every finding at once. */
export function refusalProblem(c: Context<AppEnv>, refusal: Refusal) {
  const blocking = refusal.findings.find((finding) => finding.level === 'block')
  return problem(c, 422, 'refused', '依条款不能办理', {
    detail: blocking?.message,
    findings: refusal.findings,
  })
}

/** Wherever an error comes from, it ends here once. Only unknown errors are bugs, and they say nothing of themselves. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  if (error instanceof AppError) {
    const [status, title] = STATUS[error.kind]
    const { retryAfter, ...extra } = error.extra
    if (retryAfter !== undefined) c.header('retry-after', String(retryAfter))
    if (status === 401) c.header('www-authenticate', 'Bearer')
    return problem(c, status, error.kind, title, { detail: error.detail, ...extra })
  }
  if (error instanceof HTTPException && error.status === 415)
    return problem(c, 415, 'unsupported-type', '格式不支持', { detail: '请求体须为 application/json' })
  if (error instanceof HTTPException && error.status < 500)
    return problem(c, 400, 'malformed', '请求不合格式', {
      errors: [{ pointer: '#', detail: '请求体不是合法的 JSON' }],
    })
  const kind = 'kind' in error ? error.kind : undefined
  if (kind === 'busy' || kind === 'full' || kind === 'unknown') {
    c.header('retry-after', '1')
    logFailure(c, error, 'database')
    return problem(c, 503, 'busy', '暂不可用', {
      detail: '数据库暂时不能确认, 请用同一 Idempotency-Key 重试',
    })
  }
  logFailure(c, error, 'failure')
  return problem(c, 500, 'internal', '内部错误', { detail: '服务内部出错, 已记录' })
}

/** zod's issues as pointers into the part of the request that is wrong. */
export function invalidInput(
  result: { success: true } | { success: false; error: ZodError; target: string },
  c: Context<AppEnv>,
) {
  if (result.success) return undefined
  const errors = new Map<string, InputError>()
  for (const issue of result.error.issues.slice(0, 50)) {
    const pointer = `${result.target === 'json' ? '' : `${result.target}:`}#${issue.path.map((part) => `/${escapePointer(String(part))}`).join('')}`
    if (!errors.has(pointer)) errors.set(pointer, { pointer, detail: issueText(issue) })
  }
  return problem(c, 400, 'malformed', '请求不合格式', { errors: [...errors.values()] })
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}

function logFailure(c: Context<AppEnv>, error: Error, event: string): void {
  const trace = (error.stack ?? '')
    .split('\n')
    .slice(1, 8)
    .map((line) => line.trim())
    .join(' | ')
  c.get('deps').log({
    level: 'error',
    event,
    requestId: c.get('requestId'),
    error: `${error.name}: ${error.message}`.slice(0, 500),
    trace,
  })
}
