import { App, Button, Checkbox, Empty } from 'antd'
import { useState } from 'react'
import { isOfficer, useMe } from '../../shared/me.ts'
import { wan, wanOf } from '../../shared/money.ts'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { type Plan, useCompose } from './api.ts'
import { itemRecords } from './item-records.ts'
import { PlanLine } from './plan-line.tsx'

/** The projects of a plan, and those that can still be put into it. */
export function PlanItems({ plan }: { plan: Plan }) {
  const { t } = useText()
  const me = useMe()
  const { message } = App.useApp()
  const { data } = usePolicy()
  const compose = useCompose(plan.batch.id)
  const [chosen, setChosen] = useState<string[]>([])
  const composer = plan.standing.steps.find((step) => step.by.some((party) => plan.mine.includes(party)))
  const may = isOfficer(me) && composer !== undefined && !plan.standing.ended
  const add = async () => {
    const items = plan.candidates
      .filter((one) => chosen.includes(one.project))
      .map(({ project, step }) => ({ project, step }))
    const done = await compose.mutateAsync(items).catch(() => undefined)
    if (!done) return
    setChosen([])
    void message.success(t('plans.added', { n: items.length }))
  }
  return (
    <Section title={t('plans.items', { n: plan.items.length })}>
      {plan.items.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plans.noItems')} />
      )}
      <ul className="next">
        {plan.items.map((one) => (
          <PlanLine key={`${one.project}${one.step}`} plan={plan} item={one} may={may} />
        ))}
      </ul>
      <PlanTotals plan={plan} />
      <ProblemAlert error={compose.error} />
      {may && plan.candidates.length > 0 && (
        <>
          <h3 className="sub-head spaced">{t('plans.candidates', { n: plan.candidates.length })}</h3>
          <Checkbox.Group
            className="candidates"
            value={chosen}
            onChange={(next) => setChosen(next as string[])}
            options={plan.candidates.map((one) => ({
              value: one.project,
              label: `${one.title} · ${data?.words.step(one.step) ?? ''}`,
            }))}
          />
          <div className="actions">
            <Button
              type="primary"
              disabled={chosen.length === 0}
              loading={compose.isPending}
              onClick={() => void add()}
            >
              {t('plans.putIn', { n: chosen.length })}
            </Button>
          </div>
        </>
      )}
    </Section>
  )
}

/** What the amounts stated in a plan come to, each by its name. */
function PlanTotals({ plan }: { plan: Plan }) {
  const { t } = useText()
  const { data } = usePolicy()
  const sums = new Map<string, number>()
  for (const { step, records } of plan.items)
    for (const [id, written] of Object.entries(records)) {
      const amount = wanOf(written)
      const title = itemRecords(data?.document.steps[step])[id]?.title
      if (amount !== undefined && title) sums.set(title, (sums.get(title) ?? 0) + Math.round(amount * 1e6))
    }
  if (sums.size === 0) return null
  return (
    <p className="plan-totals">
      {[...sums].map(([title, fen]) => (
        <span key={title}>
          {t('plans.total', { title })} <strong className="number">{wan(fen)}</strong> {t('general.wan')}
        </span>
      ))}
    </p>
  )
}
