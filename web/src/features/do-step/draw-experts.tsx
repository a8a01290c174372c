import { Button, Form, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { answer, api, keyed } from '../../shared/api.ts'
import type { CaseStep } from '../../shared/case-data.ts'
import { useRegister } from '../../shared/inputs/register-input.tsx'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import type { StepPlace } from './step-page.tsx'

const project = api[':tenant'].projects[':id']
const inProject = project.steps[':step'].draw
const inProcedure = project.procedures[':pid'].steps[':step'].draw
type Draw = NonNullable<Parameters<typeof inProject.$post>[0]>['json']

/** Experts drawn by lot: who was drawn, and where to draw. Drawing again needs a reason. */
export function DrawExperts({ at, experts }: { at: StepPlace; experts: NonNullable<CaseStep['experts']> }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  const drawn = experts.drawn ?? []
  return (
    <>
      <p>
        {drawn.length > 0 ? t('cases.drawnNow', { names: drawn.join('、') }) : t('cases.notDrawn')}{' '}
        <Button size="small" onClick={() => setOpen(true)}>
          {t(drawn.length > 0 ? 'cases.drawAgain' : 'cases.draw')}
        </Button>
      </p>
      {open && <DrawForm at={at} experts={experts} again={drawn.length > 0} onDone={() => setOpen(false)} />}
    </>
  )
}

interface Lot {
  count?: number
  aside?: string[]
  asideReason?: string
  reason?: string
}

function DrawForm(props: {
  at: StepPlace
  experts: NonNullable<CaseStep['experts']>
  again: boolean
  onDone: () => void
}) {
  const { t } = useText()
  const { at, experts, again } = props
  const tenant = useTenant()
  const entries = useRegister(experts.register)
  const draw = useAct((json: Draw, key: string) =>
    at.procedure
      ? answer(
          inProcedure.$post(
            { param: { tenant, id: at.id, pid: at.procedure, step: at.step }, json },
            keyed(key),
          ),
        )
      : answer(inProject.$post({ param: { tenant, id: at.id, step: at.step }, json }, keyed(key))),
  )
  const submit = async ({ count, aside = [], asideReason = '', reason }: Lot) => {
    const lot: Draw = {
      ...(count ? { count } : {}),
      ...(aside.length ? { aside: aside.map((name) => ({ name, reason: asideReason })) } : {}),
      ...(reason ? { reason } : {}),
    }
    if (await draw.mutateAsync(lot).catch(() => undefined)) props.onDone()
  }
  const needed = (title: string) => [
    { required: true, whitespace: true, message: t('cases.needed', { title }) },
  ]
  return (
    <Modal open title={t('cases.draw')} footer={null} onCancel={props.onDone}>
      <Form<Lot> layout="vertical" onFinish={(lot) => void submit(lot)}>
        {experts.count === undefined && (
          <Form.Item name="count" label={t('cases.drawCount')}>
            <InputNumber min={1} max={99} />
          </Form.Item>
        )}
        <Form.Item name="aside" label={t('cases.standAside')}>
          <Select
            mode="multiple"
            options={entries.data?.items.map(({ name }) => ({ value: name, label: name }))}
          />
        </Form.Item>
        <Form.Item noStyle shouldUpdate={(was: Lot, now: Lot) => was.aside !== now.aside}>
          {({ getFieldValue }) =>
            ((getFieldValue('aside') as string[] | undefined) ?? []).length > 0 && (
              <Form.Item
                name="asideReason"
                label={t('cases.asideReason')}
                rules={needed(t('cases.asideReason'))}
              >
                <Input maxLength={1000} />
              </Form.Item>
            )
          }
        </Form.Item>
        {again && (
          <Form.Item name="reason" label={t('cases.drawReason')} rules={needed(t('cases.drawReason'))}>
            <Input.TextArea autoSize maxLength={4000} />
          </Form.Item>
        )}
        <p className="quiet">{t('cases.drawHint')}</p>
        <ProblemAlert error={draw.error} />
        <Button type="primary" htmlType="submit" loading={draw.isPending}>
          {t('cases.draw')}
        </Button>
      </Form>
    </Modal>
  )
}
