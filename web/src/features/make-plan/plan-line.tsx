import { App, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { factText } from '../../shared/conflict/fact-text.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { type Plan, type PlanItem, useCompose } from './api.ts'
import { ItemForm } from './item-form.tsx'
import { itemRecords } from './item-records.ts'

/** A project in a plan with what is stated of it there; whoever composes the plan states it or takes it out. */
export function PlanLine({ plan, item, may }: { plan: Plan; item: PlanItem; may: boolean }) {
  const { t } = useText()
  const { message } = App.useApp()
  const { data } = usePolicy()
  const compose = useCompose(plan.batch.id)
  const [open, setOpen] = useState(false)
  const { project, step } = item
  const rule = data?.document.steps[step]
  const outcomes = Object.values(rule?.outcomes ?? {})
  const asked = itemRecords(rule)
  const asks = Object.keys(asked).length > 0 || outcomes.length > 1
  const said = Object.entries(item.records)
  const outcome = item.outcome ? data?.words.outcome(step, item.outcome) : undefined
  const takeOut = async () => {
    const done = await compose.mutateAsync([{ project, step, outcome: 'removed' }]).catch(() => undefined)
    if (done) void message.success(t('plans.takenOut', { title: item.title }))
  }
  return (
    <li>
      <div className="next-head">
        <span>
          <Link to={`/projects/${project}`}>{item.title}</Link>{' '}
          <span className="quiet">{data?.words.step(step)}</span>
        </span>
        {may && (
          <span className="plan-acts">
            {asks && (
              <Button
                size="small"
                aria-label={`${t('plans.state')}: ${item.title}`}
                onClick={() => setOpen(true)}
              >
                {t('plans.state')}
              </Button>
            )}
            <Button
              size="small"
              type="text"
              aria-label={`${t('plans.takeOut')}: ${item.title}`}
              onClick={() => void takeOut()}
            >
              {t('plans.takeOut')}
            </Button>
          </span>
        )}
      </div>
      <div className="quiet">
        {outcome && <Pill tone={said.length > 0 ? 'good' : 'faint'}>{outcome}</Pill>}{' '}
        {said.length === 0 && asks && !outcome && t('plans.notStated')}
        {said
          .map(
            ([id, value]) =>
              `${asked[id]?.title ?? id}: ${factText(value, asked[id]?.options ?? undefined, t)}`,
          )
          .join(' · ')}
      </div>
      <ProblemAlert error={compose.error} />
      {open && <ItemForm plan={plan} item={item} onDone={() => setOpen(false)} />}
    </li>
  )
}
