import { Button, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { StepLine } from './step-line.tsx'

const ProcessPicture = lazy(async () => ({
  default: (await import('./picture/process-picture.tsx')).ProcessPicture,
}))

/** The steps of the main procedure by stage: as a list, or the same as a picture. */
export function Steps({ seen }: { seen: Case }) {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const picture = asked.get('view') === 'picture'
  const show = (view: string) => {
    const next = new URLSearchParams(asked)
    if (view === 'picture') next.set('view', view)
    else next.delete('view')
    setAsked(next, { replace: true })
  }
  return (
    <div>
      <div className="view-choice">
        <Segmented
          aria-label={t('project.viewAs')}
          value={picture ? 'picture' : 'list'}
          onChange={show}
          options={[
            { value: 'list', label: t('project.asList') },
            { value: 'picture', label: t('project.asPicture') },
          ]}
        />
      </div>
      {picture ? (
        <Suspense fallback={<p className="quiet">{t('project.drawing')}</p>}>
          <ProcessPicture seen={seen} />
        </Suspense>
      ) : (
        <StepList seen={seen} />
      )}
    </div>
  )
}

/** Every step by stage, with its reasons; what does not apply is folded away until asked for. */
export function StepList({ seen, whole = false }: { seen: Case; whole?: boolean }) {
  const { t } = useText()
  const { data } = usePolicy()
  const [all, setAll] = useState(whole)
  const hidden = seen.steps.filter((step) => step.state === 'excluded').length
  const shown = seen.steps.filter((step) => all || step.state !== 'excluded')
  return (
    <>
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
      {hidden > 0 && !whole && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('cases.hideExcluded') : t('cases.showExcluded', { n: hidden })}
        </Button>
      )}
    </>
  )
}

function stagesOf(steps: CaseStep[]): [string, CaseStep[]][] {
  const groups = new Map<string, CaseStep[]>()
  for (const step of steps) groups.set(step.stage, [...(groups.get(step.stage) ?? []), step])
  return [...groups]
}
