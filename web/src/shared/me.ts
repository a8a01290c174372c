import { createContext, useContext } from 'react'
import { type Answered, answer, api } from './api.ts'

/** The person who is signed in. */
export type Me = Answered<Awaited<ReturnType<typeof api.me.$get>>>

export function fetchMe(): Promise<Me> {
  return answer(api.me.$get())
}

export const MeContext = createContext<Me | undefined>(undefined)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('nobody is signed in here')
  return me
}

/** The tenant of the person; pages of a tenant are shown to its people only. */
export function useTenant(): string {
  return useMe().tenant?.id ?? ''
}

/** Whether the person acts for the organisation in procedures. */
export function isOfficer(me: Me): boolean {
  return ['handler', 'reviewer', 'head'].includes(me.user.role)
}

/** Whether the person's organisation declares projects. */
export function isUnit(me: Me): boolean {
  return me.organisation?.parties.includes('unit') ?? false
}

/** Whether the person's organisation holds a party beside that of a unit. */
export function isAuthority(me: Me): boolean {
  return me.organisation?.parties.some((party) => party !== 'unit') ?? false
}
