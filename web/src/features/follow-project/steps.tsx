import { Button } from 'antd'
import { useState } from 'react'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { StepLine } from './step-line.tsx'

/** The steps of the main procedure by stage. */
export function Steps({ seen }: { seen: Case }) {
  const { t } = useText()
  const { data } = usePolicy()
  const [all, setAll] = useState(false)
  const hidden = seen.steps.filter((step) => step.state === 'excluded').length
  const shown = seen.steps.filter((step) => all || step.state !== 'excluded')
  return (
    <div>
      {stagesOf(shown).map(([stage, steps]) => (
        <section key={stage} className="step-stage" aria-label={data?.words.stage(stage)}>
          <h2>
            {data?.words.stage(stage) ?? stage}
            {stage === seen.stage && <span className="here">{t('cases.current')}</span>}
          </h2>
          <ul className="steps">
            {steps.map((step) => (
              <StepLine key={`${step.id}${step.part ?? ''}`} seen={seen} step={step} />
            ))}
          </ul>
        </section>
      ))}
      {hidden > 0 && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('cases.hideExcluded') : t('cases.showExcluded', { n: hidden })}
        </Button>
      )}
    </div>
  )
}

function stagesOf(steps: CaseStep[]): [string, CaseStep[]][] {
  const groups = new Map<string, CaseStep[]>()
  for (const step of steps) groups.set(step.stage, [...(groups.get(step.stage) ?? []), step])
  return [...groups]
}
