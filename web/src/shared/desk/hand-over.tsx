import { App, Form, Input, Modal, Select } from 'antd'
import { answer, api, keyed } from '../api.ts'
import { useMe, useTenant } from '../me.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAct, useQuery } from '../query.ts'
import { type TextKey, useText } from '../text.ts'
import type { DeskTodo } from './todo-desk.tsx'

const OFFICERS = new Set(['handler', 'reviewer', 'head'])

/** Asks for the colleague who is to see to a to-do, and a word to him. */
export function HandOver({ todo, onClose }: { todo: DeskTodo; onClose: () => void }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ to: string; note?: string }>()
  const people = useQuery({
    queryKey: ['users', tenant, 'colleagues'],
    queryFn: () => answer(api[':tenant'].users.$get({ param: { tenant }, query: { limit: '200' } })),
  })
  const colleagues = people.data?.items.filter(
    (one) =>
      one.organisationId === me.organisation?.id &&
      one.id !== me.user.id &&
      one.id !== todo.holder?.id &&
      one.status === 'active' &&
      OFFICERS.has(one.role),
  )
  const act = useAct((json: { subject: string; item: string; to: string; note?: string }, key: string) =>
    answer(api[':tenant'].todos['hand-over'].$post({ param: { tenant }, json }, keyed(key))),
  )
  const submit = async ({ to, note }: { to: string; note?: string }) => {
    const { subject, item } = todo
    const done = await act.mutateAsync({ subject, item, to, note: note || undefined }).catch(() => undefined)
    if (!done) return
    void message.success(t('desk.handedOver', { name: done.holder?.name }))
    onClose()
  }
  return (
    <Modal
      open
      title={t('desk.handOverTitle', { title: todo.title })}
      okText={t('desk.handOver')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: colleagues?.length === 0 }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet">{t('desk.handOverHint')}</p>
      {colleagues?.length === 0 ? (
        <p>{t('desk.noColleague')}</p>
      ) : (
        <Form form={form} layout="vertical" onFinish={(values) => void submit(values)}>
          <Form.Item
            name="to"
            label={t('desk.colleague')}
            rules={[{ required: true, message: t('desk.chooseColleague') }]}
          >
            <Select
              autoFocus
              showSearch={{ optionFilterProp: 'label' }}
              loading={!colleagues}
              options={colleagues?.map((one) => ({
                value: one.id,
                label: `${one.name} · ${t(`general.${one.role}` as TextKey)}`,
              }))}
            />
          </Form.Item>
          <Form.Item name="note" label={t('desk.note')}>
            <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
          </Form.Item>
          <ProblemAlert error={act.error} />
        </Form>
      )}
    </Modal>
  )
}
