import { type Dossier, useDossier } from '../../shared/dossier/dossier-data.ts'
import { wan } from '../../shared/money.ts'
import { Loaded } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { Comparisons } from './comparisons.tsx'

const BASES = ['estimate', 'approved', 'budget', 'contract', 'paid', 'final'] as const

/** The project's money by basis, each on its own, with what the rules compare. */
export function Money({ id }: { id: string }) {
  const query = useDossier(id)
  return <Loaded query={query}>{(dossier) => <MoneyTables dossier={dossier} />}</Loaded>
}

export function MoneyTables({ dossier }: { dossier: Dossier }) {
  const { t } = useText()
  const lines = new Map(dossier.money.map((one) => [one.basis, one]))
  const before = (at: number) =>
    BASES.slice(0, at)
      .reverse()
      .find((one) => lines.has(one))
  return (
    <div className="stack">
      <div className="table-wrap">
        <table className="plain-table wide-table money-table">
          <caption className="visually-hidden">{t('project.money')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('project.basis')}</th>
              <th scope="col" className="right">
                {t('project.amountWan')}
              </th>
              <th scope="col" className="right">
                {t('project.againstEstimate')}
              </th>
              <th scope="col">{t('project.from')}</th>
            </tr>
          </thead>
          <tbody>
            {BASES.map((basis, at) => {
              const line = lines.get(basis)
              const previous = before(at)
              return (
                <tr key={basis}>
                  <th scope="row">{t(`project.${basis}`)}</th>
                  <td className="right number">
                    {line ? (
                      <strong>{wan(line.amountFen)}</strong>
                    ) : (
                      <span className="quiet">{t('project.notKnown')}</span>
                    )}
                  </td>
                  <td className="right number">
                    {line && previous && (
                      <Difference of={line.amountFen} against={lines.get(previous)!.amountFen} />
                    )}
                  </td>
                  <td>
                    {line?.entries.map((one) => (
                      <div key={`${one.title}${one.on}${one.part}${one.amountFen}`} className="money-entry">
                        <span>{[one.title, one.record].filter(Boolean).join(' · ')}</span>
                        {one.part && <span className="quiet">{one.part}</span>}
                        {line.entries.length > 1 && <span className="number">{wan(one.amountFen)}</span>}
                        {one.on && <span className="quiet number">{one.on}</span>}
                        <Articles article={one.article} />
                      </div>
                    ))}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <section>
        <h2 className="sub-head">{t('project.comparedBy')}</h2>
        <Comparisons comparisons={dossier.comparisons} />
      </section>
    </div>
  )
}

/** A difference in 万元 and in per cent of what it is held against. */
export function Difference({ of, against }: { of: number; against: number }) {
  const fen = of - against
  const share = against === 0 ? undefined : (fen / against) * 100
  const sign = fen > 0 ? '+' : fen < 0 ? '−' : ''
  return (
    <span className={fen > 0 ? 'over' : undefined}>
      {sign}
      {wan(Math.abs(fen))}
      {share !== undefined && ` (${sign}${Math.abs(share).toFixed(1)}%)`}
    </span>
  )
}
