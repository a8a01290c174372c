import type { CaseStep } from '../../shared/case-data.ts'
import { Verdict } from '../../shared/findings.tsx'
import { Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, Why } from '../../shared/why.tsx'
import type { StartPreview } from './start-page.tsx'

/** Which way the procedure takes with these facts: what the tables give, and the steps in order. */
export function WayPanel(props: { way: StartPreview | undefined; error: unknown; procedure: string }) {
  const { way, procedure } = props
  const { t } = useText()
  const { data } = usePolicy()
  const run = way?.standing?.procedures.filter((one) => one.procedure === procedure).at(-1)
  const rules = data?.document.procedures?.[procedure]?.steps
  const out = (step: CaseStep) =>
    step.state === 'excluded' || followsBarred(rules?.[step.id]?.after, run?.steps ?? [])
  const refusing = way?.findings.filter((one) => one.code !== 'undetermined') ?? []
  const missing = way && !way.ok ? unknownOf(way) : []
  const tables = way?.standing?.tables.filter(
    (one) => one.value !== null && reads(data?.document, one.id, procedure),
  )
  return (
    <aside className="aside" aria-live="polite">
      <Section title={t('cases.computedWay')}>
        <ProblemAlert error={props.error} />
        {way && !way.ok && <Verdict findings={refusing} />}
        {!run && !props.error && <p className="quiet">{t('cases.computedHint')}</p>}
        {missing.length > 0 && (
          <p className="quiet">
            {t('cases.stillMissing', {
              facts: missing.map((name) => data?.words.name(`${procedure}.${name}`) ?? name).join('、'),
            })}
          </p>
        )}
        {tables?.map((one) => (
          <p key={one.id} className="way-table">
            <span className="quiet">{one.title}</span> <strong>{one.valueTitle ?? String(one.value)}</strong>{' '}
            <Articles article={one.article} />
          </p>
        ))}
        {run && (
          <ol className="way">
            {run.steps.map((step) => (
              <li key={step.id} className={out(step) ? 'way-out' : undefined}>
                <div>
                  {step.title} {out(step) && <Pill tone="faint">{t('cases.excluded')}</Pill>}
                  {depends(step) && <Pill tone="faint">{t('cases.maybe')}</Pill>}{' '}
                  <Articles article={step.article} />
                  {depends(step) && <Why grounds={step.findings} label={step.title} />}
                  {!out(step) && step.outcomes.some((one) => one.barred) && (
                    <Pill tone="busy">
                      {step.outcomes
                        .filter((one) => !one.barred)
                        .map((one) => one.title)
                        .join(' / ')}
                    </Pill>
                  )}
                </div>
                <div className="quiet">
                  {step.state === 'excluded'
                    ? step.findings[0]?.message
                    : data?.words.parties(step.by, step.joint)}
                </div>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </aside>
  )
}

/** Whether a step comes only after an outcome that another cannot have on these facts. */
function followsBarred(after: unknown, steps: readonly CaseStep[]): boolean {
  return [after ?? []].flat().some((one) => {
    if (typeof one !== 'object' || one === null || !('step' in one) || !('outcome' in one)) return false
    const other = steps.find((step) => step.id === one.step)
    const wanted = [one.outcome].flat()
    return wanted.every((id) => other?.outcomes.some((outcome) => outcome.id === id && outcome.barred))
  })
}

/** Whether what is stated so far does not settle yet that the step is on the way. */
function depends(step: CaseStep): boolean {
  return step.findings.some((one) => one.code === 'undetermined' && one.level === 'block')
}

/** Names that the rules still wait for. */
function unknownOf({ findings }: StartPreview): string[] {
  const names = findings
    .filter((one) => one.code === 'undetermined')
    .flatMap((one) => Object.entries(one.facts).flatMap(([name, value]) => (value === null ? [name] : [])))
  return [...new Set(names)]
}

/** Whether a table looks at what the procedure states. */
function reads(document: object | undefined, table: string, procedure: string): boolean {
  const tables = (document as { tables?: Record<string, unknown> } | undefined)?.tables
  return JSON.stringify(tables?.[table] ?? '').includes(`"${procedure}.`)
}
