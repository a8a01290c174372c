import { CopyOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { Link } from 'react-router'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { type Dossier, sizeText, useDossier } from '../../shared/dossier/dossier-data.ts'
import { useMe } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, Why } from '../../shared/why.tsx'

/** Every file with its step and hash; what is still missing, and why it is asked for. */
export function Materials({ seen }: { seen: Case }) {
  const query = useDossier(seen.project.id)
  return (
    <Loaded query={query}>
      {(dossier) => (
        <div className="stack">
          <Missing seen={seen} />
          <Given dossier={dossier} />
        </div>
      )}
    </Loaded>
  )
}

/** Materials of the steps that can be done now or come next. */
function Missing({ seen }: { seen: Case }) {
  const { t } = useText()
  const steps = [...seen.steps, ...seen.procedures.flatMap((one) => (one.endedOn ? [] : one.steps))]
  const waiting = steps.filter((one) => (one.state === 'open' || one.dueOn) && one.state !== 'done')
  const missing = waiting.flatMap((step) =>
    step.materials
      .filter((one) => !one.given && one.required !== 'no')
      .map((material) => ({ step, material })),
  )
  return (
    <section>
      <h2 className="sub-head">{t('project.filesMissing')}</h2>
      {missing.length === 0 ? (
        <p className="quiet">{t('project.nothingMissing')}</p>
      ) : (
        <ul className="missing">
          {missing.map(({ step, material }) => (
            <li key={`${step.id}${step.part}${material.id}`}>
              <strong>{material.title}</strong>
              <Pill tone={material.required === 'yes' ? 'warn' : 'faint'}>
                {t(material.required === 'yes' ? 'cases.required' : 'cases.undetermined')}
              </Pill>
              <Link to={stepAddress(seen, step)}>{step.title}</Link>
              <Articles article={material.article} />
              <Why grounds={[groundOf(t, step, material)]} label={material.title} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function groundOf(
  t: ReturnType<typeof useText>['t'],
  step: CaseStep,
  material: CaseStep['materials'][number],
) {
  const finding = step.findings.find(
    (one) => one.code === 'material' && String(one.facts.name).split(',').includes(material.id),
  )
  return {
    article: material.article,
    message: finding?.message ?? t('project.missingFor', { step: step.title }),
    facts: finding?.facts ?? {},
  }
}

function stepAddress(seen: Case, step: CaseStep): string {
  const run = seen.procedures.find((one) => one.steps.includes(step))
  const asked = new URLSearchParams({
    ...(run ? { procedure: run.id } : {}),
    ...(step.part ? { part: step.part } : {}),
  })
  return `/projects/${seen.project.id}/steps/${step.id}${asked.size > 0 ? `?${asked}` : ''}`
}

/** Files in the order in which they came, the newest first. */
export function Given({ dossier }: { dossier: Dossier }) {
  const { t } = useText()
  const me = useMe()
  const rows = dossier.runs.flatMap((run) => run.materials.map((material) => ({ run, material }))).reverse()
  return (
    <section>
      <h2 className="sub-head">{t('project.filesGiven')}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('project.noFiles')}</p>
      ) : (
        <div className="table-wrap">
          <table className="plain-table wide-table">
            <thead>
              <tr>
                <th scope="col">{t('project.material')}</th>
                <th scope="col">{t('project.step')}</th>
                <th scope="col">{t('project.file')}</th>
                <th scope="col">{t('project.hash')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ run, material }) => {
                const file = dossier.files.find((one) => one.id === material.file)
                return (
                  <tr key={`${run.step}${run.procedure}${run.part}${run.n}${material.id}`}>
                    <td>
                      {material.title} <Articles article={material.article} />
                    </td>
                    <td>
                      {run.title}
                      <div className="quiet number">{run.on}</div>
                    </td>
                    <td>
                      {file ? (
                        <>
                          <a href={`/api/${me.tenant?.id}/materials/${file.id}`} download>
                            {file.name}
                          </a>
                          <div className="quiet number">{sizeText(file.size)}</div>
                        </>
                      ) : (
                        <span className="quiet">
                          {material.reason
                            ? t('project.reasonGiven', { reason: material.reason })
                            : t('project.paperOnly')}
                        </span>
                      )}
                    </td>
                    <td>{file && <Hash hash={file.sha256} name={file.name} />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** The beginning of a hash; the whole of it goes to the clipboard and to paper. */
export function Hash({ hash, name }: { hash: string; name: string }) {
  const { t } = useText()
  const { message } = App.useApp()
  const copy = () =>
    navigator.clipboard.writeText(hash).then(
      () => message.success(hash),
      () => message.info(hash),
    )
  return (
    <span className="hash">
      <code title={hash}>
        {hash.slice(0, 12)}
        <span className="hash-rest">{hash.slice(12)}</span>
      </code>
      <Button
        size="small"
        type="text"
        className="why-button"
        icon={<CopyOutlined aria-hidden />}
        aria-label={`${t('project.copyHash')}: ${name}`}
        onClick={() => void copy()}
      />
    </span>
  )
}
