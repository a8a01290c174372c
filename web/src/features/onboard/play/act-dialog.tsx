import { Alert, Button, DatePicker, Form, Modal, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PlayForm, PlayPlace } from '../../../../../functions/core/policy/play/play-form.ts'
import type { PlayedLine } from '../../../../../functions/core/policy/play/play-scenario.ts'
import type { ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import { Verdict } from '../../../shared/findings.tsx'
import { FormFields } from '../../../shared/inputs/form-fields.tsx'
import type { PolicyWords } from '../../../shared/policy-words.ts'
import { Articles } from '../../../shared/why.tsx'
import { type ActValues, eventOfForm, firstOutcome, valuesFor } from './event-of-form.ts'
import { plainFields } from './plain-fields.ts'
import type { Rehearse } from './play-calls.ts'
import { usePlayText } from './play-texts.ts'
import { StepFields } from './step-fields.tsx'
import { type Run, scenarioOf } from './use-run.ts'

/** What is about to be done: a step, or the start of a procedure, as the list of what comes next names it. */
export type Act = (
  | { kind: 'step'; step: string; procedure?: string; part?: string; periods?: string[] }
  | { kind: 'start'; procedure: string }
) & { title: string }

/** The form of an act, filled in so that it passes; the rules' refusal stands in it until it is mended. */
export function ActDialog(props: {
  act: Act | undefined
  run: Run
  /** The last day that was played. */
  today: string
  words: PolicyWords
  rehearse: Rehearse
  onAct: (event: ScenarioEvent) => Promise<PlayedLine | undefined>
  onClose: () => void
  /** It is gone from the screen. */
  onClosed: () => void
}) {
  const { act, onClose, onClosed } = props
  return (
    <Modal
      open={act !== undefined}
      title={act?.title}
      width="min(760px, 96vw)"
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
      destroyOnHidden
      afterOpenChange={(open) => !open && onClosed()}
      className="play-act"
    >
      {act && <ActForm key={JSON.stringify(act)} {...props} act={act} />}
    </Modal>
  )
}

function ActForm(props: Omit<Parameters<typeof ActDialog>[0], 'act'> & { act: Act }) {
  const { t, p } = usePlayText()
  const { act, run, today, words, rehearse, onAct, onClose } = props
  const [values] = Form.useForm<ActValues>()
  const [asked, setAsked] = useState<PlayForm>()
  const [refused, setRefused] = useState<PlayedLine>()
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const filled = useRef(false)
  const on = (Form.useWatch('on', values) ?? dayjs(today)).format('YYYY-MM-DD')
  // A refused act is in the run already; what the form asks for is as it was before it.
  const [before] = useState(() => scenarioOf(run))
  const ask = useCallback(
    async (day: string): Promise<PlayForm | undefined> => {
      const place: PlayPlace =
        act.kind === 'start'
          ? { kind: 'start', procedure: act.procedure, on: day }
          : {
              kind: 'step',
              step: act.step,
              on: day,
              ...(act.procedure ? { procedure: act.procedure } : {}),
              ...(act.part ? { part: act.part } : {}),
            }
      return rehearse('form', { scenario: before, place }).catch(() => undefined)
    },
    [act, before, rehearse],
  )
  useEffect(() => {
    let live = true
    void ask(on).then((form) => {
      if (!live) return
      setMissing(form === undefined)
      setAsked(form)
      // Another day asks anew and leaves what was filled in meanwhile.
      if (!form || filled.current) return
      filled.current = true
      if (form.kind === 'step') values.setFieldsValue(valuesFor(form, firstOutcome(form)))
      else values.setFieldsValue({ by: form.by, fields: form.facts })
    })
    return () => {
      live = false
    }
  }, [ask, on, values])
  const submit = async () => {
    if (!asked) return
    const stated = { ...values.getFieldsValue(true), on: dayjs(on) } as ActValues
    setBusy(true)
    const line = await onAct(eventOf(act, asked, stated))
    setBusy(false)
    setRefused(line && !line.accepted ? line : undefined)
    if (line?.accepted) onClose()
  }
  const change = (changed: Partial<ActValues>) => {
    setRefused(undefined)
    if (asked?.kind === 'step' && changed.outcome !== undefined)
      values.setFieldsValue(valuesFor(asked, changed.outcome))
  }
  return (
    <Form<ActValues>
      form={values}
      layout="vertical"
      className="stack"
      initialValues={{ on: dayjs(today) }}
      onValuesChange={change}
      onFinish={() => void submit()}
      // What is missing is told by the rules, with their article, and not by the form.
      onFinishFailed={() => void submit()}
    >
      {asked && (
        <p className="quiet">
          {p('formFilled')} <Articles article={asked.kind === 'step' ? asked.form.article : asked.article} />
        </p>
      )}
      <Form.Item name="on" label={p('formDay')}>
        <DatePicker
          allowClear={false}
          minDate={dayjs(today)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
      </Form.Item>
      {!asked && !missing && <Skeleton active />}
      {missing && <Alert type="warning" showIcon title={p('failed', { reason: act.title })} />}
      {asked?.kind === 'step' && (
        <StepFields asked={asked} words={words} periods={act.kind === 'step' ? act.periods : undefined} />
      )}
      {asked?.kind === 'start' && <FormFields fields={plainFields(asked.fields)} group="fields" />}
      {refused && (
        <div className="stack">
          <Verdict findings={blockingOf(refused)} title={p('formRefused')} />
          <p className="quiet">{p('formRefusedHint')}</p>
        </div>
      )}
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!asked}>
          {act.kind === 'start' ? p('start') : t('cases.doStep')}
        </Button>
        <Button onClick={onClose}>{p('formClose')}</Button>
      </div>
    </Form>
  )
}

/** What refuses it; what is only to be minded stands in the form already. */
function blockingOf({ findings }: PlayedLine) {
  return findings.filter((one) => one.level === 'block')
}

function eventOf(act: Act, asked: PlayForm, values: ActValues): ScenarioEvent {
  if (asked.kind === 'step')
    return eventOfForm(asked, values, act.kind === 'step' ? { procedure: act.procedure, part: act.part } : {})
  const known = new Set(asked.fields.map((one) => one.id))
  const stated = Object.entries(values.fields ?? {}).filter(
    ([id, value]) => known.has(id) && value !== undefined && value !== null,
  )
  return {
    on: values.on.format('YYYY-MM-DD'),
    procedure: act.kind === 'start' ? act.procedure : '',
    by: asked.by,
    start: { facts: Object.fromEntries(stated) },
  }
}
