import {
  ApartmentOutlined,
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
}

/** The pages that a person works with. */
export function menuOf(me: Me): MenuEntry[] {
  if (me.user.role === 'overseer')
    return [
      { path: '/oversight', text: 'general.oversight', icon: <BarChartOutlined aria-hidden /> },
      { path: '/oversight/projects', text: 'general.overseen', icon: <UnorderedListOutlined aria-hidden /> },
      { path: '/oversight/policies', text: 'platform.compare', icon: <DiffOutlined aria-hidden /> },
    ]
  if (!me.tenant)
    return [
      { path: '/tenants', text: 'general.tenants', icon: <ApartmentOutlined aria-hidden /> },
      { path: '/tenants/new', text: 'general.onboard', icon: <FileAddOutlined aria-hidden /> },
    ]
  const officer = isOfficer(me)
  return [
    ...(officer
      ? [{ path: '/work', text: 'general.todo' as const, icon: <HomeOutlined aria-hidden /> }]
      : []),
    { path: '/projects', text: 'general.projects', icon: <FolderOpenOutlined aria-hidden /> },
    ...(officer && isUnit(me)
      ? [{ path: '/declare', text: 'general.declare' as const, icon: <FileAddOutlined aria-hidden /> }]
      : []),
    ...(isAuthority(me) || me.user.role === 'auditor'
      ? [{ path: '/plans', text: 'general.plans' as const, icon: <CalendarOutlined aria-hidden /> }]
      : []),
    { path: '/policy', text: 'general.policy', icon: <BookOutlined aria-hidden /> },
    { path: '/people', text: 'general.people', icon: <TeamOutlined aria-hidden /> },
  ]
}
