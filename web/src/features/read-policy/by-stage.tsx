import type { StepText } from '../../../../functions/core/policy/document/document-steps.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { dueText, partiesText, windowText } from '../../shared/rule-text.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'
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
            <StepTable steps={steps} policy={policy} />
          </section>
        )
      })}
      {Object.entries(document.procedures ?? {}).map(([id, procedure]) => (
        <section key={id} className="step-stage">
          <h2>
            {procedure.title} <UseCount kind="procedure" rule={id} />{' '}
            <Articles article={cited(procedure.article)} />
          </h2>
          <StepTable steps={Object.entries(procedure.steps)} policy={policy} />
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

function StepTable({ steps, policy }: { steps: [string, StepText][]; policy: PolicyData }) {
  const { t } = useText()
  return (
    <ul className="rules">
      {steps.map(([id, step]) => (
        <li key={id}>
          <div className="rule-head">
            <strong>{step.title}</strong>
            <span className="quiet">{partiesText(step.by, policy.words)}</span>
            <UseCount kind="step" rule={id} />
            <Articles article={cited(step.article)} />
          </div>
          <Details step={step} policy={policy} />
          {step.materials && (
            <div className="rule-line">
              <span className="quiet">{t('cases.materials')}</span>{' '}
              {Object.values(step.materials).map((one) => (
                <Pill key={one.title} tone="faint">
                  {one.title}
                </Pill>
              ))}
            </div>
          )}
          {step.outcomes && Object.keys(step.outcomes).length > 1 && (
            <div className="rule-line">
              <span className="quiet">{t('cases.outcomesOf')}</span>{' '}
              {Object.entries(step.outcomes).map(([outcome, one]) => (
                <Pill key={outcome}>{one.title ?? outcome}</Pill>
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function Details({ step, policy }: { step: StepText; policy: PolicyData }) {
  const { t } = useText()
  const lines = [
    step.when && `${t('cases.condition')}: ${conditionText(step.when, policy.words)}`,
    windowText(step.window),
    dueText(step.due, policy.words),
  ].filter((line): line is string => Boolean(line))
  return lines.map((line) => (
    <div key={line} className="rule-line">
      {line}
    </div>
  ))
}
