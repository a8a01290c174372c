import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTenant } from '../shared/me.ts'
import { useUnread } from '../shared/notices/notices.ts'
import { useText } from '../shared/text.ts'
import { Wait } from './wait.tsx'

const BellList = lazy(async () => ({ default: (await import('./bell-list.tsx')).BellList }))

/** How many notices are unread, and the newest of them at a click. */
export function Bell() {
  const { t } = useText()
  const tenant = useTenant()
  const { data } = useUnread()
  const [open, setOpen] = useState(false)
  const unread = data?.unread ?? 0
  if (!tenant) return null
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <Suspense fallback={<Wait />}>
          {open && <BellList byCategory={data?.byCategory ?? []} onClose={() => setOpen(false)} />}
        </Suspense>
      }
    >
      <Button
        type="text"
        className="top-button"
        aria-label={unread > 0 ? t('desk.bell', { n: unread }) : t('desk.bellNone')}
        aria-haspopup="dialog"
        aria-expanded={open}
        icon={
          <Badge count={unread} size="small" overflowCount={99} offset={[2, -2]} aria-hidden>
            <BellOutlined aria-hidden className="bell" />
          </Badge>
        }
      />
    </Popover>
  )
}
