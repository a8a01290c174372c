import { App, Button, Form, Input, Radio } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { todayInOffice } from '../../shared/days.ts'
import { DueWhy } from '../../shared/due/due-why.tsx'
import { Verdict } from '../../shared/findings.tsx'
import { DayPicker } from '../../shared/inputs/day-picker.tsx'
import { useLeaveGuard } from '../../shared/leave-guard.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { OpinionList } from '../../shared/opinions/opinion-list.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { StatePill } from '../../shared/state-pill.tsx'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { type Plan, type PlanBody, type PlanStep, useExecute, useOpinion, useTrial } from './api.ts'

/** A step of a plan: how it stands, opinions on it, and its form for whoever may do it. */
export function PlanStepCard({ plan, step }: { plan: Plan; step: PlanStep }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const mine = isOfficer(me) && step.by.some((party) => plan.mine.includes(party))
  const done = step.outcomes.find((one) => one.id === step.outcome)
  return (
    <li className="step plan-step">
      <div className="step-what">
        <div className="step-head">
          <StatePill step={step} />
          <strong>{step.title}</strong>
          {step.dueOn && step.state !== 'done' && (
            <DueWhy
              on={step.dueOn}
              today={todayInOffice()}
              label={step.title}
              provisional={step.provisional}
              due={step.due}
              article={step.article}
            />
          )}
        </div>
        <div className="step-sub quiet">
          <span>{data?.words.parties(step.by, step.joint)}</span>
          {step.executedOn && (
            <span>
              {t('cases.doneOn', { on: step.executedOn })}
              {done && done.title !== done.id && `, ${done.title}`}
            </span>
          )}
          <Articles article={step.article} />
        </div>
        {step.state === 'blocked' && step.findings[0] && (
          <div className="step-reason">{step.findings[0].message}</div>
        )}
        <PlanOpinions plan={plan} step={step} />
        {mine && step.state === 'open' && !plan.standing.ended && <PlanForm plan={plan} step={step} />}
      </div>
    </li>
  )
}

function PlanOpinions({ plan, step }: { plan: Plan; step: PlanStep }) {
  const give = useOpinion(plan.batch.id, step.id)
  if (!step.opinions) return null
  return (
    <OpinionList
      opinions={step.opinions}
      mine={plan.mine}
      today={todayInOffice()}
      taken={step.state !== 'done' && !plan.standing.ended}
      give={give}
    />
  )
}

interface Values {
  outcome?: string
  number?: string
  heldOn?: Dayjs
  remark?: string
}

function PlanForm({ plan, step }: { plan: Plan; step: PlanStep }) {
  const { t } = useText()
  const { message } = App.useApp()
  const { data } = usePolicy()
  const [form] = Form.useForm<Values>()
  const execute = useExecute(plan.batch.id, step.id)
  const [dirty, setDirty] = useState(false)
  useLeaveGuard(dirty)
  const trial = useTrial(plan.batch.id, step.id)
  const collective = step.by.some((party) => data?.document.parties[party]?.collective)
  const picked = Form.useWatch('outcome', form)
  const returns = step.outcomes.find((one, i, { length }) =>
    length === 1 ? i === 0 : one.id === picked,
  )?.returns
  const stated = ({ outcome, number, heldOn, remark }: Values): PlanBody => ({
    outcome: outcome ?? step.outcomes[0]?.id,
    ...(remark?.trim() ? { remark: remark.trim() } : {}),
    ...(number && heldOn ? { minute: { number, heldOn: heldOn.format('YYYY-MM-DD') } } : {}),
  })
  // Once the step is done this form is gone, and with it what `mutate` would call back.
  const submit = async (values: Values) => {
    const done = await execute.mutateAsync(stated(values)).catch(() => undefined)
    if (!done) return
    setDirty(false)
    const names = done.awaiting.map((party) => data?.words.party(party)).join('、')
    void message.success(
      done.carried.length > 0
        ? t('plans.carried', { n: done.carried.length })
        : done.complete
          ? t('cases.submitted', { title: step.title })
          : t('cases.submittedAwaiting', { party: names }),
    )
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className="inline-form"
      onValuesChange={() => setDirty(true)}
      onFinish={(values) => void submit(values)}
    >
      {step.outcomes.length > 1 && (
        <Form.Item
          name="outcome"
          label={t('cases.outcome')}
          rules={[{ required: true, message: t('cases.choose') }]}
        >
          <Radio.Group
            aria-label={t('cases.outcome')}
            options={step.outcomes.map((one) => ({ value: one.id, label: one.title }))}
          />
        </Form.Item>
      )}
      {collective && (
        <div className="fields">
          <Form.Item name="number" label={t('cases.minuteNumber')}>
            <Input />
          </Form.Item>
          <Form.Item name="heldOn" label={t('cases.minuteOn')}>
            <DayPicker />
          </Form.Item>
        </div>
      )}
      {step.outcomes.length > 1 && (
        <Form.Item
          name="remark"
          label={t('cases.stepRemark')}
          dependencies={['outcome']}
          rules={returns ? [{ required: true, whitespace: true, message: t('cases.returnNeedsRemark') }] : []}
        >
          <Input.TextArea
            placeholder={t(returns ? 'cases.returnRemark' : 'cases.stepRemarkHint')}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 6 }}
          />
        </Form.Item>
      )}
      {trial.data && <Verdict findings={trial.data.findings} />}
      {trial.data?.ok && <p>{t('plans.wouldCarry', { n: trial.data.carried.length })}</p>}
      <ProblemAlert error={execute.error ?? trial.error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={execute.isPending}>
          {t('cases.submit')}
        </Button>
        <Button loading={trial.isPending} onClick={() => trial.mutate(stated(form.getFieldsValue()))}>
          {t('cases.preCheck')}
        </Button>
      </div>
    </Form>
  )
}
