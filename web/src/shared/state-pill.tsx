import type { CaseStep } from './case-data.ts'
import { Pill, type Tone } from './pill.tsx'
import { useText } from './text.ts'

const TONES: Record<CaseStep['state'], Tone> = {
  excluded: 'faint',
  blocked: 'plain',
  open: 'busy',
  done: 'good',
}

/** How a step stands, in one word. */
export function StatePill({ step }: { step: CaseStep }) {
  const { t } = useText()
  if (step.overdue) return <Pill tone="bad">{t('work.overdue')}</Pill>
  if (step.reopened) return <Pill tone="warn">{t('cases.reopened')}</Pill>
  return <Pill tone={TONES[step.state]}>{t(`cases.${step.state}`)}</Pill>
}
