import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps } from './deps.ts'
import type { AppEnv, Bindings } from './http/env.ts'
import { idempotencyKey } from './http/idempotency.ts'
import { jsonBody } from './http/json-body.ts'
import { portalPage } from './http/portal.ts'
import { onError, problem } from './http/problem.ts'
import { requestFrame } from './http/request-frame.ts'
import { plainPath, sameOrigin } from './http/same-origin.ts'
import { sessionToken } from './http/session-cookie.ts'
import { batches } from './routes/batches.ts'
import { caseActs } from './routes/case-acts.ts'
import { dossiers } from './routes/dossiers.ts'
import { drafts } from './routes/drafts.ts'
import { forms } from './routes/forms.ts'
import { health } from './routes/health.ts'
import { materials } from './routes/materials.ts'
import { notices } from './routes/notices.ts'
import { organisations } from './routes/organisations.ts'
import { overseenPolicies } from './routes/overseen-policies.ts'
import { oversight } from './routes/oversight.ts'
import { policy } from './routes/policy.ts'
import { projectList } from './routes/project-list.ts'
import { projects } from './routes/projects.ts'
import { records } from './routes/records.ts'
import { mountReference } from './routes/reference.ts'
import { registers } from './routes/registers.ts'
import { regulations } from './routes/regulations.ts'
import { search } from './routes/search.ts'
import { session } from './routes/session.ts'
import { signIns } from './routes/sign-ins.ts'
import { steps } from './routes/steps.ts'
import { tenants } from './routes/tenants.ts'
import { todos } from './routes/todos.ts'
import { users } from './routes/users.ts'
import { views } from './routes/views.ts'
import { workbench } from './routes/workbench.ts'

/** The whole service. `depsFor` is asked once a request: Node gives the same each time, Workers make them anew. */
export function createApp(depsFor: (bindings: Bindings) => Deps) {
  const app = new OpenAPIHono<AppEnv>()
  app.onError(onError)
  app.notFound(
    async (c) => (await portalPage(c)) ?? problem(c, 404, 'not-found', '未找到', { detail: '没有这个地址' }),
  )
  app.use(requestFrame(depsFor), plainPath, sessionToken, sameOrigin, jsonBody, idempotencyKey)
  mountReference(app)
  return app
    .route('/', health)
    .route('/api', session)
    .route('/api', tenants)
    .route('/api', oversight)
    .route('/api', overseenPolicies)
    .route('/api', policy)
    .route('/api', regulations)
    .route('/api', organisations)
    .route('/api', users)
    .route('/api', materials)
    .route('/api', projectList)
    .route('/api', search)
    .route('/api', views)
    .route('/api', projects)
    .route('/api', steps)
    .route('/api', caseActs)
    .route('/api', forms)
    .route('/api', records)
    .route('/api', dossiers)
    .route('/api', batches)
    .route('/api', registers)
    .route('/api', todos)
    .route('/api', notices)
    .route('/api', drafts)
    .route('/api', signIns)
    .route('/api', workbench)
}

/** For `hono/client`: every route with its types. */
export type AppType = ReturnType<typeof createApp>
