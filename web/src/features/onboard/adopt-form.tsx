import { Button, DatePicker, Form, Input } from 'antd'
import type { Dayjs } from 'dayjs'
import { useEffect, useState } from 'react'
import { answer, api, keyed } from '../../shared/api.ts'
import { Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import type { Added } from './onboard-page.tsx'
import { RegulationField } from './regulation-field.tsx'

interface Values {
  effectiveOn?: Dayjs
  login: string
  name: string
  password: string
}

/** What adopting asks for beside the policy: its first administrator, and its day where the text shows none. */
export function AdoptForm(props: {
  text: string
  file: string
  unseen: boolean
  ready: boolean
  onAdded: (added: Added & { login: string }) => void
}) {
  const { t } = useText()
  const [regulation, setRegulation] = useState('')
  const adopt = useAct((values: Values, key: string) =>
    answer(
      api.tenants.$post(
        {
          json: {
            policy: props.text,
            file: props.file,
            ...(regulation.trim() && { regulation }),
            effectiveOn: values.effectiveOn?.format('YYYY-MM-DD'),
            administrator: { login: values.login, name: values.name, password: values.password },
          },
        },
        keyed(key),
      ),
    ),
  )
  const { reset } = adopt
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was wrong with another text is over
  useEffect(() => reset(), [props.text, regulation, reset])
  const submit = async (values: Values) => {
    const added = await adopt.mutateAsync(values).catch(() => undefined)
    if (added) props.onAdded({ ...added, login: values.login })
  }
  const needed = (title: string) => [{ required: true, message: t('cases.needed', { title }) }]
  return (
    <Section title={t('platform.step3')}>
      <Form<Values> layout="vertical" onFinish={submit} initialValues={{ login: 'admin' }}>
        {props.unseen && (
          <Form.Item
            name="effectiveOn"
            label={t('platform.chooseDay')}
            rules={needed(t('platform.effective'))}
          >
            <DatePicker />
          </Form.Item>
        )}
        <div className="fields">
          <Form.Item
            name="login"
            label={t('platform.adminLogin')}
            rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9._-]{1,63}$/, message: t('work.loginRule') }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={t('platform.adminName')} rules={needed(t('platform.adminName'))}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('platform.adminPassword')}
            rules={[{ required: true, min: 12, message: t('general.passwordShort') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </div>
        <RegulationField text={regulation} onChange={setRegulation} />
        <ProblemAlert error={adopt.error} />
        <Button type="primary" htmlType="submit" disabled={!props.ready} loading={adopt.isPending}>
          {t('platform.adopt')}
        </Button>{' '}
        {!props.ready && <span className="quiet">{t('platform.confirmFirst')}</span>}
      </Form>
    </Section>
  )
}
