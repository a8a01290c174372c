import { App, Button, Form, Input } from 'antd'
import { useNavigate } from 'react-router'
import { KEPT, useLeaveGuard } from '../../shared/leave-guard.tsx'
import { Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { useWithdraw } from './api.ts'
import type { StepPlace } from './step-page.tsx'

/** Takes back what one's own organisation has just done; the reason stays on record. */
export function WithdrawCard({ at, title }: { at: StepPlace; title: string }) {
  const { t } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const withdraw = useWithdraw(at)
  const [form] = Form.useForm<{ reason?: string }>()
  useLeaveGuard(Boolean(Form.useWatch('reason', form)?.trim()))
  const submit = async ({ reason }: { reason: string }) => {
    const done = await withdraw.mutateAsync(reason.trim()).catch(() => undefined)
    if (!done) return
    void message.success(t('project.withdrawn', { title }))
    void navigate(`/projects/${at.id}`, KEPT)
  }
  return (
    <Section title={t('project.withdraw')}>
      <p className="quiet">{t('project.withdrawHint')}</p>
      <Form
        form={form}
        layout="vertical"
        className="inline-form"
        onFinish={({ reason = '' }) => void submit({ reason })}
      >
        <Form.Item
          name="reason"
          label={t('project.withdrawReason')}
          rules={[{ required: true, whitespace: true, message: t('project.withdrawNeedsReason') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
        <ProblemAlert error={withdraw.error} />
        <Button danger htmlType="submit" loading={withdraw.isPending}>
          {t('project.withdraw')}
        </Button>
      </Form>
    </Section>
  )
}
