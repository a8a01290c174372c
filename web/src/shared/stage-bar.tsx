import type { Case } from './case-data.ts'
import { usePolicy } from './policy-data.ts'
import { useText } from './text.ts'

/** The jurisdiction's own stages in its order: passed, current, to come. */
export function StageBar({ seen }: { seen: Pick<Case, 'stage' | 'steps'> }) {
  const { t } = useText()
  const { data } = usePolicy()
  const live = new Set(seen.steps.filter((step) => step.state !== 'excluded').map((step) => step.stage))
  const stages = Object.keys(data?.document.stages ?? {}).filter((id) => live.has(id) || id === seen.stage)
  if (seen.stage === 'closed') stages.push('closed')
  const at = stages.indexOf(seen.stage)
  return (
    <ol className="stage-bar" aria-label={t('cases.stages')}>
      {stages.map((id, place) => {
        const steps = seen.steps.filter((step) => step.stage === id && step.state !== 'excluded')
        const done = steps.filter((step) => step.state === 'done').length
        const look = place < at ? 'past' : place === at ? 'now' : 'ahead'
        return (
          <li key={id} className={`stage stage-${look}`} aria-current={look === 'now' ? 'step' : undefined}>
            <span className="stage-name">{data?.words.stage(id) ?? id}</span>
            <span className="stage-count">{steps.length > 0 ? `${done}/${steps.length}` : ' '}</span>
          </li>
        )
      })}
    </ol>
  )
}
