import { Form, Radio } from 'antd'
import { Section } from '../page.tsx'
import { type TextKey, useText } from '../text.ts'
import { Articles, Why } from '../why.tsx'
import type { OutcomeForm } from './field-input.tsx'

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
            <div key={one.id}>
              <Radio value={one.id} disabled={one.allowed === 'no'}>
                <span className="outcome-title">
                  {one.title === one.id ? t('cases.plainOutcome') : one.title}
                </span>{' '}
                <Articles article={one.article} />
                <Effects outcome={one} />
              </Radio>
              {one.allowed === 'no' && (
                <span className="outcome-barred quiet">
                  {t('cases.outcomeBarred')}
                  <Why
                    grounds={[
                      { article: one.article, facts: one.facts, message: t('cases.outcomeBarredWhy') },
                    ]}
                    label={one.title}
                  />
                </span>
              )}
            </div>
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
  const lines = outcome.effects.map((one): { text: string; article: string[] } => {
    const article = 'article' in one ? one.article : []
    switch (one.kind) {
      case 'reopens':
        return {
          text:
            say(one.to ? 'cases.effectReopensTo' : 'cases.effectReopens', one) +
            (one.within ? t('cases.effectWithin', one) : ''),
          article,
        }
      case 'demands':
        return {
          text:
            say('cases.effectDemands', one) +
            (one.within ? t('cases.effectWithin', one) : '') +
            (one.by ? t('cases.effectBy', one) : ''),
          article,
        }
      case 'postpones':
        return { text: say('cases.effectPostpones', one), article }
      case 'imposes':
        return { text: say('cases.effectImposes', one), article }
      case 'lifts':
        return { text: say('cases.effectLifts', one), article }
      case 'enlists':
        return { text: say('cases.effectEnlists', one), article }
      case 'ends':
        return { text: say('cases.effectEnds', one), article }
    }
  })
  if (!outcome.settles && !outcome.effects.some((one) => one.kind === 'ends'))
    lines.push({ text: t('cases.effectUnsettled'), article: [] })
  if (lines.length === 0) return null
  return (
    <ul className="effects">
      {lines.map(({ text, article }) => (
        <li key={text}>
          {text} <Articles article={article.filter((cited) => !outcome.article.includes(cited))} />
        </li>
      ))}
    </ul>
  )
}
