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
  const now = comparisons.filter(isKnown)
  const later = comparisons.filter((one) => !isKnown(one))
  return (
    <>
      {now.length > 0 && <Rows comparisons={now} />}
      {later.length > 0 && (
        <details open={now.length === 0}>
          <summary>{t('project.notYetCompared', { n: later.length })}</summary>
          <Rows comparisons={later} />
        </details>
      )}
    </>
  )
}

function Rows({ comparisons }: { comparisons: Comparison[] }) {
  const { t } = useText()
  return (
    <div className="table-wrap">
      <table className="plain-table wide-table">
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
          {comparisons.map((one) => (
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
                <Outcome one={one} />
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

/** Whether both amounts are known, so that they can be compared now. */
function isKnown({ left, right }: Comparison): boolean {
  return left.amountFen !== undefined && right.amountFen !== undefined
}

/** How far apart the amounts are; where the rule speaks of a share, which share it is. */
function Outcome({ one }: { one: Comparison }) {
  const { t } = useText()
  const [left, right] = [one.left.amountFen, one.right.amountFen]
  if (left === undefined || right === undefined) return null
  if (one.limit && one.limit.share !== '100%' && right !== 0)
    return t('project.isShare', { share: `${((left / right) * 100).toFixed(1)}%` })
  return <Difference of={left} against={right} />
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
