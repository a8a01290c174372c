import type { ProjectView } from '../../shared/case-data.ts'
import { type DossierRun, useDossier } from '../../shared/dossier/dossier-data.ts'
import { FactList } from '../../shared/dossier/fact-list.tsx'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { Loaded, Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { SimilarProjects } from '../../shared/similar-projects.tsx'
import { useText } from '../../shared/text.ts'

/** What whoever judges a step looks at beside it: what is known of the project, what was done and handed in so far. */
export function CaseFile({ view }: { view: ProjectView }) {
  const { t } = useText()
  const dossier = useDossier(view.id)
  return (
    <aside className="aside case-file" aria-label={t('cases.caseFile')}>
      <Section title={t('cases.projectFacts')}>
        <FactList facts={view.facts} hash={view.policy.hash} compact />
        <SimilarProjects title={view.title} except={view.id} />
      </Section>
      <Section title={t('cases.doneSoFar')}>
        <Loaded query={dossier}>
          {(given) =>
            given.runs.length === 0 ? (
              <p className="quiet">{t('cases.nothingDone')}</p>
            ) : (
              [...given.runs].reverse().map((run, place) => (
                <details
                  key={`${run.step}${run.procedure}${run.part}${run.n}${run.period}`}
                  open={place === 0}
                >
                  <summary>
                    <RunLine run={run} />
                  </summary>
                  <RunCard run={run} dossier={given} />
                </details>
              ))
            )
          }
        </Loaded>
      </Section>
    </aside>
  )
}

function RunLine({ run }: { run: DossierRun }) {
  const { t } = useText()
  return (
    <>
      {run.title} <span className="number quiet">{run.on}</span>{' '}
      {run.materials.length > 0 && (
        <Pill tone="faint">{t('cases.materialsCount', { n: run.materials.length })}</Pill>
      )}
    </>
  )
}
