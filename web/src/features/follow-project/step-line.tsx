import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { StepDesk } from '../../shared/desk/step-desk.tsx'
import { DueWhy } from '../../shared/due/due-why.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { StatePill } from '../../shared/state-pill.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, Why } from '../../shared/why.tsx'
import { MaterialPill } from './material-pill.tsx'

/** One step: how it stands, whose it is, by when, with what, and why it cannot be done where it cannot. */
export function StepLine(props: { seen: Case; step: CaseStep; run?: string; children?: ReactNode }) {
  const { seen, step, run } = props
  const { t } = useText()
  const { data } = usePolicy()
  const asked = new URLSearchParams()
  if (run) asked.set('procedure', run)
  if (step.part) asked.set('part', step.part)
  const to = `/projects/${seen.project.id}/steps/${step.id}${asked.size > 0 ? `?${asked}` : ''}`
  const blocking = step.findings.filter((one) => one.level === 'block')
  const done = step.outcomes.find((one) => one.id === step.outcome)
  return (
    <li className={`step step-${step.state}`}>
      <div className="step-what">
        <div className="step-head">
          <StatePill step={step} />
          {step.state === 'excluded' ? <span>{step.title}</span> : <Link to={to}>{step.title}</Link>}
          {step.part && <Pill tone="faint">{step.part}</Pill>}
          {step.findings.length > 0 && <Why grounds={step.findings} label={step.title} />}
        </div>
        <div className="step-sub quiet">
          {step.by.length > 0 && (
            <span>
              {data?.words.parties(step.executedBy ?? step.by, step.joint)}
              {step.joint && !step.executedOn && ` ${t('cases.jointly')}`}
            </span>
          )}
          {step.executedOn && (
            <span>
              {t('cases.doneOn', { on: step.executedOn })}
              {done && done.title !== done.id && `, ${done.title}`}
            </span>
          )}
          {step.opensOn && step.state !== 'done' && <span>{t('cases.opensOn', { on: step.opensOn })}</span>}
          {step.closesOn && step.state !== 'done' && (
            <span>{t('cases.closesOn', { on: step.closesOn })}</span>
          )}
          {step.awaiting && step.awaiting.length > 0 && step.state !== 'done' && (
            <span>
              {t('cases.awaiting', { party: step.awaiting.map((one) => data?.words.party(one)).join('、') })}
            </span>
          )}
          <Articles article={step.article} />
        </div>
        {step.state !== 'done' && step.state !== 'excluded' && blocking[0] && (
          <div className="step-reason">{blocking[0].message}</div>
        )}
        {props.children ?? <MaterialLine step={step} />}
      </div>
      <div className="step-side">
        {step.dueOn && step.state !== 'done' && (
          <DueWhy
            on={step.dueOn}
            today={seen.today}
            label={step.title}
            provisional={step.provisional}
            due={step.due}
            article={step.article}
          />
        )}
        <span className="step-acts">
          <Act seen={seen} step={step} to={to} />
          {step.state !== 'done' && step.state !== 'excluded' && (
            <StepDesk projectId={seen.project.id} step={step.id} procedure={run} part={step.part} />
          )}
        </span>
      </div>
    </li>
  )
}

function MaterialLine({ step }: { step: CaseStep }) {
  const { t } = useText()
  if (step.materials.length === 0 || step.state === 'excluded') return null
  return (
    <div className="step-materials">
      <span className="quiet">{t('cases.materials')}</span>
      {step.materials.map((one) => (
        <MaterialPill key={one.id} step={step} material={one} />
      ))}
    </div>
  )
}

/** The button for whoever may act; where a step is another's, its party instead. */
function Act({ seen, step, to }: { seen: Case; step: CaseStep; to: string }) {
  const { t } = useText()
  const me = useMe()
  if (!isOfficer(me) || seen.ended) return null
  const mine = step.by.some((party) => seen.mine.includes(party))
  const asked =
    step.opinions?.some((one) => one.awaited && seen.mine.includes(one.from)) && step.state !== 'done'
  const watched = step.witness?.some((party) => seen.mine.includes(party)) && step.state === 'open'
  const again = step.state === 'done' && step.repeatable && mine
  if (step.state === 'open' && mine)
    return (
      <Link to={to} tabIndex={-1}>
        <Button type="primary" size="small" aria-label={`${t('cases.doStep')}: ${step.title}`}>
          {t('cases.doStep')}
        </Button>
      </Link>
    )
  if (asked || watched)
    return (
      <Link to={to} tabIndex={-1}>
        <Button size="small" aria-label={`${t(asked ? 'cases.giveOpinion' : 'cases.attest')}: ${step.title}`}>
          {t(asked ? 'cases.giveOpinion' : 'cases.attest')}
        </Button>
      </Link>
    )
  if (step.withdrawable)
    return (
      <Link to={to} tabIndex={-1}>
        <Button size="small" type="text" aria-label={`${t('project.withdraw')}: ${step.title}`}>
          {t('project.withdraw')}
        </Button>
      </Link>
    )
  if (again)
    return (
      <Link to={to} tabIndex={-1}>
        <Button size="small" type="text" aria-label={`${t('cases.doAgain')}: ${step.title}`}>
          {t('cases.doAgain')}
        </Button>
      </Link>
    )
  return null
}
