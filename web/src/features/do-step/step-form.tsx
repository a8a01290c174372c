import { App, Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError } from '../../shared/api.ts'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { Checks } from '../../shared/inputs/checks.tsx'
import { DayPicker } from '../../shared/inputs/day-picker.tsx'
import type { StepFormData } from '../../shared/inputs/field-input.tsx'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { OutcomeChoice } from '../../shared/inputs/outcome-choice.tsx'
import { KEPT, useLeaveGuard } from '../../shared/leave-guard.tsx'
import { Norms } from '../../shared/norms.tsx'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { useExecute, usePreview } from './api.ts'
import { bodyOf, type StepValues } from './body-of.ts'
import { Experts } from './experts.tsx'
import { MaterialsInput } from './materials-input.tsx'
import type { StepPlace } from './step-page.tsx'
import { type Tried, TriedPanel } from './tried-panel.tsx'

/** The form of a step, made from its records, materials, outcomes and checks. */
export function StepForm(props: {
  seen: Case
  step: CaseStep
  at: StepPlace
  form: StepFormData
  /** The step is done, and the page is about to be left. */
  onDone: () => void
}) {
  const { seen, step, at, form, onDone } = props
  const { t } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { data } = usePolicy()
  const [fields] = Form.useForm<StepValues>()
  const [tried, setTried] = useState<Tried>()
  const [busy, setBusy] = useState(false)
  const [dirty, setDirty] = useState(false)
  const preview = usePreview(at)
  const execute = useExecute(at, ({ complete, awaiting }) => {
    const names = awaiting.map((party) => data?.words.party(party)).join('、')
    void message.success(
      complete ? t('cases.submitted', { title: step.title }) : t('cases.submittedAwaiting', { party: names }),
    )
    onDone()
    void navigate(`/projects/${at.id}`, KEPT)
  })
  useLeaveGuard(dirty)
  const allowed = form.outcomes.filter((one) => one.allowed !== 'no')
  const chosenId = Form.useWatch('outcome', fields) ?? (allowed.length === 1 ? allowed[0]?.id : undefined)
  const chosen = form.outcomes.find((one) => one.id === chosenId)
  const asks = { fields: chosen?.settles === false ? [] : form.fields, own: chosen?.fields ?? [] }
  const mine = step.by.filter((party) => seen.mine.includes(party))
  const stated = (values: StepValues) =>
    bodyOf(values, {
      at,
      outcomes: allowed,
      asked: new Set([...asks.fields, ...asks.own].map((one) => one.id)),
    })
  const find = (name: string) => {
    const at = asks.fields.concat(asks.own).some((one) => one.id === name)
      ? ['fields', name]
      : form.materials.concat(chosen?.materials ?? []).some((one) => one.id === name)
        ? ['materials', name]
        : name === 'outcome' && form.outcomes.length > 1
          ? ['outcome']
          : undefined
    return at && (() => goTo(at.join('_')))
  }
  const check = async () => {
    void fields.validateFields(['remark']).catch(() => undefined)
    setBusy(true)
    try {
      setTried({ answer: await preview(stated(fields.getFieldsValue(true))) })
    } catch (error) {
      setTried({ error })
    } finally {
      setBusy(false)
    }
  }
  const submit = async (values: StepValues) => {
    setTried(undefined)
    try {
      await execute.mutateAsync(stated({ ...fields.getFieldsValue(true), ...values }))
    } catch (error) {
      // What the law refuses is told as a check tells it; what went wrong stays the mutation's own error.
      const findings = error instanceof ApiError ? error.problem.findings : undefined
      if (!findings) return
      setTried({ answer: { ok: false, findings, standing: null } })
      execute.reset()
    }
  }
  return (
    <Form<StepValues>
      form={fields}
      layout="vertical"
      className="stack"
      initialValues={{ fields: form.known, outcome: allowed.length === 1 ? allowed[0]?.id : undefined }}
      onValuesChange={() => {
        setDirty(true)
        // What was said of the values before no longer holds.
        setTried(undefined)
        if (execute.error) execute.reset()
      }}
      onFinish={submit}
    >
      {mine.length > 1 && !step.joint && (
        <Form.Item name="as" label={t('cases.as')} initialValue={mine[0]}>
          <Radio.Group options={mine.map((party) => ({ value: party, label: data?.words.party(party) }))} />
        </Form.Item>
      )}
      <OutcomeChoice outcomes={form.outcomes} chosen={chosen} />
      {(asks.fields.length > 0 || asks.own.length > 0) && (
        <Section title={t('cases.fill')}>
          <FormFields fields={[...asks.fields, ...asks.own]} group="fields" />
        </Section>
      )}
      <MaterialsInput
        materials={[...(chosen?.settles === false ? [] : form.materials), ...(chosen?.materials ?? [])]}
      />
      {form.checks.length > 0 && <Checks checks={form.checks} />}
      {step.experts && <Experts experts={step.experts} />}
      {form.minute && <Minute />}
      {step.periods && step.periods.length > 0 && (
        <Section title={t('cases.period')}>
          <Form.Item name="period" initialValue={at.period} aria-label={t('cases.period')} noStyle>
            <Select
              aria-label={t('cases.period')}
              className="amount"
              options={step.periods.map((one) => ({
                value: one.id,
                label: `${one.id}${one.dueOn ? ` (${one.dueOn})` : ''}${one.done ? ` · ${t('cases.done')}` : ''}`,
                disabled: one.done,
              }))}
            />
          </Form.Item>
        </Section>
      )}
      <Norms norms={form.norms} />
      {(form.outcomes.length > 1 || chosen?.returns) && <Remark returns={chosen?.returns} />}
      <TriedPanel tried={tried} seen={seen} find={find} at={at} />
      <ProblemAlert error={execute.error} />
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={execute.isPending}>
          {t('cases.submit')}
        </Button>
        <Button onClick={() => void check()} loading={busy}>
          {t('cases.preCheck')}
        </Button>
        <Button type="text" onClick={() => void navigate(`/projects/${at.id}`)}>
          {t('cases.back')}
        </Button>
      </div>
    </Form>
  )
}

/** What the reader of the result is to know: what to mind, and of a return why, which is required. */
function Remark({ returns = false }: { returns?: boolean }) {
  const { t } = useText()
  return (
    <Section title={t('cases.stepRemark')}>
      <Form.Item
        name="remark"
        dependencies={['outcome']}
        rules={returns ? [{ required: true, whitespace: true, message: t('cases.returnNeedsRemark') }] : []}
      >
        <Input.TextArea
          aria-label={t('cases.stepRemark')}
          aria-required={returns}
          placeholder={t(returns ? 'cases.returnRemark' : 'cases.stepRemarkHint')}
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 8 }}
        />
      </Form.Item>
    </Section>
  )
}

/** A body that decides in a meeting: its minute, whose day is the one that counts. */
function Minute() {
  const { t } = useText()
  return (
    <Section title={t('cases.minute')}>
      <div className="fields">
        <Form.Item name={['minute', 'number']} label={t('cases.minuteNumber')}>
          <Input />
        </Form.Item>
        <Form.Item name={['minute', 'heldOn']} label={t('cases.minuteOn')}>
          <DayPicker />
        </Form.Item>
      </div>
    </Section>
  )
}

/** Brings a control into view by the id that its form gave it, and puts the focus into it. */
function goTo(id: string): void {
  const place = document.getElementById(id)
  place?.scrollIntoView({ block: 'center' })
  const input = place?.matches('input, textarea') ? place : place?.querySelector('input, textarea, button')
  if (input instanceof HTMLElement) input.focus({ preventScroll: true })
}
