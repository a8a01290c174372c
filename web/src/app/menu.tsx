import {
  AccountBookOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  CalendarOutlined,
  DiffOutlined,
  FileAddOutlined,
  FolderOpenOutlined,
  HomeOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { isAuthority, isOfficer, isUnit, type Me } from '../shared/me.ts'
import type { TextKey } from '../shared/text.ts'

export interface MenuEntry {
  path: string
  text: TextKey
  icon: ReactNode
  /** First letters of its Chinese name's pinyin, for the search. */
  initials: string
}

const FINANCE: MenuEntry = {
  path: '/finance',
  text: 'lists.finance',
  initials: 'zjst',
  icon: <AccountBookOutlined aria-hidden />,
}
const AUDIT: MenuEntry = {
  path: '/audit',
  text: 'lists.audit',
  initials: 'sjst',
  icon: <AuditOutlined aria-hidden />,
}

/** Parties of the vocabulary that look after the money, and after whether all is in order. */
const MONEY = ['finance']
const CONTROL = ['audit', 'discipline']

/** Whether the organisation holds one of the parties; an auditor looks at everything. */
function holds(me: Me, parties: readonly string[]): boolean {
  return (
    me.user.role === 'auditor' || (me.organisation?.parties.some((party) => parties.includes(party)) ?? false)
  )
}

/** The pages that a person works with. */
export function menuOf(me: Me): MenuEntry[] {
  if (me.user.role === 'overseer')
    return [
      {
        path: '/oversight',
        initials: 'jgzl',
        text: 'general.oversight',
        icon: <BarChartOutlined aria-hidden />,
      },
      {
        path: '/oversight/projects',
        initials: 'xqxm',
        text: 'general.overseen',
        icon: <UnorderedListOutlined aria-hidden />,
      },
      {
        path: '/oversight/policies',
        initials: 'bfdb',
        text: 'platform.compare',
        icon: <DiffOutlined aria-hidden />,
      },
    ]
  if (!me.tenant)
    return [
      {
        path: '/tenants',
        initials: 'xqgl',
        text: 'general.tenants',
        icon: <ApartmentOutlined aria-hidden />,
      },
      {
        path: '/tenants/new',
        initials: 'jrxxq',
        text: 'general.onboard',
        icon: <FileAddOutlined aria-hidden />,
      },
    ]
  const officer = isOfficer(me)
  return [
    ...(officer
      ? [
          {
            path: '/work',
            initials: 'gzt',
            text: 'general.todo' as const,
            icon: <HomeOutlined aria-hidden />,
          },
        ]
      : []),
    { path: '/projects', initials: 'xm', text: 'general.projects', icon: <FolderOpenOutlined aria-hidden /> },
    ...(holds(me, MONEY) ? [FINANCE] : []),
    ...(holds(me, CONTROL) ? [AUDIT] : []),
    ...(officer && isUnit(me)
      ? [
          {
            path: '/declare',
            initials: 'sbxm',
            text: 'general.declare' as const,
            icon: <FileAddOutlined aria-hidden />,
          },
        ]
      : []),
    ...(isAuthority(me) || me.user.role === 'auditor'
      ? [
          {
            path: '/plans',
            initials: 'jhypc',
            text: 'general.plans' as const,
            icon: <CalendarOutlined aria-hidden />,
          },
        ]
      : []),
    { path: '/policy', initials: 'glbf', text: 'general.policy', icon: <BookOutlined aria-hidden /> },
    { path: '/people', initials: 'dwyry', text: 'general.people', icon: <TeamOutlined aria-hidden /> },
  ]
}
