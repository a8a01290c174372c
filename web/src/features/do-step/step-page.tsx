import { Alert, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import {
  type Case,
  type CaseStep,
  findStep,
  type ProjectView,
  useCase,
  useProject,
} from '../../shared/case-data.ts'
import { useDossier } from '../../shared/dossier/dossier-data.ts'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { DueWhy } from '../../shared/due/due-why.tsx'
import { Verdict } from '../../shared/findings.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { NotFound } from '../../shared/not-found.tsx'
import { Loaded, Page, PageLoaded, Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { StatePill } from '../../shared/state-pill.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, PolicyVersion } from '../../shared/why.tsx'
import { type MaterialForm, useStepForm } from './api.ts'
import { AttestCard } from './attest-card.tsx'
import { CaseFile } from './case-file.tsx'
import { DrawExperts } from './draw-experts.tsx'
import { OpinionsCard } from './opinions-card.tsx'
import { Returned } from './returned.tsx'
import { StepForm } from './step-form.tsx'
import { WithdrawCard } from './withdraw-card.tsx'

/** One step of a project, to be done by whoever may, to be read by everybody else. */
export function StepPage() {
  const { id = '', step = '' } = useParams()
  const [asked] = useSearchParams()
  const at = {
    id,
    step,
    procedure: asked.get('procedure') ?? undefined,
    part: asked.get('part') ?? undefined,
    period: asked.get('period') ?? undefined,
  }
  const project = useProject(id)
  const seen = useCase(id)
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <PageLoaded query={seen}>
            {(standing) => <Step key={Object.values(at).join()} seen={standing} view={view} at={at} />}
          </PageLoaded>
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

/** Which step of which project is meant. */
export interface StepPlace {
  id: string
  step: string
  procedure?: string
  part?: string
  period?: string
}

function Step({ seen, view, at }: { seen: Case; view: ProjectView; at: StepPlace }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const form = useStepForm(at)
  const [left, setLeft] = useState(false)
  const step = findStep(seen, at.step, at.procedure, at.part)
  // What is read again after the act would refuse it, until the project's page stands here.
  if (left) return <Skeleton active className="section" />
  if (!step) return <NotFound to={`/projects/${at.id}`} way={t('cases.back')} />
  const mine = isOfficer(me) && step.by.some((party) => seen.mine.includes(party))
  const blocking = step.findings.filter((one) => one.level === 'block')
  const doable = mine && !seen.ended && (step.state === 'open' || (step.state === 'done' && step.repeatable))
  return (
    <Page
      name={`${step.title} · ${seen.project.title}`}
      title={
        <>
          {step.title} <StatePill step={step} />
        </>
      }
      lead={
        <span className="step-lead">
          <Link to={`/projects/${at.id}`}>{seen.project.title}</Link>
          <span>{data?.words.parties(step.by, step.joint)}</span>
          {step.dueOn && (
            <DueWhy
              on={step.dueOn}
              today={seen.today}
              label={step.title}
              provisional={step.provisional}
              due={step.due}
              article={step.article}
            />
          )}
          <Articles article={step.article} />
        </span>
      }
    >
      <div className="two">
        <div className="stack">
          <Returned step={step} at={at} />
          {step.findings.length > 0 && <Verdict findings={step.findings} />}
          {blocking.length === 0 && !mine && step.state === 'open' && (
            <Alert
              type="info"
              showIcon
              title={
                isOfficer(me)
                  ? t('cases.notMine', { party: data?.words.parties(step.by, step.joint) })
                  : t('cases.readOnly')
              }
            />
          )}
          {(step.opinions?.length ?? 0) > 0 && <OpinionsCard seen={seen} step={step} at={at} />}
          {(step.witness?.length ?? 0) > 0 && <AttestCard seen={seen} step={step} at={at} />}
          {doable && step.experts?.drawn && (
            <Section title={t('cases.draw')} extra={<Articles article={step.experts.article} />}>
              <DrawExperts at={at} experts={step.experts} />
            </Section>
          )}
          {step.withdrawable && isOfficer(me) && <WithdrawCard at={at} title={step.title} />}
          <Loaded query={form}>
            {(asksFor) =>
              doable ? (
                <StepForm
                  key={step.outcome}
                  seen={seen}
                  step={step}
                  at={at}
                  form={asksFor}
                  onDone={() => setLeft(true)}
                />
              ) : (
                <Reading step={step} at={at} materials={asksFor.materials} />
              )
            }
          </Loaded>
        </div>
        <CaseFile view={view} />
      </div>
    </Page>
  )
}

/** The step for whoever does not do it: what was done, and what it asks for while it is still to be done. */
function Reading(props: { step: CaseStep; at: StepPlace; materials: MaterialForm[] }) {
  const { t } = useText()
  const { step, at, materials } = props
  const dossier = useDossier(at.id)
  const runs = dossier.data?.runs.filter(
    (one) => one.step === at.step && one.procedure === at.procedure && one.part === at.part,
  )
  return (
    <>
      {dossier.data && runs && runs.length > 0 && (
        <Section title={t('cases.recordedHere')}>
          <div className="runs">
            {runs.map((run) => (
              <RunCard key={`${run.n}${run.period}`} run={run} dossier={dossier.data} />
            ))}
          </div>
        </Section>
      )}
      {step.state !== 'done' && materials.length > 0 && (
        <Section title={t('cases.materials')}>
          <ul className="plain-list">
            {materials.map((one) => (
              <li key={one.id}>
                {one.title} <Articles article={one.article} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
