import type { StepText } from '../../../../functions/core/policy/document/document-steps.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { partiesText } from '../../shared/rule-text.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'
import { outcomeEffects, stepLines } from './step-lines.ts'
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
              <span className="quiet rule-label">{t('cases.materials')}</span>
              {Object.values(step.materials).map((one) => (
                <Pill key={one.title} tone="faint">
                  {one.title}
                  {(one.when || one.optional) &&
                    ` (${one.when ? conditionText(one.when, policy.words) : t('cases.optional')})`}
                </Pill>
              ))}
            </div>
          )}
          {step.outcomes && (
            <div className="rule-line">
              <span className="quiet rule-label">{t('cases.outcomesOf')}</span>
              {Object.entries(step.outcomes).map(([outcome, one]) => {
                const effects = outcomeEffects(one, policy.words)
                return (
                  <Pill key={outcome}>
                    {one.title ?? outcome}
                    {effects && ` → ${effects}`}
                  </Pill>
                )
              })}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function Details({ step, policy }: { step: StepText; policy: PolicyData }) {
  const { t } = useText()
  return stepLines(step, policy.words).map(([label, text]) => (
    <div key={label} className="rule-line">
      <span className="quiet rule-label">{t(label)}</span>
      <span className="rule-cites">{text}</span>
    </div>
  ))
}
