import { Navigate } from 'react-router'
import { useMe } from '../shared/me.ts'
import { menuOf } from './menu.tsx'

/** The first page of the person's own menu. */
export function Start() {
  return <Navigate to={menuOf(useMe())[0]?.path ?? '/account'} replace />
}
