import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { useOrganisations } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { queries, useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { ROLES, type User } from './person-data.ts'

type Change = Parameters<(typeof api)[':tenant']['users'][':id']['$patch']>[0]['json']

/** Name, organisation and role of a person; the end of the account and a new password beside. */
export function EditPerson({ person, onClose }: { person: User; onClose: () => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message, modal } = App.useApp()
  const { data: organisations } = useOrganisations()
  const [form] = Form.useForm<Change>()
  const [resetting, setResetting] = useState(false)
  const act = useAct((json: Change) =>
    answer(
      api[':tenant'].users[':id'].$patch(
        { param: { tenant, id: person.id }, json },
        { headers: { 'if-match': `"${person.version}"` } },
      ),
    ),
  )
  const save = async (json: Change): Promise<void> => {
    const done = await act.mutateAsync(json).catch(() => queries.invalidateQueries({ queryKey: ['users'] }))
    if (!done) return
    void message.success(t('people.changed', { name: done.name }))
    onClose()
  }
  const active = person.status === 'active'
  const disable = () =>
    modal.confirm({
      title: t('people.disableSure', { name: person.name }),
      content: t('people.disableHint'),
      okText: t('people.disable'),
      cancelText: t('general.cancel'),
      onOk: () => save({ status: 'disabled' }),
    })
  const needed = [{ required: true, message: t('cases.neededHere') }]
  return (
    <Modal
      open
      title={`${t('people.editPerson')}: ${person.login}`}
      okText={t('general.save')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Change>
        form={form}
        layout="vertical"
        initialValues={{ name: person.name, organisationId: person.organisationId, role: person.role }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item name="name" label={t('general.name')} rules={needed}>
          <Input maxLength={60} autoComplete="off" />
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
        {resetting && (
          <Form.Item
            name="password"
            label={t('people.newPassword')}
            extra={t('people.resetHint')}
            rules={[{ required: true, min: 12, message: t('general.passwordShort') }]}
          >
            <Input.Password autoFocus autoComplete="new-password" />
          </Form.Item>
        )}
        <ProblemAlert error={act.error} />
      </Form>
      <div className="actions">
        {!resetting && <Button onClick={() => setResetting(true)}>{t('people.resetPassword')}</Button>}
        {active ? (
          <Button onClick={disable}>{t('people.disable')}</Button>
        ) : (
          <Button onClick={() => void save({ status: 'active' })}>{t('people.enable')}</Button>
        )}
      </div>
    </Modal>
  )
}
