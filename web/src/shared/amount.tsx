import './amount.css'
import { Tooltip } from 'antd'
import { roundedWan, wan } from './money.ts'
import { useText } from './text.ts'

/** Figures that a column of amounts has room for at the size of its text. */
const ROOM = 9

function classOf(text: string): string {
  return text.length > ROOM ? 'number number-long' : 'number'
}

/** An amount in 万元 as a cell of a table has it: exact, in smaller figures where it is long, at last on two lines. */
export function Amount({ fen }: { fen: number | null }) {
  const text = wan(fen)
  const [whole, decimals] = text.split('.')
  return (
    <span className={classOf(text)}>
      {whole}
      {decimals && (
        <>
          <wbr />.{decimals}
        </>
      )}
    </span>
  )
}

/** A sum in 万元 with two decimals; one that has more is told exactly to whoever asks. */
export function SumAmount({ fen }: { fen: number | null }) {
  const { t } = useText()
  const [exact, shown] = [wan(fen), roundedWan(fen)]
  if (exact === shown) return <strong className={classOf(shown)}>{shown}</strong>
  const told = t('lists.exactSum', { amount: exact })
  return (
    <Tooltip title={told} trigger={['hover', 'focus', 'click']}>
      <button type="button" className="sum-rounded" aria-label={told}>
        <strong className={classOf(shown)}>{shown}</strong>
      </button>
    </Tooltip>
  )
}
