import type { Context } from 'hono'
import type { CaseAnswer } from '../services/cases/case-answer.ts'
import type { Result } from '../services/result.ts'
import type { AppEnv } from './env.ts'
import { etagOf } from './etag.ts'
import { refusalProblem } from './problem.ts'

/** The answer to a command on a project, with its new entity tag, or the refusal with every finding. */
export function caseResponse(c: Context<AppEnv>, result: Result<CaseAnswer>) {
  if (!result.ok) return refusalProblem(c, result.refusal)
  c.header('etag', etagOf(result.value.project.version))
  return c.json(result.value, 200)
}
