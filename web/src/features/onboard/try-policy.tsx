import { DatePicker, Form } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useEffect, useMemo } from 'react'
import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import { AwaitsPanel } from '../../shared/awaits-panel.tsx'
import type { Explanation } from '../../shared/explanation.ts'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { Section } from '../../shared/page.tsx'
import { PolicyAtHand, type PolicyData } from '../../shared/policy-data.ts'
import { PolicyWords } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { wholeFacts } from '../../shared/whole-facts.ts'

interface Tried {
  on?: Dayjs
  facts?: Record<string, unknown>
}

/** A project tried on a policy that is not adopted yet: facts on the left, what follows from them on the right. */
export function TryPolicy(props: {
  document: PolicyDocument
  explained: Explanation | undefined
  explain: (facts: Record<string, unknown>, on: string) => void
}) {
  const { t } = useText()
  const { document, explained, explain } = props
  const [form] = Form.useForm<Tried>()
  const tried = Form.useWatch([], form) as Tried | undefined
  const asked = JSON.stringify(wholeFacts(tried?.facts ?? {}))
  const on = (tried?.on ?? dayjs()).format('YYYY-MM-DD')
  useEffect(() => {
    const timer = setTimeout(() => explain(JSON.parse(asked) as Record<string, unknown>, on), 200)
    return () => clearTimeout(timer)
  }, [asked, on, explain])
  const atHand = useMemo(() => policyAtHand(document), [document])
  const fields = explained?.fields ?? []
  return (
    <PolicyAtHand value={atHand}>
      <div className="two wide-aside">
        <Form<Tried> form={form} layout="vertical">
          <Section title={t('platform.tryFacts')}>
            <Form.Item name="on" label={t('platform.tryOn')} initialValue={dayjs()}>
              <DatePicker allowClear={false} />
            </Form.Item>
            <FormFields fields={fields} group="facts" />
          </Section>
        </Form>
        <AwaitsPanel explanation={explained} error={undefined} />
      </div>
    </PolicyAtHand>
  )
}

function policyAtHand(document: PolicyDocument): PolicyData {
  const { effective } = document.policy
  return {
    versions: [],
    hash: '',
    effectiveOn: effective,
    effectiveChosen: effective === 'unseen',
    text: '',
    document,
    words: new PolicyWords(document),
  }
}
