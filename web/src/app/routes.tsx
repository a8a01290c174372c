import { type ComponentType, lazy } from 'react'
import { createBrowserRouter } from 'react-router'
import { Wait } from './wait.tsx'

/** A page that comes in a file of its own, once it is opened. */
function page(path: string, load: () => Promise<ComponentType>) {
  return { path, hydrateFallbackElement: <Wait />, lazy: async () => ({ Component: await load() }) }
}

/** A frame around pages; what people who are not signed in see does not wait for it. */
function layout(load: () => Promise<ComponentType>) {
  return { hydrateFallbackElement: <Wait />, lazy: async () => ({ Component: await load() }) }
}

const PageError = lazy(async () => ({ default: (await import('./trouble.tsx')).PageError }))

/** Every address of the portal. */
export const router = createBrowserRouter([
  page('/sign-in', async () => (await import('../features/sign-in/sign-in-page.tsx')).SignInPage),
  {
    ...layout(async () => import('./session-gate.tsx').then(({ SessionGate }) => SessionGate)),
    children: [
      {
        ...layout(async () => import('./shell.tsx').then(({ Shell }) => Shell)),
        children: [
          {
            ErrorBoundary: PageError,
            children: [
              page('/', async () => (await import('./start.tsx')).Start),
              page(
                '/work',
                async () => (await import('../features/see-workbench/workbench-page.tsx')).WorkbenchPage,
              ),
              page(
                '/overdue',
                async () => (await import('../features/see-workbench/overdue-page.tsx')).OverduePage,
              ),
              page(
                '/notices',
                async () => (await import('../features/read-notices/notices-page.tsx')).NoticesPage,
              ),
              page(
                '/projects',
                async () => (await import('../features/browse-projects/projects-page.tsx')).ProjectsPage,
              ),
              page(
                '/finance',
                async () => (await import('../features/browse-projects/projects-page.tsx')).FinancePage,
              ),
              page(
                '/audit',
                async () => (await import('../features/browse-projects/projects-page.tsx')).AuditPage,
              ),
              page(
                '/projects/:id',
                async () => (await import('../features/follow-project/project-page.tsx')).ProjectPage,
              ),
              page(
                '/projects/:id/facts',
                async () => (await import('../features/correct-facts/correct-page.tsx')).CorrectPage,
              ),
              page(
                '/projects/:id/print',
                async () => (await import('../features/follow-project/print-page.tsx')).PrintPage,
              ),
              page(
                '/projects/:id/steps/:step',
                async () => (await import('../features/do-step/step-page.tsx')).StepPage,
              ),
              page(
                '/projects/:id/start/:procedure',
                async () => (await import('../features/start-procedure/start-page.tsx')).StartPage,
              ),
              page(
                '/projects/:id/decisions/:decision',
                async () => (await import('../features/take-decision/decision-page.tsx')).DecisionPage,
              ),
              page(
                '/declare',
                async () => (await import('../features/hand-in-declaration/declare-page.tsx')).DeclarePage,
              ),
              page('/plans', async () => (await import('../features/make-plan/plans-page.tsx')).PlansPage),
              page('/plans/:id', async () => (await import('../features/make-plan/plan-page.tsx')).PlanPage),
              page(
                '/policy',
                async () => (await import('../features/read-policy/policy-page.tsx')).PolicyPage,
              ),
              page(
                '/people',
                async () => (await import('../features/manage-people/people-page.tsx')).PeoplePage,
              ),
              page(
                '/account',
                async () => (await import('../features/keep-account/account-page.tsx')).AccountPage,
              ),
              page(
                '/tenants',
                async () => (await import('../features/onboard/tenants-page.tsx')).TenantsPage,
              ),
              page(
                '/tenants/new',
                async () => (await import('../features/onboard/onboard-page.tsx')).OnboardPage,
              ),
              page(
                '/tenants/:tenant/policy',
                async () => (await import('../features/onboard/new-version-page.tsx')).NewVersionPage,
              ),
              page(
                '/oversight',
                async () => (await import('../features/oversee/oversight-page.tsx')).OversightPage,
              ),
              page(
                '/oversight/projects',
                async () => (await import('../features/oversee/overseen-page.tsx')).OverseenPage,
              ),
              page(
                '/oversight/policies',
                async () => (await import('../features/oversee/compare-page.tsx')).ComparePage,
              ),
              page('*', async () => (await import('../shared/not-found.tsx')).NotFound),
            ],
          },
        ],
      },
    ],
  },
])
