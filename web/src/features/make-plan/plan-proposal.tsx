import { App, Button } from 'antd'
import { Link } from 'react-router'
import { isOfficer, useMe } from '../../shared/me.ts'
import { wan } from '../../shared/money.ts'
import { Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { type Plan, useCompose } from './api.ts'

type Proposal = NonNullable<Plan['proposal']>
type Line = Proposal['lines'][number]

/** Who would be in the plan by the order and the quota of the policy, beside what is in it; a person decides. */
export function PlanProposal({ plan, proposal }: { plan: Plan; proposal: Proposal }) {
  const { t } = useText()
  const me = useMe()
  const { message } = App.useApp()
  const compose = useCompose(plan.batch.id)
  const listed = new Set(plan.items.map((one) => one.project))
  const titles = new Map([...plan.items, ...plan.candidates].map((one) => [one.project, one.title]))
  const composes = plan.standing.steps.some((step) => step.by.some((party) => plan.mine.includes(party)))
  const may = isOfficer(me) && composes && !plan.standing.ended
  const missing = proposal.lines.filter((one) => one.proposed && !listed.has(one.project))
  const follow = async () => {
    const items = missing.map(({ project, step }) => ({ project, step }))
    const done = await compose.mutateAsync(items).catch(() => undefined)
    if (done) void message.success(t('plans.added', { n: items.length }))
  }
  const total = proposal.lines.findLast((one) => one.proposed)?.totalFen ?? 0
  return (
    <Section title={t('plans.proposal')} extra={<Articles article={proposal.article} />}>
      <p className="quiet">
        {proposal.withinFen === null
          ? t('plans.quotaUnknown')
          : t('plans.quota', { quota: wan(proposal.withinFen), total: wan(total) })}
      </p>
      {proposal.lines.length > 0 && (
        <div className="table-wrap">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('plans.rank')}</th>
                <th scope="col">{t('plans.title')}</th>
                <th scope="col" className="right">
                  {t('plans.amount')}
                </th>
                <th scope="col" className="right">
                  {t('plans.running')}
                </th>
                <th scope="col">{t('plans.advice')}</th>
              </tr>
            </thead>
            <tbody>
              {proposal.lines.map((one, i) => (
                <tr key={one.project}>
                  <td className="number">{i + 1}</td>
                  <td>
                    <Link to={`/projects/${one.project}`}>{titles.get(one.project)}</Link>{' '}
                    {listed.has(one.project) && <Pill tone="faint">{t('plans.inIt')}</Pill>}
                  </td>
                  <td className="number right">{wan(one.amountFen)}</td>
                  <td className="number right">{one.proposed ? wan(one.totalFen) : ''}</td>
                  <td>
                    <Advice one={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ProblemAlert error={compose.error} />
      {may && missing.length > 0 && (
        <div className="actions">
          <Button loading={compose.isPending} onClick={() => void follow()}>
            {t('plans.follow', { n: missing.length })}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** What the rule advises for a project, and why not where it is not to be in. */
function Advice({ one }: { one: Line }) {
  const { t } = useText()
  const { data } = usePolicy()
  if (one.proposed) return <Pill tone="good">{t('plans.advised')}</Pill>
  const outcome = one.outcome && data?.words.outcome(one.step, one.outcome)
  return (
    <>
      {outcome && <Pill>{outcome}</Pill>}{' '}
      <span className="quiet">{t(one.amountFen === null ? 'plans.amountUnknown' : 'plans.overQuota')}</span>
    </>
  )
}
