import type { ProjectView } from '../../shared/case-data.ts'
import { type Dossier, useDossier } from '../../shared/dossier/dossier-data.ts'
import { ListRows } from '../../shared/dossier/run-card.tsx'
import { Loaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { listNames } from './tabs.ts'

type Rows = Parameters<typeof ListRows>[0]['rows']

/** The lists that the policy asks for (data to share, to receive, not to share …), as they were filled in last. */
export function DataLists({ view }: { view: ProjectView }) {
  const query = useDossier(view.id)
  return <Loaded query={query}>{(dossier) => <Lists dossier={dossier} view={view} />}</Loaded>
}

export function Lists({ dossier, view }: { dossier: Dossier; view: ProjectView }) {
  const { t } = useText()
  const { data } = usePolicy(view.policy.hash)
  if (!data) return null
  return (
    <div className="stack">
      {listNames(data.words).map(({ step, id, title }) => {
        const run = step && dossier.runs.findLast((one) => one.step === step && record(one, id))
        const found = run ? record(run, id) : undefined
        const rows = step ? found?.rows : (view.facts[id] as Rows | undefined)
        return (
          <section key={`${step}${id}`}>
            <h2 className="sub-head">
              {title} <Articles article={found?.article ?? []} />
            </h2>
            {rows ? (
              <>
                <ListRows rows={rows} columns={found?.columns} />
                {run && <p className="quiet">{t('project.listedAt', { step: run.title, on: run.on })}</p>}
              </>
            ) : (
              <p className="quiet">
                {t('project.noLists')}
                {step && ` (${data.words.step(step)})`}
              </p>
            )}
          </section>
        )
      })}
    </div>
  )
}

function record(run: Dossier['runs'][number], id: string) {
  return run.records.find((one) => one.id === id)
}
