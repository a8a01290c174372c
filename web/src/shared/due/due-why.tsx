import '../case.css'
import type { CaseStep } from '../case-data.ts'
import { useText } from '../text.ts'
import { Why } from '../why.tsx'
import { DueTag } from './due-tag.tsx'

/** A due day with how far it is in days and working days, and why it is that day: the article and the facts. */
export function DueWhy(props: {
  on: string
  today: string
  label: string
  provisional?: boolean
  due?: CaseStep['due']
  /** Cited where the ground itself is not at hand, as for a period. */
  article?: readonly string[]
}) {
  const { t } = useText()
  const { due, article = [] } = props
  const grounds = due ? [due] : article.length > 0 ? [{ article }] : []
  return (
    <span className="due-why">
      <DueTag on={props.on} today={props.today} provisional={props.provisional} />
      {due && (
        <span className="quiet due-workdays">
          {due.workdaysLeft < 0
            ? t('project.workdaysOver', { n: -due.workdaysLeft })
            : t('project.workdaysLeft', { n: due.workdaysLeft })}
        </span>
      )}
      {grounds.length > 0 && <Why grounds={grounds} label={`${t('project.whyDue')}: ${props.label}`} />}
    </span>
  )
}
