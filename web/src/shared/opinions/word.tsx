import type { CaseStep } from '../case-data.ts'
import { Pill, type Tone } from '../pill.tsx'
import { useText } from '../text.ts'

/** What a party is asked for its opinion about, and what it has said of it so far. */
export type AskedOpinion = NonNullable<CaseStep['opinions']>[number]

/** A word of a body: agreed, objected, or not yet said. */
export function Word({ value }: { value: string | undefined }) {
  const { t } = useText()
  const tone: Tone = value === 'agree' ? 'good' : value ? 'bad' : 'faint'
  return (
    <Pill tone={tone}>{t(value === 'agree' ? 'cases.agree' : value ? 'cases.object' : 'cases.notYet')}</Pill>
  )
}
