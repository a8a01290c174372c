import { Button } from 'antd'
import { Link } from 'react-router'
import { type Case, findStep } from '../../shared/case-data.ts'
import { StepDesk } from '../../shared/desk/step-desk.tsx'
import { DueWhy } from '../../shared/due/due-why.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles, Why } from '../../shared/why.tsx'

/** What comes next in the case, whose turn it is, what else can be started. */
export function Next({ seen }: { seen: Case }) {
  const { t } = useText()
  return (
    <aside className="aside">
      <Section title={t('cases.obligations')}>
        {seen.obligations.length === 0 ? (
          <p className="quiet">{t('cases.noObligations')}</p>
        ) : (
          <ul className="next">
            {seen.obligations.map((one) => (
              <Obligation
                key={`${one.step}${one.procedure}${one.period}${one.demand}${one.part}`}
                seen={seen}
                one={one}
              />
            ))}
          </ul>
        )}
      </Section>
      <Startable seen={seen} />
    </aside>
  )
}

function Obligation({ seen, one }: { seen: Case; one: Case['obligations'][number] }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const mine = one.by.some((party) => seen.mine.includes(party)) && isOfficer(me)
  const step = findStep(seen, one.step, one.procedure, one.part)
  const open = step?.state === 'open'
  const base = `/projects/${seen.project.id}`
  const asked = new URLSearchParams()
  if (one.procedure) asked.set('procedure', one.procedure)
  if (one.part) asked.set('part', one.part)
  if (one.period) asked.set('period', one.period)
  const to = one.decision
    ? `${base}/decisions/${one.decision}`
    : `${base}/steps/${one.step}${asked.size ? `?${asked}` : ''}`
  return (
    <li>
      <div className="next-head">
        <Link to={to}>{one.title}</Link>
        {mine && (open || one.decision) && (
          <Link to={to} tabIndex={-1}>
            <Button size="small" type="primary" aria-label={`${t('cases.doStep')}: ${one.title}`}>
              {t('cases.doStep')}
            </Button>
          </Link>
        )}
      </div>
      <div className="quiet">
        {data?.words.parties(one.by, step?.joint)}
        {one.period && ` · ${one.period}`}
      </div>
      <div className="next-foot">
        {one.dueOn && (
          <DueWhy
            on={one.dueOn}
            today={seen.today}
            label={one.title}
            provisional={one.provisional}
            due={one.due}
            article={one.article}
          />
        )}
        <Articles article={one.article} />
        <StepDesk
          projectId={seen.project.id}
          step={one.decision ?? one.step}
          procedure={one.procedure}
          part={one.part}
        />
      </div>
    </li>
  )
}

function Startable({ seen }: { seen: Case }) {
  const { t } = useText()
  const me = useMe()
  if (!isOfficer(me) || seen.startable.length === 0) return null
  return (
    <Section title={t('cases.startProcedure')}>
      <ul className="next">
        {seen.startable.map((one) => {
          const barred = one.findings.some((finding) => finding.level === 'block')
          return (
            <li key={one.procedure} className="next-head">
              {barred ? (
                <span>
                  <span className="quiet">{one.title}</span>
                  <Why grounds={one.findings} label={one.title} />
                </span>
              ) : (
                <span>
                  <Link to={`/projects/${seen.project.id}/start/${one.procedure}`}>{one.title}</Link>
                </span>
              )}
              <Articles article={one.article} />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
