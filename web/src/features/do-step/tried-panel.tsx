import { Alert, Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Answered, Finding } from '../../shared/api.ts'
import type { Case, Standing } from '../../shared/case-data.ts'
import { distinct, FindingLine, Findings, Verdict } from '../../shared/findings.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import type { usePreview } from './api.ts'
import { DoneMeanwhile } from './done-meanwhile.tsx'
import type { StepPlace } from './step-page.tsx'

type Preview = Awaited<ReturnType<ReturnType<typeof usePreview>>>

/** How a trial went. */
export interface Tried {
  answer?: (Preview & Answered<never>) | Preview
  error?: unknown
}

/** What a trial of the step says: what refuses it and where to put it right, or what would come of it. */
export function TriedPanel(props: {
  tried: Tried | undefined
  seen: Case
  /** Brings the field or material of that name into view; undefined for what is not on the form. */
  find: (name: string) => (() => void) | undefined
  at: StepPlace
}) {
  const { tried, seen } = props
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tried) place.current?.scrollIntoView({ block: 'nearest' })
  }, [tried])
  return (
    <div ref={place} className="tried">
      <Told tried={tried} seen={seen} find={props.find} at={props.at} />
    </div>
  )
}

function Told(props: Parameters<typeof TriedPanel>[0]) {
  const { t } = useText()
  const { tried, seen } = props
  if (!tried) return null
  if (tried.error) return <ProblemAlert error={tried.error} />
  const { answer } = tried
  if (!answer) return null
  // What the step must mind stands on the page already.
  const said = answer.findings.filter((one) => one.code !== 'norm')
  if (said.some((one) => one.code === 'already-done' && one.step === props.at.step))
    return <DoneMeanwhile at={props.at} />
  if (!answer.ok || !answer.standing) return <Refused findings={said} find={props.find} />
  const { standing } = answer
  const before = new Set(seen.obligations.map((one) => one.step))
  const fresh = standing.obligations.filter((one) => !before.has(one.step))
  const ahead = laterReasons(standing.steps, seen)
  return (
    <div className="stack" aria-live="polite">
      <Alert
        type="success"
        showIcon
        title={t('cases.preCheckOk')}
        description={
          <>
            {standing.stage !== seen.stage && <p>{t('cases.willStage', { stage: standing.stageTitle })}</p>}
            {fresh.length > 0 && (
              <p>
                {t('cases.willOpen', {
                  steps: fresh.map((one) => `${one.title}${one.dueOn ? ` (${one.dueOn})` : ''}`).join('、'),
                })}
              </p>
            )}
          </>
        }
      />
      {ahead.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('cases.willMeet')}
          description={<Findings findings={ahead} />}
        />
      )}
      <Verdict findings={said} />
    </div>
  )
}

const GROUPS = {
  material: 'cases.materials',
  record: 'cases.fill',
  check: 'cases.checks',
  opinion: 'cases.opinions',
  witness: 'cases.attest',
} as const

/** Why it would be returned, by what has to be put right; each with a way to its place on the form. */
function Refused({
  findings,
  find,
}: {
  findings: Finding[]
  find: (name: string) => (() => void) | undefined
}) {
  const { t } = useText()
  const blocking = distinct(findings.filter((one) => one.level === 'block'))
  const notes = findings.filter((one) => one.level === 'note')
  const kindOf = (one: Finding): string =>
    one.code in GROUPS ? t(GROUPS[one.code as keyof typeof GROUPS]) : t('cases.condition')
  const kinds = [...new Set(blocking.map(kindOf))]
  return (
    <div className="stack" aria-live="polite">
      <Alert
        type="error"
        showIcon
        title={`${t('cases.cannot')}: ${t('project.lookLeft', { n: blocking.length })}`}
        description={kinds.map((kind) => (
          <section key={kind} className="refused">
            <h3>{kind}</h3>
            <ul className="findings">
              {blocking
                .filter((one) => kindOf(one) === kind)
                .map((one) => (
                  <Refusal key={one.message} one={one} find={find} />
                ))}
            </ul>
          </section>
        ))}
      />
      <Verdict findings={notes} />
    </div>
  )
}

function Refusal({ one, find }: { one: Finding; find: (name: string) => (() => void) | undefined }) {
  const { t } = useText()
  const go = namesIn(one)
    .map(find)
    .find((way) => way !== undefined)
  return (
    <FindingLine finding={one}>
      {go && (
        <Button size="small" type="link" onClick={go} aria-label={`${t('cases.toField')}: ${one.message}`}>
          {t('cases.toField')}
        </Button>
      )}
    </FindingLine>
  )
}

/** Names that a reason speaks of: what it names, then what it found unknown, then all that it read. */
function namesIn({ facts }: Finding): string[] {
  const unknown = Object.keys(facts).filter((id) => facts[id] === null)
  return [...String(facts.name ?? '').split(','), ...unknown, ...Object.keys(facts)].filter(Boolean)
}

/** What the steps after this one would be refused by on these facts: bars of the law, not what is merely still to come. */
function laterReasons(steps: Standing['steps'], seen: Case): Finding[] {
  const known = new Set(seen.steps.flatMap((one) => one.findings.map((finding) => finding.message)))
  const found = steps
    .filter((one) => one.state !== 'done' && one.state !== 'excluded')
    .flatMap((one) => one.findings)
    .filter((one) => one.level === 'block' && (one.code === 'veto' || one.code === 'sanction'))
    .filter((one) => !known.has(one.message))
  return distinct(found)
}
