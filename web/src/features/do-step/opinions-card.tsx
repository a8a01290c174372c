import type { Case, CaseStep } from '../../shared/case-data.ts'
import { useDossier } from '../../shared/dossier/dossier-data.ts'
import { OpinionList } from '../../shared/opinions/opinion-list.tsx'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { useGiveOpinion } from './api.ts'
import type { StepPlace } from './step-page.tsx'

/** Opinions of the bodies that are asked, aspect by aspect, and the lines for whoever has not answered yet. */
export function OpinionsCard(props: { seen: Case; step: CaseStep; at: StepPlace }) {
  const { seen, step, at } = props
  const { t } = useText()
  const give = useGiveOpinion(at)
  const dossier = useDossier(at.id)
  const remarks = dossier.data?.opinions.filter(
    (one) => one.step === at.step && one.procedure === at.procedure,
  )
  return (
    <Section title={t('cases.opinions')}>
      <OpinionList
        opinions={step.opinions ?? []}
        mine={seen.mine}
        today={seen.today}
        taken={step.state !== 'done' && !seen.ended}
        give={give}
        remarks={remarks}
      />
      <Remarks remarks={remarks ?? []} />
    </Section>
  )
}

/** Everything that was said with words, in this round and before. */
function Remarks({ remarks }: { remarks: { from: string; aspect?: string; remark?: string; on: string }[] }) {
  const { t } = useText()
  const { data } = usePolicy()
  const spoken = remarks.filter((one) => one.remark)
  if (spoken.length === 0) return null
  return (
    <details className="opinion-log">
      <summary>{t('cases.opinionLog', { n: spoken.length })}</summary>
      <ul className="plain-list" aria-label={t('cases.remark')}>
        {spoken.map((one) => (
          <li key={`${one.from}${one.aspect}${one.on}${one.remark}`}>
            {data?.words.party(one.from)} {one.aspect && <span className="quiet">{one.aspect}</span>}{' '}
            <span className="opinion-remark">{one.remark}</span>{' '}
            <span className="quiet number">{one.on}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
