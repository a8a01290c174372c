import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { queries, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

const PLATFORM = '-'
const LAST = 'last-jurisdiction'

interface Entered {
  tenant: string
  login: string
  password: string
}

/** Signing in to a jurisdiction, or to the platform. */
export function SignInPage() {
  const { t } = useText()
  const navigate = useNavigate()
  const place = useLocation()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const jurisdictions = useQuery({
    queryKey: ['jurisdictions'],
    queryFn: () => answer(api.jurisdictions.$get()),
  })
  const signIn = async ({ tenant, login, password }: Entered) => {
    setBusy(true)
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
  const choices = [
    ...(jurisdictions.data?.items ?? []).map(({ id, name, division }) => ({
      value: id,
      label: name,
      search: `${name}${division}${id}`,
    })),
    { value: PLATFORM, label: t('general.platform'), search: `${t('general.platform')} platform` },
  ]
  return (
    <main className="sign-in">
      <title>{`${t('general.signIn')} · ${t('general.product')}`}</title>
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <img src="/icon.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t('general.product')}</h1>
            <p>{t('general.slogan')}</p>
          </div>
        </div>
        <Form<Entered>
          layout="vertical"
          size="large"
          requiredMark={false}
          initialValues={{ tenant: localStorage.getItem(LAST) ?? undefined }}
          onFinish={signIn}
        >
          <Form.Item
            name="tenant"
            label={t('general.jurisdiction')}
            rules={[{ required: true, message: t('general.chooseJurisdiction') }]}
          >
            <Select
              showSearch={{ optionFilterProp: 'search' }}
              placeholder={t('general.chooseJurisdiction')}
              options={choices}
              loading={jurisdictions.isLoading}
            />
          </Form.Item>
          <Form.Item
            name="login"
            label={t('general.login')}
            rules={[{ required: true, message: t('general.enterLogin') }]}
          >
            <Input autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('general.password')}
            rules={[{ required: true, message: t('general.enterPassword') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <ProblemAlert error={error ?? jurisdictions.error} />
          <Button type="primary" htmlType="submit" block loading={busy} className="sign-in-button">
            {t('general.signIn')}
          </Button>
        </Form>
      </div>
    </main>
  )
}
