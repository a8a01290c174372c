import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import type { Rehearsed } from './rehearsal.tsx'

/** One running project before and after: its stage, its steps, what is owed by when. */
export function RehearsedProject({ rehearsed }: { rehearsed: Rehearsed }) {
  const { t } = useText()
  const { project, moves, stays, stage, ended, steps, duties } = rehearsed
  const none = t('platform.nothingThere')
  const stepText = (look: Rehearsed['steps'][number]['before']): string =>
    look ? [t(`platform.step-${look.state}`), look.dueOn].filter(Boolean).join(' ') : none
  const dutyText = (duty: Rehearsed['duties'][number]['before']): string =>
    duty ? (duty.dueOn ?? t('platform.noDue')) : none
  return (
    <li>
      <div className="rule-head">
        <strong>{project.title}</strong>
        {moves === false ? (
          <Pill tone="faint">{t(`platform.stays-${stays ?? 'no-transition'}`)}</Pill>
        ) : (
          <Pill tone="busy">{t(`platform.moves-${moves}`)}</Pill>
        )}
      </div>
      {stage.before !== stage.after && (
        <div className="rule-line">
          {t('general.stage')}: {stage.beforeTitle} → <strong>{stage.afterTitle}</strong>
        </div>
      )}
      {ended.before !== ended.after && (
        <div className="rule-line">
          {t('platform.ended')}: {ended.before ?? none} → <strong>{ended.after ?? none}</strong>
        </div>
      )}
      {steps.map((one) => (
        <div key={`${one.procedure ?? ''}${one.step}`} className="rule-line">
          {one.title}: {stepText(one.before)} → <strong>{stepText(one.after)}</strong>
        </div>
      ))}
      {duties.map((one) => (
        <div key={`${one.procedure ?? ''}${one.step} duty`} className="rule-line">
          {t('platform.duty')} {one.title}: {dutyText(one.before)} → <strong>{dutyText(one.after)}</strong>{' '}
          {one.after?.overdue && <Pill tone="bad">{t('platform.overdueThen')}</Pill>}
        </div>
      ))}
      {moves !== false && steps.length + duties.length === 0 && stage.before === stage.after && (
        <div className="rule-line quiet">{t('platform.sameForIt')}</div>
      )}
    </li>
  )
}
