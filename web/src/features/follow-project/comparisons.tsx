import type { Dossier } from '../../shared/dossier/dossier-data.ts'
import { wan } from '../../shared/money.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { Difference } from './money.tsx'

type Comparison = Dossier['comparisons'][number]
type Operator = 'atMost' | 'lessThan' | 'atLeast' | 'moreThan'

/** What the rules hold against each other: both amounts, the difference, the limit, the article. */
export function Comparisons({ comparisons }: { comparisons: Comparison[] }) {
  const { t } = useText()
  if (comparisons.length === 0) return <p className="quiet">{t('project.noComparisons')}</p>
  return (
    <div className="table-wrap">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('project.rule')}</th>
            <th scope="col">{t('project.left')}</th>
            <th scope="col">{t('project.right')}</th>
            <th scope="col" className="right">
              {t('project.difference')}
            </th>
            <th scope="col">{t('cases.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {[...comparisons]
            .sort((a, b) => known(b) - known(a))
            .map((one) => (
              <tr key={`${one.left.name}${one.right.name}${JSON.stringify(one.limit)}${one.article.join()}`}>
                <td>
                  {one.title}
                  {one.limit && (
                    <div className="quiet">
                      {t('project.shareOf', {
                        operator: t(`project.${one.limit.operator as Operator}`),
                        title: one.right.title,
                        share: one.limit.share,
                      })}
                    </div>
                  )}
                </td>
                <td>
                  <Side side={one.left} />
                </td>
                <td>
                  <Side side={one.right} />
                </td>
                <td className="right number">
                  {one.left.amountFen !== undefined && one.right.amountFen !== undefined && (
                    <Difference of={one.left.amountFen} against={one.right.amountFen} />
                  )}
                </td>
                <td>
                  <Articles article={one.article} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

/** How many of both amounts are known: what can be compared stands first. */
function known({ left, right }: Comparison): number {
  return Number(left.amountFen !== undefined) + Number(right.amountFen !== undefined)
}

function Side({ side }: { side: Comparison['left'] }) {
  const { t } = useText()
  return (
    <>
      {side.title}
      <div className="number">
        {side.amountFen === undefined ? (
          <span className="quiet">{t('project.notKnown')}</span>
        ) : (
          `${wan(side.amountFen)} ${t('general.wan')}`
        )}
      </div>
    </>
  )
}
