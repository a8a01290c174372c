import { App, Button, Form, Input } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { divisionName } from '../../shared/division-name.ts'
import { useMe } from '../../shared/me.ts'
import { Page, Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { SignInTable } from '../../shared/sign-in-table.tsx'
import { type TextKey, useText } from '../../shared/text.ts'
import { Preferences } from './preferences.tsx'
import { Sessions } from './sessions.tsx'

interface Passwords {
  old: string
  fresh: string
  again: string
}

/** Who one is, and one's password. */
export function AccountPage() {
  const { t } = useText()
  const me = useMe()
  const { data: policy } = usePolicy()
  const parties = me.organisation?.parties.map((party) => policy?.words.party(party) ?? party)
  return (
    <Page name={t('general.account')} title={t('general.account')}>
      <Section title={me.user.name}>
        <dl className="fact-list">
          <Line name={t('general.login')} value={me.user.login} />
          <Line name={t('general.role')} value={t(`general.${me.user.role}` as TextKey)} />
          <Line name={t('general.organisation')} value={me.organisation?.name} />
          <Line name={t('general.parties')} value={parties?.join('、')} />
          <Line
            name={t('general.jurisdiction')}
            value={me.tenant?.name ?? (me.division ? divisionName(me.division) : undefined)}
          />
        </dl>
      </Section>
      {!me.tenant && <ChangePassword />}
      {me.tenant && (
        <>
          <div className="two even">
            <ChangePassword tenant={me.tenant.id} />
            <Sessions />
          </div>
          <Preferences />
          <Section title={t('people.recentSignIns')}>
            <SignInTable user={me.user.id} limit={10} />
          </Section>
        </>
      )}
    </Page>
  )
}

function Line({ name, value }: { name: string; value: string | undefined }) {
  return value ? (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  ) : null
}

/** The password of a tenant's person, or without a tenant of one of the platform. */
function ChangePassword({ tenant }: { tenant?: string }) {
  const { t } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Passwords>()
  const change = useAct(({ old, fresh }: Passwords) =>
    tenant === undefined
      ? answer(api.me.password.$put({ json: { old, new: fresh } }))
      : answer(api[':tenant'].me.password.$put({ param: { tenant }, json: { old, new: fresh } })),
  )
  const submit = (values: Passwords) =>
    change.mutate(values, {
      onSuccess: () => {
        void message.success(t('general.passwordChanged'))
        form.resetFields()
      },
    })
  return (
    <Section title={t('general.changePassword')}>
      <Form<Passwords> form={form} layout="vertical" className="short-form" onFinish={submit}>
        <Form.Item
          name="old"
          label={t('general.oldPassword')}
          rules={[{ required: true, message: t('general.enterPassword') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="fresh"
          label={t('general.newPassword')}
          rules={[{ required: true, min: 12, message: t('general.passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('general.repeatPassword')}
          required
          dependencies={['fresh']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('fresh')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('general.passwordDiffers'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <ProblemAlert error={change.error} />
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('general.changePassword')}
        </Button>
      </Form>
    </Section>
  )
}
