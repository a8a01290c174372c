import { App, Button, DatePicker, Form, InputNumber, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { CalendarItem } from '../../../../functions/core/policy/year-calendar.ts'
import { answer, api, keyed } from '../../shared/api.ts'
import { takeOnEnter } from '../../shared/inputs/day-picker.tsx'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

interface Said {
  planYear: number
  days: [Dayjs, Dayjs]
}

/** Where a party announces the days of a window for the projects of a plan year. */
export function AnnounceButton({ item, year }: { item: CalendarItem; year: number }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const announce = useAct((days: { year: number; from: string; to: string }, key: string) =>
    answer(
      api[':tenant'].announcements.$post(
        { param: { tenant }, json: { step: item.step, ...days } },
        keyed(key),
      ),
    ),
  )
  const submit = async ({ planYear, days: [from, to] }: Said) => {
    const said = { year: planYear, from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') }
    if (!(await announce.mutateAsync(said).catch(() => undefined))) return
    setOpen(false)
    void message.success(t('cases.announced'))
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('cases.announce')}
      </Button>
      <Modal
        open={open}
        title={t('cases.announceTitle', { step: item.title })}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <Form layout="vertical" onFinish={(values: Said) => void submit(values)}>
          <Form.Item name="planYear" label={t('cases.planYear')} initialValue={item.planYear ?? year + 1}>
            <InputNumber min={2000} max={2200} />
          </Form.Item>
          <Form.Item
            name="days"
            label={t('cases.days')}
            initialValue={item.to === undefined ? undefined : [dayjs(item.from ?? item.to), dayjs(item.to)]}
            rules={[{ required: true, message: t('cases.needed', { title: t('cases.days') }) }]}
          >
            <DatePicker.RangePicker onKeyDown={takeOnEnter} />
          </Form.Item>
          <ProblemAlert error={announce.error} />
          <Button type="primary" htmlType="submit" loading={announce.isPending}>
            {t('cases.announce')}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
