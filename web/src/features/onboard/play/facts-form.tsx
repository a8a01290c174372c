import { Button, DatePicker, Form, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import type { PolicyDocument } from '../../../../../functions/core/policy/document/document.ts'
import type { SampleProject } from '../../../../../functions/core/policy/play/whole-life.ts'
import type { Explanation } from '../../../shared/explanation.ts'
import { takeOnEnter } from '../../../shared/inputs/day-picker.tsx'
import { FormFields } from '../../../shared/inputs/form-fields.tsx'
import { Section } from '../../../shared/page.tsx'
import { wholeFacts } from '../../../shared/whole-facts.ts'
import { plainFields } from './plain-fields.ts'
import type { Rehearse } from './play-calls.ts'
import { usePlayText } from './play-texts.ts'
import type { Rehearsal, Run } from './use-run.ts'

interface Stated {
  on?: Dayjs
  facts?: Record<string, unknown>
}

/** The facts of the rehearsed project, by hand or as a sample; each change plays the run anew. */
export function FactsForm(props: {
  run: Run
  document: PolicyDocument
  explained: Explanation | undefined
  rehearsal: Rehearsal
  rehearse: Rehearse
  onState: (facts: Record<string, unknown>, start: string) => unknown
}) {
  const { t, p } = usePlayText()
  const { run, document, explained, rehearsal, rehearse, onState } = props
  const [form] = Form.useForm<Stated>()
  const [samples, setSamples] = useState<SampleProject[]>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What was loaded from a file or a sample is shown; what is typed is the form's already.
  const shown = JSON.stringify([run.facts, run.start])
  const typed = useRef(shown)
  useEffect(() => {
    if (typed.current === shown) return
    typed.current = shown
    const [facts, start] = JSON.parse(shown) as [Record<string, unknown>, string]
    form.setFieldsValue({ on: dayjs(start), facts: asRows(facts, document) })
  }, [shown, form, document])
  useEffect(() => () => clearTimeout(timer.current), [])
  // Policies ask for samples of their own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text gives another function
  useEffect(() => setSamples(undefined), [rehearse])
  const change = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const { on, facts } = form.getFieldsValue()
      const stated = { ...unasked(run.facts, document), ...wholeFacts(facts ?? {}) }
      const start = (on ?? dayjs(run.start)).format('YYYY-MM-DD')
      typed.current = JSON.stringify([stated, start])
      onState(stated, start)
    }, 250)
  }
  const take = (sample: SampleProject | undefined) => {
    if (!sample) return
    form.resetFields()
    onState(sample.facts, run.start)
  }
  const find = async () => {
    const found = await rehearsal.during(rehearse('samples', { on: run.start }))
    setSamples(found)
    take(found?.[0])
  }
  return (
    <Section title={t('platform.tryFacts')}>
      <p className="quiet">{p('sampleHint')}</p>
      <Space wrap className="play-samples">
        {samples ? (
          samples.map((one) => (
            <Button key={one.track} size="small" onClick={() => take(one)}>
              {p('sampleOf', { title: one.title })}
            </Button>
          ))
        ) : (
          <Button size="small" disabled={rehearsal.busy} onClick={() => void find()}>
            {p('sample')}
          </Button>
        )}
      </Space>
      <Form<Stated>
        form={form}
        layout="vertical"
        className="play-facts"
        initialValues={{ on: dayjs(run.start), facts: asRows(run.facts, document) }}
        onValuesChange={change}
      >
        <Form.Item name="on" label={t('platform.tryOn')}>
          <DatePicker allowClear={false} onKeyDown={takeOnEnter} />
        </Form.Item>
        <FormFields fields={plainFields(explained?.fields ?? [])} group="facts" />
      </Form>
    </Section>
  )
}

/** Facts of a file that the form does not ask for, because some step supplies them or the policy does not know them. */
function unasked(facts: Record<string, unknown>, document: PolicyDocument): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(([id]) => {
      const rule = document.facts[id]
      return !rule || rule.from !== undefined
    }),
  )
}

/** Lists of names as the rows that the form shows. */
function asRows(facts: Record<string, unknown>, document: PolicyDocument): Record<string, unknown> {
  const row = (one: unknown) => (typeof one === 'string' ? { name: one } : one)
  return Object.fromEntries(
    Object.entries(facts).map(([id, value]) => [
      id,
      document.facts[id]?.type === 'list' && Array.isArray(value) ? value.map(row) : value,
    ]),
  )
}
