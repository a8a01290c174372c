import { EXCEPTION_TITLES } from '../../../../functions/core/case/exceptions.ts'
import { useText } from '../../shared/text.ts'
import { useExceptionCounts } from './api.ts'
import type { Filters } from './filters.ts'

const KINDS = Object.entries(EXCEPTION_TITLES)

/** The kinds of exception with how many projects have each; choosing one narrows the list. */
export function ExceptionTiles(props: { chosen: string | undefined; choose: (change: Filters) => void }) {
  const { t } = useText()
  const { data: counts } = useExceptionCounts(
    KINDS.map(([kind]) => kind),
    true,
  )
  return (
    <div className="tiles">
      {KINDS.map(([kind, title], i) => {
        const chosen = props.chosen === kind
        return (
          <button
            key={kind}
            type="button"
            className={`tile tile-button ${counts?.[i] ? 'tile-bad' : ''} ${chosen ? 'tile-chosen' : ''}`}
            aria-pressed={chosen}
            onClick={() => props.choose({ exception: chosen ? undefined : kind })}
          >
            <span>{title}</span>
            <strong>{counts?.[i] ?? '–'}</strong>
            <small>{t('general.projects')}</small>
          </button>
        )
      })}
    </div>
  )
}
