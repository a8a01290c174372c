import { Link } from 'react-router'
import { wan } from '../../shared/money.ts'
import { Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { useWorkbench } from './workbench-data.ts'

const BASES = ['estimate', 'approved', 'budget', 'contract', 'paid'] as const

/** The money of the year's projects by its basis, with bars against the largest. */
export function PlanMoney() {
  const { t } = useText()
  const money = useWorkbench().data?.lead?.money
  if (!money) return null
  const list = `/projects?year=${money.year}`
  const most = Math.max(1, ...BASES.map((basis) => money[`${basis}Fen`] ?? 0))
  return (
    <Section
      title={t('desk.money', { year: money.year })}
      extra={money.projects > 0 && <Link to={list}>{t('desk.moneyOf', { n: money.projects })}</Link>}
    >
      {money.projects === 0 ? (
        <p className="quiet">{t('desk.noMoney', { year: money.year })}</p>
      ) : (
        <dl className="money-bars">
          {BASES.map((basis) => {
            const fen = money[`${basis}Fen`]
            const share =
              fen !== null && money.budgetFen ? Math.round((fen * 100) / money.budgetFen) : undefined
            return (
              <div key={basis}>
                <dt>{t(`desk.${basis}`)}</dt>
                <dd>
                  <span className="bar" aria-hidden>
                    <span style={{ width: `${Math.round(((fen ?? 0) * 100) / most)}%` }} />
                  </span>
                  <span className="number">{wan(fen)}</span>
                  {money.budgetFen !== null && (
                    <span className="quiet number money-share">
                      {share !== undefined && (basis === 'contract' || basis === 'paid')
                        ? t('desk.ofBudget', { n: share })
                        : ''}
                    </span>
                  )}
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </Section>
  )
}
