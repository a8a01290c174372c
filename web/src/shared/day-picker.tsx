import { DatePicker } from 'antd'
import type { Dayjs } from 'dayjs'

/** A day, chosen or typed. Enter takes the day that was typed and does not send the form that it stands in. */
export function DayPicker(props: {
  id?: string
  'aria-label'?: string
  placeholder?: string
  value?: Dayjs | null
  onChange?: (day: Dayjs | null) => void
}) {
  return (
    <DatePicker
      {...props}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault()
      }}
    />
  )
}
