import { DatePicker } from 'antd'
import type { Dayjs } from 'dayjs'
import type { KeyboardEvent } from 'react'

/** Enter takes the day that was typed and does not send the form that the picker stands in. */
export function takeOnEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault()
}

/** A day, chosen or typed. */
export function DayPicker(props: {
  id?: string
  'aria-label'?: string
  placeholder?: string
  value?: Dayjs | null
  onChange?: (day: Dayjs | null) => void
}) {
  return <DatePicker {...props} onKeyDown={takeOnEnter} />
}
