import { App, Form, Input, Modal, Select } from 'antd'
import { answer, api, keyed } from '../../shared/api.ts'
import { useOrganisations } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { ROLES } from './person-data.ts'

type NewPerson = Parameters<(typeof api)[':tenant']['users']['$post']>[0]['json']

/** A new person of the tenant; only its administrator comes here. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const { message } = App.useApp()
  const tenant = useTenant()
  const { data: organisations } = useOrganisations()
  const [form] = Form.useForm<NewPerson>()
  const add = useAct((json: NewPerson, key: string) =>
    answer(api[':tenant'].users.$post({ param: { tenant }, json }, keyed(key))),
  )
  const submit = async (values: NewPerson) => {
    const added = await add.mutateAsync(values).catch(() => undefined)
    if (!added) return
    void message.success(t('work.personAdded', { name: added.name }))
    onClose()
  }
  const needed = [{ required: true, message: t('cases.neededHere') }]
  return (
    <Modal
      open
      title={t('work.addPerson')}
      okText={t('general.save')}
      cancelText={t('general.cancel')}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<NewPerson> form={form} layout="vertical" onFinish={submit} initialValues={{ role: 'handler' }}>
        <Form.Item name="name" label={t('general.name')} rules={needed}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="login"
          label={t('general.login')}
          tooltip={t('work.loginRule')}
          validateFirst
          rules={[...needed, { pattern: /^[a-z0-9][a-z0-9._-]{1,63}$/, message: t('work.loginRule') }]}
        >
          <Input autoComplete="off" autoCapitalize="none" />
        </Form.Item>
        <Form.Item name="organisationId" label={t('general.organisation')} rules={needed}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={organisations?.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
        <Form.Item name="role" label={t('general.role')} rules={needed}>
          <Select options={ROLES.map((role) => ({ value: role, label: t(`general.${role}`) }))} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('work.firstPassword')}
          rules={[{ required: true, min: 12, message: t('general.passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <ProblemAlert error={add.error} />
      </Form>
    </Modal>
  )
}
