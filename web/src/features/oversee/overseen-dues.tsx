import { Skeleton } from 'antd'
import { type ReactNode, useMemo } from 'react'
import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import { answer, api } from '../../shared/api.ts'
import { CardPopover } from '../../shared/card-popover.tsx'
import { DueTag } from '../../shared/due/due-tag.tsx'
import { Pill } from '../../shared/pill.tsx'
import { OverseenPlace, PolicyAtHand } from '../../shared/policy-data.ts'
import { PolicyWords } from '../../shared/policy-words.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { GroundsCard, VersionLine, WhyButton } from '../../shared/why.tsx'

interface Overseen {
  id: string
  jurisdiction: string
  title: string
}

/** The next due day of an overseen project; why it is that day is read once somebody asks. */
export function NextDue({ project, on, today }: { project: Overseen; on: string; today: string }) {
  const { t } = useText()
  return (
    <span className="next-due">
      <DueTag on={on} today={today} />
      <WhyButton label={`${t('project.whyDue')}: ${project.title} ${on}`}>
        <Dues project={project} today={today} asked={(dueOn) => dueOn === on} />
      </WhyButton>
    </span>
  )
}

/** How many due days have passed; each is told with its reason once somebody asks. */
export function OverdueCount({ project, n, today }: { project: Overseen; n: number; today: string }) {
  const { t } = useText()
  if (n === 0) return <>0</>
  const label = `${t('platform.overdue')}: ${project.title}`
  return (
    <CardPopover
      label={label}
      title={label}
      content={<Dues project={project} today={today} asked={(on) => on < today} />}
    >
      <button type="button" className="pill-button" aria-label={`${label} ${n}`}>
        <Pill tone="bad">{n}</Pill>
      </button>
    </CardPopover>
  )
}

function Dues(props: { project: Overseen; today: string; asked: (dueOn: string) => boolean }): ReactNode {
  const { t } = useText()
  const { id, jurisdiction } = props.project
  const dues = useQuery({
    queryKey: ['overseen-dues', jurisdiction, id],
    queryFn: () =>
      answer(
        api.oversight.projects[':jurisdiction'][':project'].dues.$get({
          param: { jurisdiction, project: id },
        }),
      ),
  })
  const hash = dues.data?.policy ?? ''
  const policy = useQuery({
    queryKey: ['overseen-policy', jurisdiction, hash],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: hash !== '',
    queryFn: () =>
      answer(api.oversight.policies[':jurisdiction'][':hash'].$get({ param: { jurisdiction, hash } })),
  })
  const atHand = useMemo(() => {
    if (!policy.data) return undefined
    // The document is what the service's own schema parsed; the route types it as a bare object.
    const document = policy.data.document as unknown as PolicyDocument
    return { ...policy.data, versions: [], document, words: new PolicyWords(document) }
  }, [policy.data])
  const error = dues.error ?? policy.error
  if (error) return <ProblemAlert error={error} />
  if (!dues.data || (hash !== '' && !atHand))
    return <Skeleton active className="why" paragraph={{ rows: 2 }} title={false} />
  const shown = dues.data.items.filter(({ dueOn }) => props.asked(dueOn))
  if (shown.length === 0) return <p className="why quiet">{t('project.dueGone')}</p>
  return (
    <OverseenPlace value={jurisdiction}>
      <PolicyAtHand value={atHand}>
        {shown.map((one) => (
          <section key={one.item} className="overseen-due">
            <p>
              <strong>{one.title}</strong>{' '}
              <span className="quiet">{atHand?.words.parties(one.parties) ?? ''}</span>
            </p>
            <DueTag on={one.dueOn} today={props.today} provisional={one.provisional} />
            {one.reason ? (
              <GroundsCard {...one.reason} />
            ) : (
              <p className="quiet">{t('platform.reasonLater')}</p>
            )}
          </section>
        ))}
        <VersionLine />
      </PolicyAtHand>
    </OverseenPlace>
  )
}
