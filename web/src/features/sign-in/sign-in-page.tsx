import { type FormEvent, useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { ApiError, answer, api } from '../../shared/api.ts'
import { queries, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { JurisdictionInput, PLATFORM } from './jurisdiction-input.tsx'

const LAST = 'last-jurisdiction'

/** Signing in to a jurisdiction, or to the platform. Made without the component library, so that it is there at once. */
export function SignInPage() {
  const { t } = useText()
  const navigate = useNavigate()
  const place = useLocation()
  const [tenant, setTenant] = useState(localStorage.getItem(LAST) ?? '')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const jurisdictions = useQuery({
    queryKey: ['jurisdictions'],
    queryFn: () => answer(api.jurisdictions.$get()),
  })
  useEffect(() => {
    document.title = `${t('general.signIn')} · ${t('general.product')}`
  }, [t])
  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const entered = new FormData(event.currentTarget)
    const [login, password] = [String(entered.get('login')), String(entered.get('password'))]
    setBusy(true)
    setError(undefined)
    try {
      await answer(
        api.session.$post({ json: { tenant: tenant === PLATFORM ? undefined : tenant, login, password } }),
      )
      localStorage.setItem(LAST, tenant)
      queries.clear()
      await navigate((place.state as { from?: string } | null)?.from ?? '/')
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <img src="/icon.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t('general.product')}</h1>
            <p>{t('general.slogan')}</p>
          </div>
        </div>
        <form className="sign-in-form" onSubmit={(event) => void signIn(event)}>
          <JurisdictionInput items={jurisdictions.data?.items ?? []} value={tenant} onChange={setTenant} />
          <label>
            {t('general.login')}
            <input name="login" required autoComplete="username" autoCapitalize="none" />
          </label>
          <label>
            {t('general.password')}
            <input name="password" type="password" required autoComplete="current-password" />
          </label>
          <Failure error={error ?? jurisdictions.error} />
          <button type="submit" className="sign-in-button" disabled={busy}>
            {t('general.signIn')}
          </button>
        </form>
      </div>
    </main>
  )
}

function Failure({ error }: { error: unknown }) {
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : undefined
  return (
    <p role="alert" className="plain-alert">
      {problem?.detail ?? problem?.title ?? String(error)}
    </p>
  )
}
