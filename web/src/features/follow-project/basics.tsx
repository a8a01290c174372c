import { Button } from 'antd'
import { Link } from 'react-router'
import type { Case, ProjectView } from '../../shared/case-data.ts'
import { FactList } from '../../shared/dossier/fact-list.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'

/** What is known of the project, what the rules made of it, what people decided. */
export function Basics({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  return (
    <div className="stack">
      <section>
        <h2 className="sub-head">{t('cases.projectFacts')}</h2>
        <FactList facts={view.facts} hash={view.policy.hash} />
      </section>
      {Object.keys(view.unit).length > 0 && (
        <section>
          <h2 className="sub-head">{t('cases.unitFacts')}</h2>
          <FactList facts={view.unit} hash={view.policy.hash} />
        </section>
      )}
      {seen.tables.length > 0 && (
        <section>
          <h2 className="sub-head">{t('cases.tables')}</h2>
          <dl className="fact-list">
            {seen.tables.map((one) => (
              <div key={one.id}>
                <dt>{one.title}</dt>
                <dd>
                  {one.valueTitle ??
                    (one.value === null ? (
                      <span className="quiet">{t('cases.stillOpen')}</span>
                    ) : (
                      plain(one.value, t)
                    ))}{' '}
                  <Articles article={one.article} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Decisions seen={seen} />
    </div>
  )
}

function plain(value: string | number | boolean, t: ReturnType<typeof useText>['t']): string {
  return value === true ? t('general.yes') : value === false ? t('general.no') : String(value)
}

function Decisions({ seen }: { seen: Case }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  if (seen.decisions.length === 0) return null
  return (
    <section>
      <h2 className="sub-head">{t('cases.decisions')}</h2>
      <dl className="fact-list">
        {seen.decisions.map((one) => {
          const value = one.value ?? one.default
          const mine = seen.mine.includes(one.by) && isOfficer(me) && !seen.ended
          return (
            <div key={one.id}>
              <dt>{one.title}</dt>
              <dd>
                {value ? (
                  (one.options[value] ?? value)
                ) : (
                  <span className="quiet">{t('cases.stillOpen')}</span>
                )}{' '}
                {!one.value && one.default && <Pill tone="faint">{t('cases.byDefault')}</Pill>}{' '}
                <span className="quiet">{data?.words.party(one.by)}</span> <Articles article={one.article} />
                {one.reason && <div className="quiet">{one.reason}</div>}
                {mine && (
                  <Link to={`/projects/${seen.project.id}/decisions/${one.id}`} tabIndex={-1}>
                    <Button size="small" type="link" aria-label={`${t('cases.decide')}: ${one.title}`}>
                      {t('cases.decide')}
                    </Button>
                  </Link>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
