import { App, Form, Input, Modal } from 'antd'
import { answer, api, keyed } from '../api.ts'
import { useTenant } from '../me.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAct } from '../query.ts'
import { useText } from '../text.ts'
import type { DeskTodo } from './todo-desk.tsx'

/** Sends the organisation that owes a to-do a reminder, with a word if wanted. */
export function Urge({ todo, onClose }: { todo: DeskTodo; onClose: () => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ note?: string }>()
  const act = useAct(
    (json: { subject: string; item: string; organisationId: string; note?: string }, key: string) =>
      answer(api[':tenant'].todos.urge.$post({ param: { tenant }, json }, keyed(key))),
  )
  const organisation = todo.organisation.name
  const submit = async ({ note }: { note?: string }) => {
    const { subject, item } = todo
    const done = await act
      .mutateAsync({ subject, item, organisationId: todo.organisation.id, note: note?.trim() || undefined })
      .catch(() => undefined)
    if (!done) return
    void message.success(t('desk.urgedNow', { organisation }))
    onClose()
  }
  return (
    <Modal
      open
      title={t('desk.urgeTitle', { title: todo.title })}
      okText={t('desk.urge')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet">{t('desk.urgeHint', { organisation })}</p>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item name="note" label={t('desk.note')}>
          <Input.TextArea autoFocus maxLength={200} showCount autoSize={{ minRows: 2 }} />
        </Form.Item>
        <ProblemAlert error={act.error} />
      </Form>
    </Modal>
  )
}
