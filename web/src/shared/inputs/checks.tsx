import { Form, Radio } from 'antd'
import { Section } from '../page.tsx'
import { useText } from '../text.ts'
import { Articles } from '../why.tsx'
import type { StepFormData } from './field-input.tsx'

/** Points that are gone through one by one. */
export function Checks({ checks }: { checks: StepFormData['checks'] }) {
  const { t } = useText()
  return (
    <Section title={t('cases.checks')}>
      {checks.map((one) => (
        <Form.Item
          key={one.id}
          name={['checks', one.id]}
          label={
            <span className="field-label">
              {one.title} <Articles article={one.article} />
            </span>
          }
          rules={one.required ? [{ required: true, message: t('cases.needed', { title: one.title }) }] : []}
        >
          <Radio.Group
            aria-label={one.title}
            options={(['met', 'not-met', 'not-applicable'] as const).map((value) => ({
              value,
              label: t(`cases.${value}`),
            }))}
          />
        </Form.Item>
      ))}
    </Section>
  )
}
