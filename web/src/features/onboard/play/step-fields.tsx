import { Checkbox, Form, Input, Radio, Select } from 'antd'
import type { PlayForm } from '../../../../../functions/core/policy/play/play-form.ts'
import { Checks } from '../../../shared/inputs/checks.tsx'
import { FormFields } from '../../../shared/inputs/form-fields.tsx'
import { OutcomeChoice } from '../../../shared/inputs/outcome-choice.tsx'
import { RequiredPill } from '../../../shared/inputs/required-pill.tsx'
import { Norms } from '../../../shared/norms.tsx'
import { Section } from '../../../shared/page.tsx'
import { Pill } from '../../../shared/pill.tsx'
import type { PolicyWords } from '../../../shared/policy-words.ts'
import { Articles } from '../../../shared/why.tsx'
import { NO_OPINION } from './event-of-form.ts'
import { plainFields } from './plain-fields.ts'
import { usePlayText } from './play-texts.ts'

type StepPlay = Extract<PlayForm, { kind: 'step' }>

/** All that a step asks for: who, with what outcome, on what, with which papers, opinions and witnesses. */
export function StepFields(props: { asked: StepPlay; words: PolicyWords; periods?: string[] }) {
  const { t, p } = usePlayText()
  const { asked, words, periods } = props
  const { form, by, joint } = asked
  const values = Form.useFormInstance()
  const outcome = Form.useWatch('outcome', values) as string | undefined
  const experts = (Form.useWatch('experts', values) as string[] | undefined) ?? []
  const chosen = form.outcomes.find((one) => one.id === outcome)
  const settles = chosen?.settles !== false
  const fields = plainFields([...(settles ? form.fields : []), ...(chosen?.fields ?? [])])
  const materials = [...(settles ? form.materials : []), ...(chosen?.materials ?? [])]
  const proposal = asked.proposals[outcome ?? ''] ?? Object.values(asked.proposals)[0]
  const opinions = Object.keys(proposal?.opinions ?? {})
  const named = (ids: readonly string[]) => ids.map((id) => ({ value: id, label: words.party(id) }))
  return (
    <>
      {joint || by.length === 1 ? (
        <Form.Item name="by" label={joint ? p('formByAll') : p('formBy')}>
          <Checkbox.Group options={named(by)} aria-label={p('formBy')} disabled={by.length === 1} />
        </Form.Item>
      ) : (
        <Form.Item
          name="by"
          label={p('formBy')}
          getValueProps={(list?: string[]) => ({ value: list?.[0] })}
          getValueFromEvent={(event: { target: { value: string } }) => [event.target.value]}
        >
          <Radio.Group options={named(by)} aria-label={p('formBy')} />
        </Form.Item>
      )}
      <OutcomeChoice outcomes={form.outcomes} chosen={chosen} />
      {periods && periods.length > 0 && (
        <Form.Item name="period" label={p('formPeriod')} initialValue={periods[0]}>
          <Select options={periods.map((one) => ({ value: one, label: one }))} className="amount" />
        </Form.Item>
      )}
      {fields.length > 0 && (
        <Section title={t('cases.fill')}>
          <FormFields fields={fields} group="fields" />
        </Section>
      )}
      {materials.length > 0 && (
        <Section title={p('formMaterials')}>
          <ul className="materials">
            {materials.map((one) => (
              <li key={one.id}>
                <div className="material-head">
                  <Form.Item name={['materials', one.id, 'given']} valuePropName="checked" noStyle>
                    <Checkbox>{one.title}</Checkbox>
                  </Form.Item>
                  <RequiredPill present={one.present} required={one.required} />
                  {one.anyOf && <Pill tone="faint">{t('cases.anyOfGroup')}</Pill>}
                  <Articles article={one.article} />
                </div>
                {one.orReason && (
                  <Form.Item noStyle dependencies={[['materials', one.id, 'given']]}>
                    {({ getFieldValue }) =>
                      getFieldValue(['materials', one.id, 'given']) ? null : (
                        <Form.Item name={['materials', one.id, 'reason']} noStyle>
                          <Input
                            placeholder={t('cases.orReason')}
                            aria-label={`${p('formReason')}: ${one.title}`}
                          />
                        </Form.Item>
                      )
                    }
                  </Form.Item>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {form.checks.length > 0 && <Checks checks={form.checks} />}
      {opinions.length > 0 && chosen?.opinions !== false && (
        <Section title={p('formOpinions')}>
          {opinions.map((party) => (
            <Form.Item key={party} name={['opinions', party]} label={words.party(party)}>
              <Radio.Group
                aria-label={`${p('formOpinions')}: ${words.party(party)}`}
                options={[
                  { value: 'agree', label: t('cases.agree') },
                  { value: 'object', label: t('cases.object') },
                  { value: NO_OPINION, label: p('formNone') },
                ]}
              />
            </Form.Item>
          ))}
        </Section>
      )}
      {proposal && proposal.witness.length > 0 && (
        <Form.Item name="witness" label={p('formWitness')}>
          <Checkbox.Group options={named(proposal.witness)} aria-label={p('formWitness')} />
        </Form.Item>
      )}
      {proposal && proposal.experts.length > 0 && settles && (
        <div className="fields">
          <Form.Item name="experts" label={p('formExperts')}>
            <Select mode="tags" open={false} suffixIcon={null} aria-label={p('formExperts')} />
          </Form.Item>
          <Form.Item name="dissent" label={p('formDissent')}>
            <Select
              mode="multiple"
              aria-label={p('formDissent')}
              options={experts.map((name) => ({ value: name, label: name }))}
            />
          </Form.Item>
        </div>
      )}
      {form.minute && (
        <Form.Item name="minute" label={p('formMinute')}>
          <Input className="amount" />
        </Form.Item>
      )}
      <Norms norms={form.norms} />
    </>
  )
}
