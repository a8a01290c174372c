import { App, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api, keyed } from '../../shared/api.ts'
import { AwaitsPanel } from '../../shared/awaits-panel.tsx'
import { FormFields } from '../../shared/form-fields.tsx'
import { useMe, useTenant } from '../../shared/me.ts'
import { Page, Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { type Stated, useExplanation } from '../../shared/use-explanation.ts'
import { readDraft, useDraft } from './draft.ts'

interface Declared {
  title?: string
  facts?: Stated
}

/** The first step of a new project by hand: its facts on the left, what follows from them on the right. */
export function DeclarePage() {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const place = `${tenant}/${me.user.id}`
  const [draft] = useState(() => readDraft<Declared>(place))
  const [form] = Form.useForm<Declared>()
  const facts = Form.useWatch('facts', form) as Stated | undefined
  const title = Form.useWatch('title', form) as string | undefined
  const clear = useDraft(place, { title, facts })
  const { explanation, error, asked } = useExplanation(tenant, facts ?? draft?.facts ?? {})
  useEffect(() => {
    if (draft) void message.info(t('cases.draftKept'))
  }, [draft, message, t])
  const create = useAct((input: { title: string; facts: Stated }, key: string) =>
    answer(api[':tenant'].projects.$post({ param: { tenant }, json: input }, keyed(key))),
  )
  const fields = explanation?.fields ?? []
  const missing = fields.filter((one) => one.required === 'yes' && asked[one.id] === undefined)
  const submit = async ({ title: named = '' }: Declared) => {
    const done = await create.mutateAsync({ title: named.trim(), facts: asked }).catch(() => undefined)
    if (!done) return
    clear()
    void message.success(t('cases.created'))
    const next = done.obligations[0]
    await navigate(next ? `/projects/${done.project.id}/steps/${next.step}` : `/projects/${done.project.id}`)
  }
  const again = () => {
    clear()
    form.resetFields()
    form.setFieldsValue({ title: undefined, facts: undefined })
  }
  const unit = fields.filter((one) => one.of === 'unit')
  const own = fields.filter((one) => one.of !== 'unit')
  return (
    <Page
      name={t('cases.declareTitle')}
      title={t('cases.declareTitle')}
      lead={t('cases.declareIntro')}
      extra={<Button onClick={again}>{t('cases.dropDraft')}</Button>}
    >
      <div className="two wide-aside">
        <Form<Declared>
          form={form}
          layout="vertical"
          initialValues={draft}
          onFinish={(values) => void submit(values)}
        >
          <Section title={t('cases.projectFacts')}>
            <Form.Item
              name="title"
              label={t('cases.title')}
              rules={[{ required: true, whitespace: true, message: t('cases.enterTitle') }]}
            >
              <Input maxLength={200} showCount />
            </Form.Item>
            <FormFields fields={own} group="facts" />
          </Section>
          {unit.length > 0 && (
            <Section title={t('cases.unitFacts')}>
              <FormFields fields={unit} group="facts" />
            </Section>
          )}
          <ProblemAlert error={create.error} />
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={create.isPending}>
              {t('cases.create')}
            </Button>
            <span className="quiet" aria-live="polite">
              {missing.length > 0
                ? t('cases.stillMissing', { facts: missing.map((one) => one.title).join('、') })
                : t('cases.readyToCreate')}
            </span>
          </div>
        </Form>
        <AwaitsPanel explanation={explanation} error={error} />
      </div>
    </Page>
  )
}
