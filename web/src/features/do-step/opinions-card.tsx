import { App, Button, Form, Input, Radio, Select } from 'antd'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { useDossier } from '../../shared/dossier/dossier-data.ts'
import { DueTag } from '../../shared/due-tag.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { useGiveOpinion } from './api.ts'
import type { StepPlace } from './step-page.tsx'

/** Opinions of the bodies that are asked, and the form for whoever has not answered yet. */
export function OpinionsCard({ seen, step, at }: { seen: Case; step: CaseStep; at: StepPlace }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const opinions = step.opinions ?? []
  const asked = opinions.filter((one) => seen.mine.includes(one.from) && !one.value)
  return (
    <Section title={t('cases.opinions')}>
      <ul className="opinions">
        {opinions.map((one) => (
          <li key={`${one.from}${one.on.join()}`}>
            <span>{data?.words.party(one.from)}</span>
            {one.on.length > 0 && <span className="quiet">{one.on.join('、')}</span>}
            <Pill tone={one.value === 'agree' ? 'good' : one.value ? 'bad' : 'faint'}>
              {t(one.value === 'agree' ? 'cases.agree' : one.value ? 'cases.object' : 'cases.notYet')}
            </Pill>
            {one.dueOn && !one.value && <DueTag on={one.dueOn} today={seen.today} />}
          </li>
        ))}
      </ul>
      <Given at={at} />
      {isOfficer(me) && asked.length > 0 && step.state !== 'done' && (
        <OpinionForm parties={asked.map((one) => one.from)} aspects={asked[0]!.on} at={at} />
      )}
    </Section>
  )
}

/** What was said, with the remarks, in this round and before. */
function Given({ at }: { at: StepPlace }) {
  const { t } = useText()
  const { data } = usePolicy()
  const dossier = useDossier(at.id)
  const given = dossier.data?.opinions.filter(
    (one) => one.step === at.step && one.procedure === at.procedure && (one.remark || one.aspect),
  )
  if (!given || given.length === 0) return null
  return (
    <ul className="opinions" aria-label={t('cases.remark')}>
      {given.map((one) => (
        <li key={`${one.from}${one.aspect}${one.on}${one.remark}`}>
          <span>{data?.words.party(one.from)}</span>
          {one.aspect && <span className="quiet">{one.aspect}</span>}
          <span>{one.remark}</span>
          <span className="quiet number">{one.on}</span>
        </li>
      ))}
    </ul>
  )
}

function OpinionForm({ parties, aspects, at }: { parties: string[]; aspects: string[]; at: StepPlace }) {
  const { t } = useText()
  const { message } = App.useApp()
  const { data } = usePolicy()
  const give = useGiveOpinion(at)
  const [form] = Form.useForm()
  const submit = async (values: {
    as: string
    value: 'agree' | 'object'
    aspect?: string
    remark?: string
  }) => {
    await give.mutateAsync(values).then(
      () => message.success(t('cases.opinionGiven')),
      () => undefined,
    )
  }
  return (
    <Form
      form={form}
      layout="vertical"
      className="inline-form"
      onFinish={submit}
      initialValues={{ as: parties[0] }}
    >
      <Form.Item name="as" label={t('cases.as')} hidden={parties.length === 1}>
        <Select
          aria-label={t('cases.as')}
          options={parties.map((party) => ({ value: party, label: data?.words.party(party) }))}
        />
      </Form.Item>
      <Form.Item
        name="value"
        label={t('cases.giveOpinion')}
        rules={[{ required: true, message: t('cases.choose') }]}
      >
        <Radio.Group
          aria-label={t('cases.giveOpinion')}
          options={[
            { value: 'agree', label: t('cases.agree') },
            { value: 'object', label: t('cases.object') },
          ]}
        />
      </Form.Item>
      {aspects.length > 1 && (
        <Form.Item name="aspect" label={t('cases.aspect')}>
          <Select
            allowClear
            aria-label={t('cases.aspect')}
            options={aspects.map((one) => ({ value: one, label: one }))}
          />
        </Form.Item>
      )}
      <Form.Item name="remark" label={t('cases.remark')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      <ProblemAlert error={give.error} />
      <Button type="primary" htmlType="submit" loading={give.isPending}>
        {t('cases.giveOpinion')}
      </Button>
    </Form>
  )
}
