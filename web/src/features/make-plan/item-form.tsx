import { App, Button, Form, Modal, Radio } from 'antd'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { Loaded } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { type Plan, type PlanItem, useCompose, useItemForm } from './api.ts'

type Asked = NonNullable<ReturnType<typeof useItemForm>['data']>

interface Values {
  outcome?: string
  records?: Record<string, unknown>
}

/** What a plan states of a project: how it is in the plan, and the records of that. */
export function ItemForm(props: { plan: Plan; item: PlanItem; onDone: () => void }) {
  const { t } = useText()
  const { item, onDone } = props
  const form = useItemForm(item)
  return (
    <Modal open title={`${t('plans.state')}: ${item.title}`} footer={null} onCancel={onDone} destroyOnHidden>
      <Loaded query={form}>{(asks) => <Fields {...props} asks={asks} />}</Loaded>
    </Modal>
  )
}

function Fields(props: { plan: Plan; item: PlanItem; onDone: () => void; asks: Asked }) {
  const { plan, item, onDone, asks } = props
  const { t } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const compose = useCompose(plan.batch.id)
  const outcomes = asks.outcomes.filter((one) => one.allowed !== 'no' || one.id === item.outcome)
  const first = item.outcome ?? outcomes[0]?.id
  const chosen = Form.useWatch('outcome', form) ?? first
  const own = outcomes.find((one) => one.id === chosen)?.fields ?? []
  const fields = [...asks.fields.filter((one) => one.source === 'record'), ...own]
  const submit = async ({ outcome = first, records }: Values) => {
    const wanted = new Set(fields.map((one) => one.id))
    const stated = Object.entries(records ?? {}).filter(
      ([id, value]) => wanted.has(id) && value !== undefined && value !== null,
    )
    const { project, step } = item
    const next = { project, step, ...(outcome && { outcome }), records: Object.fromEntries(stated) }
    const done = await compose.mutateAsync([next]).catch(() => undefined)
    if (!done) return
    void message.success(t('plans.stated', { title: item.title }))
    onDone()
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{ outcome: first, records: item.records }}
      onFinish={(values) => void submit(values)}
    >
      {outcomes.length > 1 && (
        <Form.Item name="outcome" label={t('cases.outcome')}>
          <Radio.Group
            aria-label={t('cases.outcome')}
            options={outcomes.map((one) => ({ value: one.id, label: one.title }))}
          />
        </Form.Item>
      )}
      <FormFields fields={fields} group="records" />
      <ProblemAlert error={compose.error} />
      <Button type="primary" htmlType="submit" loading={compose.isPending}>
        {t('plans.keep')}
      </Button>
    </Form>
  )
}
