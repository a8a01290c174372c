import { Form, Select } from 'antd'
import type { Organisation } from '../../shared/directory.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'

/** Whom a unit answers to, for each party of the policy that differs from unit to unit. */
export function AnswersTo({ organisations }: { organisations: Organisation[] }) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const perUnit = Object.entries(policy?.document.parties ?? {}).filter(([, one]) => one.held?.per === 'unit')
  return perUnit.map(([id, one]) => (
    <Form.Item key={id} name={['answersTo', id]} label={t('people.answersTo', { party: one.name })}>
      <Select
        allowClear
        placeholder={t('people.answersToNone')}
        showSearch={{ optionFilterProp: 'label' }}
        options={organisations.map((other) => ({ value: other.id, label: other.name }))}
      />
    </Form.Item>
  ))
}
