import { Fragment } from 'react'
import type { StepText } from '../../../../functions/core/policy/document/document-steps.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited, type PolicyWords } from '../../shared/policy-words.ts'
import { partiesText } from '../../shared/rule-text.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'
import { outcomeEffects, outcomeLines, type StepLine, stepLines } from './step-lines.ts'
import { UseCount } from './use-count.tsx'

/** The steps of every stage: who, when, after what, with which materials. */
export function ByStage({ policy }: { policy: PolicyData }) {
  const { document, words } = policy
  const stageOf = stagesInForce(document.steps, Object.keys(document.stages))
  return (
    <div>
      {Object.keys(document.stages).map((stage) => {
        const steps = Object.entries(document.steps).filter(([id]) => stageOf.get(id) === stage)
        return steps.length === 0 ? null : (
          <section key={stage} className="step-stage">
            <h2>{words.stage(stage)}</h2>
            <StepTable steps={steps} path="steps" policy={policy} />
          </section>
        )
      })}
      {Object.entries(document.procedures ?? {}).map(([id, procedure]) => (
        <section key={id} className="step-stage">
          <h2>
            {procedure.title} <UseCount path={`procedures.${id}`} words />{' '}
            <Articles article={cited(procedure.article)} />
          </h2>
          <StepTable
            steps={Object.entries(procedure.steps)}
            path={`procedures.${id}.steps`}
            policy={policy}
          />
        </section>
      ))}
    </div>
  )
}

/** A step without a stage of its own belongs to that of the step before it. */
function stagesInForce(steps: Record<string, StepText>, stages: string[]): Map<string, string> {
  const found = new Map<string, string>()
  let last = stages[0] ?? ''
  for (const [id, step] of Object.entries(steps)) {
    last = step.stage ?? last
    found.set(id, last)
  }
  return found
}

function StepTable(props: { steps: [string, StepText][]; path: string; policy: PolicyData }) {
  const { steps, policy } = props
  return (
    <ul className="rules">
      {steps.map(([id, step]) => {
        const path = `${props.path}.${id}`
        return (
          <li key={id}>
            <div className="rule-head">
              <strong>{step.title}</strong>
              <span className="quiet">{partiesText(step.by, policy.words)}</span>
              <UseCount path={path} words />
              <Articles article={cited(step.article)} />
            </div>
            {stepLines(step, policy.words).map((line) => (
              <Line key={line.label} line={line} path={path} />
            ))}
            <Materials
              materials={step.materials}
              path={`${path}.materials`}
              words={policy.words.within(step)}
            />
            <Outcomes step={step} path={path} policy={policy} />
          </li>
        )
      })}
    </ul>
  )
}

/** More rules of one sort than this stand one below the other. */
const MANY = 3

/** The rules of one sort, each with its number. */
function Line({ line, path, of }: { line: StepLine; path: string; of?: string }) {
  const { t } = useText()
  return (
    <div className="rule-line">
      <span className="quiet rule-label">{t(line.label)}</span>
      <span className={line.rules.length > MANY ? 'rule-cites rule-list' : 'rule-cites'}>
        {of && <span className="quiet">{t('law.forOutcome', { outcome: of })}</span>}
        {line.rules.map((rule) => (
          <span key={rule.path ?? rule.text} className="rule-item">
            {rule.text}&nbsp;
            <UseCount path={rule.path ? `${path}.${rule.path}` : path} />
          </span>
        ))}
      </span>
    </div>
  )
}

function Materials(props: {
  materials: StepText['materials']
  path: string
  words: PolicyWords
  of?: string
}) {
  const { t } = useText()
  if (!props.materials) return null
  return (
    <div className="rule-line">
      <span className="quiet rule-label">{t('cases.materials')}</span>
      <span className="rule-cites rule-pills">
        {props.of && <span className="quiet">{t('law.forOutcome', { outcome: props.of })}</span>}
        {Object.entries(props.materials).map(([id, one]) => (
          <Pill key={id} tone="faint">
            {one.title}
            {(one.when || one.optional) &&
              ` (${one.when ? conditionText(one.when, props.words) : t('cases.optional')})`}
            &nbsp;
            <UseCount path={`${props.path}.${id}`} />
          </Pill>
        ))}
      </span>
    </div>
  )
}

/** What may come of a step, what follows from it, and what one of them takes that the others do not. */
function Outcomes({ step, path, policy }: { step: StepText; path: string; policy: PolicyData }) {
  const { t } = useText()
  const outcomes = Object.entries(step.outcomes ?? {})
  if (outcomes.length === 0) return null
  return (
    <>
      <div className="rule-line">
        <span className="quiet rule-label">{t('cases.outcomesOf')}</span>
        <span className="rule-cites rule-pills">
          {outcomes.map(([id, one]) => {
            const effects = outcomeEffects(one, policy.words)
            return (
              <Pill key={id}>
                {one.title ?? id}
                {effects && ` → ${effects}`}&nbsp;
                <UseCount path={`${path}.outcomes.${id}`} />
              </Pill>
            )
          })}
        </span>
      </div>
      {outcomes.map(([id, one]) => (
        <Fragment key={id}>
          {outcomeLines(step, id, policy.words).map((line) => (
            <Line key={line.label} line={line} path={path} of={one.title ?? id} />
          ))}
          <Materials
            materials={one.materials}
            path={`${path}.outcomes.${id}.materials`}
            words={policy.words.within(step)}
            of={one.title ?? id}
          />
        </Fragment>
      ))}
    </>
  )
}
