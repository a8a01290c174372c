import type { ReactNode } from 'react'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { type Dossier, useDossier } from '../../shared/dossier/dossier-data.ts'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { Loaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { StepLine } from './step-line.tsx'
import { isContractStep } from './tabs.ts'

/** Steps of some stages, each with how it stands and with everything that came of it. */
export function Phase({ seen, stages }: { seen: Case; stages: readonly string[] }) {
  return (
    <StepsWithRuns
      seen={seen}
      steps={seen.steps.filter((one) => stages.includes(one.stage) && one.state !== 'excluded')}
    />
  )
}

/** Procurement and contracts: the steps of the whole project, then each contract with its own. */
export function Contracts({ seen }: { seen: Case }) {
  const { t } = useText()
  const { data } = usePolicy()
  if (!data) return null
  const own = seen.steps.filter(
    (one) => isContractStep(data.words, one.id) && one.state !== 'excluded' && one.part === undefined,
  )
  const parts = [...new Set(seen.steps.flatMap((one) => (one.part === undefined ? [] : [one.part])))]
  return (
    <>
      <StepsWithRuns seen={seen} steps={own} />
      {parts.map((part) => (
        <section key={part} className="step-stage">
          <h2>
            {t('project.part')} {part}
          </h2>
          <StepsWithRuns seen={seen} steps={seen.steps.filter((one) => one.part === part)} />
        </section>
      ))}
    </>
  )
}

function StepsWithRuns({ seen, steps }: { seen: Case; steps: CaseStep[] }) {
  const { t } = useText()
  const query = useDossier(seen.project.id)
  if (steps.length === 0) return <p className="quiet">{t('project.notReached')}</p>
  return (
    <Loaded query={query}>
      {(dossier) => (
        <ul className="steps">
          {steps.map((step) => (
            <StepLine key={`${step.id}${step.part ?? ''}`} seen={seen} step={step}>
              <Runs
                dossier={dossier}
                of={(one) => one.step === step.id && one.part === step.part && !one.procedure}
              />
            </StepLine>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

/** The executions of a step, the newest first. */
export function Runs(props: { dossier: Dossier; of: (run: Dossier['runs'][number]) => boolean }): ReactNode {
  const runs = props.dossier.runs.filter(props.of).reverse()
  if (runs.length === 0) return null
  return (
    <div className="runs">
      {runs.map((run) => (
        <RunCard
          key={`${run.procedure}${run.part}${run.n}${run.period}`}
          run={run}
          dossier={props.dossier}
          headless={runs.length === 1 && !run.undone && !run.period && !run.through}
        />
      ))}
    </div>
  )
}
