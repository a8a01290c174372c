import { type HostileRoute, member, NO_ID } from './kinds.ts'

const VIEW = { name: '我的视图', shared: true, query: 'stage=review', columns: { title: { show: true } } }

/** Lists, the search, and what people keep of how they look at them: each member has his own. */
export const LISTS: HostileRoute[] = [
  member('GET /api/:tenant/projects', () => '/projects?word=停车&rule=step:declare&totals=true&gates=true'),
  {
    route: 'POST /api/:tenant/projects/export',
    scope: 'tenant',
    path: () => '/projects/export',
    who: 'unit',
    json: { columns: ['title', 'estimate'] },
    keyed: false,
  },
  member('GET /api/:tenant/search', () => '/search?q=停车'),
  member('GET /api/:tenant/similar', () => '/similar?title=停车诱导'),
  member('GET /api/:tenant/views', () => '/views'),
  {
    route: 'POST /api/:tenant/views',
    scope: 'tenant',
    path: () => '/views',
    who: 'unit',
    json: VIEW,
    keyed: true,
    twice: true,
  },
  {
    route: 'PUT /api/:tenant/views/:id',
    scope: 'tenant',
    path: () => `/views/${NO_ID}`,
    who: 'unit',
    json: VIEW,
    headers: { 'if-match': '"1"' },
    keyed: false,
    wrong: { unit: 404, 'other-unit': 404, auditor: 404 },
  },
  {
    route: 'DELETE /api/:tenant/views/:id',
    scope: 'tenant',
    path: () => `/views/${NO_ID}`,
    who: 'unit',
    headers: { 'if-match': '"1"' },
    keyed: false,
    wrong: { unit: 404, 'other-unit': 404, auditor: 404 },
  },
  member('GET /api/:tenant/preferences', () => '/preferences'),
  {
    route: 'PUT /api/:tenant/preferences',
    scope: 'tenant',
    path: () => '/preferences',
    who: 'unit',
    json: { lists: { projects: { density: 'small' } } },
    headers: { 'if-match': '"0"' },
    keyed: false,
  },
]
