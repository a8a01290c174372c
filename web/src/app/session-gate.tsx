import { Navigate, Outlet, useLocation } from 'react-router'
import { ApiError } from '../shared/api.ts'
import { fetchMe, MeContext } from '../shared/me.ts'
import { useQuery } from '../shared/query.ts'
import { Look } from './look.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { Trouble } from './trouble.tsx'
import { Wait } from './wait.tsx'

/** Everything behind it is for people who are signed in. */
export function SessionGate() {
  const place = useLocation()
  const me = useQuery({ queryKey: ['me'], queryFn: fetchMe, staleTime: Number.POSITIVE_INFINITY })
  if (me.data)
    return (
      <MeContext value={me.data}>
        <Look>
          <Outlet />
          <SignInAgain me={me.data} />
        </Look>
      </MeContext>
    )
  if (me.error instanceof ApiError && me.error.problem.status === 401)
    return <Navigate to="/sign-in" state={{ from: place.pathname + place.search }} replace />
  if (me.error)
    return (
      <Look>
        <Trouble error={me.error} />
      </Look>
    )
  return <Wait />
}
