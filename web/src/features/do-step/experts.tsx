import { Checkbox, Form, Select } from 'antd'
import type { CaseStep } from '../../shared/case-data.ts'
import { useRegister } from '../../shared/inputs/register-input.tsx'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'

/** Experts who took part, taken from the register that the policy names, and who of them agrees. */
export function Experts({ experts }: { experts: NonNullable<CaseStep['experts']> }) {
  const { t } = useText()
  const { data } = usePolicy()
  const entries = useRegister(experts.register)
  const form = Form.useFormInstance()
  const chosen: string[] = Form.useWatch('experts', form) ?? []
  const title = data?.document.registers?.[experts.register]?.title ?? experts.register
  return (
    <Section title={t('cases.experts')} extra={<Articles article={experts.article} />}>
      <Form.Item name="experts" extra={t('cases.expertsHint', { register: title })}>
        <Select
          mode="multiple"
          aria-label={t('cases.experts')}
          placeholder={t('cases.choose')}
          options={entries.data?.items.map((one) => ({
            value: one.name,
            label: one.level ? `${one.name} (${one.level})` : one.name,
          }))}
        />
      </Form.Item>
      {chosen.length > 0 && (
        <Form.Item name="agreeing" label={t('cases.agrees')} initialValue={chosen}>
          <Checkbox.Group options={chosen} />
        </Form.Item>
      )}
    </Section>
  )
}
