import { Form, Radio } from 'antd'
import { Section } from '../../shared/page.tsx'
import { type TextKey, useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import type { OutcomeForm } from './api.ts'

/** The outcomes of a step, each with what it brings about, before it is chosen. */
export function OutcomeChoice({
  outcomes,
  chosen,
}: {
  outcomes: OutcomeForm[]
  chosen: OutcomeForm | undefined
}) {
  const { t } = useText()
  if (outcomes.length === 1)
    return chosen && chosen.effects.length > 0 ? (
      <Section title={t('cases.effects')}>
        <Effects outcome={chosen} />
      </Section>
    ) : null
  return (
    <Section title={t('cases.outcome')}>
      <Form.Item name="outcome" noStyle rules={[{ required: true, message: t('cases.choose') }]}>
        <Radio.Group className="outcomes" aria-label={t('cases.outcome')}>
          {outcomes.map((one) => (
            <Radio key={one.id} value={one.id} disabled={one.allowed === 'no'}>
              <span className="outcome-title">
                {one.title === one.id ? t('cases.plainOutcome') : one.title}
              </span>{' '}
              <Articles article={one.article} />
              <Effects outcome={one} />
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
    </Section>
  )
}

/** What an outcome brings about, as sentences. */
function Effects({ outcome }: { outcome: OutcomeForm }) {
  const { t } = useText()
  const say = (key: TextKey, values: Record<string, unknown>) => t(key, values)
  const lines = outcome.effects.map((one) => {
    switch (one.kind) {
      case 'reopens':
        return (
          say(one.to ? 'cases.effectReopensTo' : 'cases.effectReopens', one) +
          (one.within ? t('cases.effectWithin', one) : '')
        )
      case 'demands':
        return (
          say('cases.effectDemands', one) +
          (one.within ? t('cases.effectWithin', one) : '') +
          (one.by ? t('cases.effectBy', one) : '')
        )
      case 'postpones':
        return say('cases.effectPostpones', one)
      case 'imposes':
        return say('cases.effectImposes', one)
      case 'lifts':
        return say('cases.effectLifts', one)
      case 'enlists':
        return say('cases.effectEnlists', one)
      case 'ends':
        return say('cases.effectEnds', one)
    }
  })
  if (!outcome.settles && !outcome.effects.some((one) => one.kind === 'ends'))
    lines.push(t('cases.effectUnsettled'))
  if (lines.length === 0) return null
  return (
    <ul className="effects">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
