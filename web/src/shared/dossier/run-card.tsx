import { useMe } from '../me.ts'
import { Pill } from '../pill.tsx'
import { usePolicy } from '../policy-data.ts'
import { useText } from '../text.ts'
import { Articles } from '../why.tsx'
import type { Dossier, DossierRun } from './dossier-data.ts'

/**
 * One execution: when, by whom, with which result; what was recorded, handed in and said. `headless` where the line of
 * the step says when and by whom already.
 */
export function RunCard(props: { run: DossierRun; dossier: Dossier; headless?: boolean }) {
  const { run, dossier } = props
  const { t } = useText()
  const { data } = usePolicy()
  const opinions = dossier.opinions.filter(
    (one) => one.step === run.step && one.procedure === run.procedure && one.on <= run.on,
  )
  const said = run.records.length + run.materials.length + opinions.length + (run.remark ? 1 : 0)
  if (props.headless && said === 0) return null
  return (
    <div className="run">
      {!props.headless && <RunHead run={run} />}
      {run.remark && <p className="run-remark">{t('cases.saidWith', { remark: run.remark })}</p>}
      {run.records.length > 0 && (
        <dl className="fact-list compact">
          {run.records.map((one) => (
            <div key={one.id}>
              <dt>{one.title}</dt>
              <dd>
                <RecordValue record={one} />{' '}
                <Articles article={one.article.filter((cited) => !run.article.includes(cited))} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {run.materials.length > 0 && (
        <ul className="run-files">
          {run.materials.map((one) => (
            <li key={one.id}>
              <MaterialGiven material={one} dossier={dossier} />
            </li>
          ))}
        </ul>
      )}
      {opinions.length > 0 && (
        <ul className="run-opinions">
          {opinions.map((one) => (
            <li key={`${one.from}${one.aspect}${one.on}`}>
              {data?.words.party(one.from)}{' '}
              <Pill tone={one.value === 'agree' ? 'good' : 'bad'}>
                {t(one.value === 'agree' ? 'cases.agree' : 'cases.object')}
              </Pill>{' '}
              {one.aspect && <span className="quiet">{one.aspect}</span>}{' '}
              <span className="number quiet">{one.on}</span>
              {one.remark && <div>{one.remark}</div>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function RunHead({ run }: { run: DossierRun }) {
  const { t } = useText()
  const { data } = usePolicy()
  return (
    <div className="run-head">
      <span className="number">{run.on}</span>
      <span>{data?.words.parties(run.by, run.by.length > 1)}</span>
      {run.outcomeTitle !== run.outcome && (
        <Pill tone={run.settles ? 'good' : 'warn'}>{run.outcomeTitle}</Pill>
      )}
      {run.period && <Pill tone="faint">{run.period}</Pill>}
      {run.through && <Pill tone="faint">{t('project.through')}</Pill>}
      {run.undone && <Pill tone="bad">{t('project.undone')}</Pill>}
    </div>
  )
}

/** A recorded value as people read it; a list by its rows. */
export function RecordValue({ record }: { record: DossierRun['records'][number] }) {
  const { t } = useText()
  if (record.rows) return <ListRows rows={record.rows} columns={record.columns} />
  if (typeof record.value === 'boolean') return t(record.value ? 'general.yes' : 'general.no')
  return <span className={record.type === 'money' ? 'number' : undefined}>{String(record.value)}</span>
}

/** The rows of a list: names in a line, or a table where they have columns. */
export function ListRows(props: {
  rows: Record<string, string | number | boolean>[]
  columns?: Record<string, string>
}) {
  const { t } = useText()
  const { rows } = props
  if (rows.length === 0) return <span className="quiet">{t('project.emptyList')}</span>
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const shown = (value: string | number | boolean | undefined): string =>
    value === true ? t('general.yes') : value === false ? t('general.no') : String(value ?? '')
  if (names.length === 1) return <span>{rows.map((row) => shown(row[names[0]!])).join('、')}</span>
  return (
    <div className="table-wrap">
      <table className="plain-table">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {props.columns?.[name] ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {names.map((name) => (
                <td key={name}>{shown(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A material as it was handed in: its file, the reason why there is none, or that it came on paper. */
export function MaterialGiven(props: { material: DossierRun['materials'][number]; dossier: Dossier }) {
  const { t } = useText()
  const me = useMe()
  const { material, dossier } = props
  const file = dossier.files.find((one) => one.id === material.file)
  return (
    <span>
      {file ? (
        <a href={`/api/${me.tenant?.id}/materials/${file.id}`} download>
          {material.title}
        </a>
      ) : (
        material.title
      )}{' '}
      {material.reason ? (
        <span className="quiet">{t('project.reasonGiven', { reason: material.reason })}</span>
      ) : (
        !file && <span className="quiet">{t('project.paperOnly')}</span>
      )}
    </span>
  )
}
