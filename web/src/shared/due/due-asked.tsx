import '../case.css'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { type Case, useCase, useProject } from '../case-data.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useText } from '../text.ts'
import { type Grounds, GroundsList, PolicyVersion, WhyButton } from '../why.tsx'
import { DueTag } from './due-tag.tsx'

/** A due day as a list knows it: whose, of what, and on which day. */
export interface ListedDue {
  project: string
  on: string
  title: string
}

/** A due day in a list. Lists do not carry the reason: it is read from the case once somebody asks. */
export function DueAsked(props: ListedDue & { today: string; provisional?: boolean }) {
  return (
    <span className="due-why">
      <DueTag on={props.on} today={props.today} provisional={props.provisional} />
      <DueReasonButton {...props} />
    </span>
  )
}

/** Only the question mark, where the day itself is told already. */
export function DueReasonButton({ project, on, title }: ListedDue) {
  const { t } = useText()
  return (
    <WhyButton label={`${t('project.whyDue')}: ${title} ${on}`}>
      <DueReason project={project} on={on} title={title} />
    </WhyButton>
  )
}

function DueReason({ project, on, title }: ListedDue): ReactNode {
  const { t } = useText()
  const view = useProject(project)
  const seen = useCase(project)
  const error = view.error ?? seen.error
  if (error) return <ProblemAlert error={error} />
  if (!view.data || !seen.data)
    return <Skeleton active className="why" paragraph={{ rows: 2 }} title={false} />
  const ground = groundOf(seen.data, on, title)
  return (
    <PolicyVersion value={view.data.policy.hash}>
      {ground ? <GroundsList grounds={[ground]} /> : <p className="why quiet">{t('project.dueGone')}</p>}
    </PolicyVersion>
  )
}

/** Why something of that name is due that day: an obligation, or an opinion that is awaited. */
function groundOf(seen: Case, on: string, title: string): Grounds | undefined {
  const one = seen.obligations.find((owed) => owed.dueOn === on && owed.title === title)
  if (one) return one.due ?? { article: one.article }
  const steps = [...seen.steps, ...seen.procedures.flatMap((run) => run.steps)]
  const asked = steps
    .filter((step) => step.title === title)
    .flatMap((step) => step.opinions ?? [])
    .find((opinion) => opinion.dueOn === on)
  return asked && (asked.due ?? { article: asked.article })
}
