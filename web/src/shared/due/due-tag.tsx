import { Tooltip } from 'antd'
import { daysUntil, todayInOffice } from '../days.ts'
import { Pill } from '../pill.tsx'
import { useText } from '../text.ts'

/** A due day with how far it is: red when it has passed, amber within three days. */
export function DueTag(props: { on?: string | null; today?: string; provisional?: boolean; done?: boolean }) {
  const { t } = useText()
  if (!props.on) return <span className="quiet">{t('work.noDue')}</span>
  const left = daysUntil(props.on, props.today ?? todayInOffice())
  const far =
    left < 0
      ? t('work.overdueDays', { n: -left })
      : left === 0
        ? t('work.dueToday')
        : t('work.dueIn', { n: left })
  const tone = left < 0 ? 'bad' : left <= 3 ? 'warn' : 'plain'
  return (
    <span className="due">
      <span className="number">{props.on}</span>
      {!props.done && <Pill tone={tone}>{far}</Pill>}
      {props.provisional && (
        <Tooltip title={t('work.provisionalHint')}>
          <span>
            <Pill tone="faint">{t('work.provisional')}</Pill>
          </span>
        </Tooltip>
      )}
    </span>
  )
}
