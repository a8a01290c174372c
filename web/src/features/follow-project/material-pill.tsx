import { CardPopover } from '../../shared/card-popover.tsx'
import type { CaseStep } from '../../shared/case-data.ts'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import { GroundsList } from '../../shared/why.tsx'

/** A material of a step: given, missing or not asked for; it opens to why. */
export function MaterialPill(props: { step: CaseStep; material: CaseStep['materials'][number] }) {
  const { t } = useText()
  const { step, material } = props
  const { title, given, required, article } = material
  const facts = material.facts ?? {}
  const state = given
    ? t('cases.given')
    : required === 'no'
      ? t('cases.optional')
      : required === 'undetermined'
        ? t('cases.undetermined')
        : ''
  const message = Object.keys(facts).length > 0 ? t('cases.askedBecause') : t('cases.askedAlways', { title })
  return (
    <CardPopover
      label={`${t('cases.why')}: ${title}`}
      title={title}
      content={<GroundsList grounds={[{ article, facts, message }]} />}
    >
      <button type="button" className="pill-button">
        <Pill tone={given ? 'good' : step.state === 'open' && required === 'yes' ? 'warn' : 'faint'}>
          {[title, state].filter(Boolean).join(' · ')}
        </Pill>
      </button>
    </CardPopover>
  )
}
