import type { PolicyDocument } from '../../../functions/core/policy/document/document.ts'
import type { Explanation } from './explanation.ts'
import { Verdict } from './findings.tsx'
import { Section } from './page.tsx'
import { Pill } from './pill.tsx'
import { usePolicy } from './policy-data.ts'
import { cited } from './policy-words.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { dueText, partiesText } from './rule-text.ts'
import { useText } from './text.ts'
import { Articles, type Grounds, Why } from './why.tsx'

type Step = Explanation['standing']['steps'][number]

/** What a project with these facts will have to go through: by whom, when, with what, by which article. */
export function AwaitsPanel({
  explanation,
  error,
}: {
  explanation: Explanation | undefined
  error: unknown
}) {
  const { t } = useText()
  const { data } = usePolicy()
  const standing = explanation?.standing
  const steps = standing?.steps.filter((step) => step.state !== 'excluded') ?? []
  const sure = steps.filter((step) => !depends(step))
  const track = standing?.track
  return (
    <aside className="aside">
      <Section
        title={t('cases.live')}
        extra={
          standing && (
            <span className="quiet" aria-live="polite">
              {t('cases.stepsCount', { n: sure.length })}
              {steps.length > sure.length && `, ${t('cases.stepsMaybe', { n: steps.length - sure.length })}`}
            </span>
          )
        }
      >
        <ProblemAlert error={error} />
        {!standing && !error && <p className="quiet">{t('cases.liveHint')}</p>}
        {explanation && explanation.findings.length > 0 && <Verdict findings={explanation.findings} />}
        {track && (
          <p>
            <Pill tone="busy">{t('cases.governed', { track: data?.words.track(track) })}</Pill>
          </p>
        )}
        {standing?.tables
          .filter((one) => one.value !== null)
          .map((one) => (
            <p key={one.id} className="way-table">
              <span className="quiet">{one.title}</span>{' '}
              <strong>{one.valueTitle ?? valueText(one.value, t)}</strong> <Articles article={one.article} />
            </p>
          ))}
        {stagesOf(steps).map(([stage, list]) => (
          <section key={stage} className="awaits-stage">
            <h3>{data?.words.stage(stage) ?? stage}</h3>
            <ol className="way">
              {list.map((step) => (
                <Awaited key={step.id} step={step} />
              ))}
            </ol>
          </section>
        ))}
      </Section>
    </aside>
  )
}

function Awaited({ step }: { step: Step }) {
  const { t } = useText()
  const { data } = usePolicy()
  const rule = data?.document.steps[step.id]
  const due = step.dueOn ?? (data && dueText(rule?.due, data.words))
  const reasons = [...step.findings.filter((one) => one.code !== 'not-done'), ...dueGrounds(step, due, rule)]
  const asked = step.materials.filter((one) => one.required !== 'no')
  return (
    <li>
      <div>
        {step.title} {depends(step) && <Pill tone="faint">{t('cases.maybe')}</Pill>}{' '}
        <Articles article={step.article} />
        {reasons.length > 0 && <Why grounds={reasons} label={step.title} />}
      </div>
      <div className="quiet">
        {[
          step.by.length > 0 || !data
            ? data?.words.parties(step.by, step.joint)
            : partiesText(rule?.by, data.words),
          due,
          step.opensOn && t('cases.opensOn', { on: step.opensOn }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {asked.length > 0 && (
        <div className="quiet">
          {t('cases.materialsAre', {
            list: asked
              .map((one) => one.title + (one.required === 'undetermined' ? t('cases.maybeShort') : ''))
              .join('、'),
          })}
        </div>
      )}
    </li>
  )
}

/** Why it is due when it is: the reckoned day, or the rule that will set it. */
function dueGrounds(
  step: Step,
  due: string | undefined,
  rule: PolicyDocument['steps'][string] | undefined,
): Grounds[] {
  if (step.due) return [step.due]
  const rules = [rule?.due ?? []].flat()
  return due ? [{ message: due, article: rules.flatMap((one) => cited(one.article ?? rule?.article)) }] : []
}

/** Whether it is not settled yet that the step applies. */
function depends(step: Step): boolean {
  return step.findings.some((one) => one.code === 'undetermined' && one.level === 'block')
}

function valueText(value: string | number | boolean | null, t: ReturnType<typeof useText>['t']): string {
  return value === true ? t('general.yes') : value === false ? t('general.no') : String(value)
}

function stagesOf(steps: Step[]): [string, Step[]][] {
  const groups = new Map<string, Step[]>()
  for (const step of steps) groups.set(step.stage, [...(groups.get(step.stage) ?? []), step])
  return [...groups]
}
