import { Button, Form, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../shared/api.ts'
import type { Me } from '../shared/me.ts'
import { ProblemAlert } from '../shared/problem-alert.tsx'
import { queries } from '../shared/query.ts'
import { onSessionLoss, signedInAgain } from '../shared/session-loss.ts'
import { useText } from '../shared/text.ts'

/** When the session ends under a page: signs in over it, so that nothing filled in is lost. */
export function SignInAgain({ me }: { me: Me }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [lost, setLost] = useState(false)
  const [error, setError] = useState<unknown>()
  useEffect(() => onSessionLoss(setLost), [])
  const signIn = async ({ password }: { password: string }) => {
    try {
      await answer(api.session.$post({ json: { tenant: me.tenant?.id, login: me.user.login, password } }))
      setError(undefined)
      signedInAgain(true)
    } catch (failure) {
      setError(failure)
    }
  }
  const leave = () => {
    signedInAgain(false)
    queries.clear()
    void navigate('/sign-in')
  }
  return (
    <Modal
      open={lost}
      title={t('general.sessionOver')}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p>{t('general.sessionOverHint')}</p>
      <Form layout="vertical" onFinish={signIn}>
        <Form.Item label={t('general.login')}>
          <Input value={me.user.login} readOnly autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('general.password')}
          rules={[{ required: true, message: t('general.enterPassword') }]}
        >
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <ProblemAlert error={error} />
        <div className="actions">
          <Button type="primary" htmlType="submit">
            {t('general.signIn')}
          </Button>
          <Button onClick={leave}>{t('general.giveUp')}</Button>
        </div>
      </Form>
    </Modal>
  )
}
