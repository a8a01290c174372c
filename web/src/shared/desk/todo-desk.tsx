import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { ApiError, answer, api, keyed } from '../api.ts'
import { todayInOffice } from '../days.ts'
import { isOfficer, useMe, useTenant } from '../me.ts'
import { Pill } from '../pill.tsx'
import { queries, useAct } from '../query.ts'
import { useText } from '../text.ts'

const HandOver = lazy(async () => ({ default: (await import('./hand-over.tsx')).HandOver }))
const Urge = lazy(async () => ({ default: (await import('./urge.tsx')).Urge }))

/** A to-do as far as its place on a desk goes; `subject` is its project or batch. */
export interface DeskTodo {
  subject: string
  item: string
  title: string
  open: boolean
  organisation: { id: string; name: string }
  holder: { id: string; name: string } | null
  note?: string | null
  urgedOn: string | null
}

/** Who has it in hand, and whether it was urged. */
export function DeskMarks({ todo }: { todo: DeskTodo }) {
  const { t } = useText()
  const me = useMe()
  const own = todo.organisation.id === me.organisation?.id
  if (!todo.holder && !todo.urgedOn) return null
  return (
    <span className="desk-marks">
      {todo.holder && (
        <Pill tone={todo.holder.id === me.user.id ? 'busy' : 'plain'}>
          {todo.holder.id === me.user.id ? t('desk.heldByMe') : t('desk.heldBy', { name: todo.holder.name })}
        </Pill>
      )}
      {todo.urgedOn && (
        <Pill tone={own ? 'warn' : 'faint'}>
          {t(own ? 'desk.urgedOn' : 'desk.urgedOnBy', { on: todo.urgedOn })}
        </Pill>
      )}
    </span>
  )
}

/** What can be done with a to-do beside doing it: claim it, hand it over, give it back; urge another organisation's. */
export function DeskActs({ todo, named = false }: { todo: DeskTodo; named?: boolean }) {
  const me = useMe()
  if (!isOfficer(me)) return null
  return todo.organisation.id === me.organisation?.id ? (
    <OwnActs todo={todo} />
  ) : (
    <UrgeButton todo={todo} named={named} />
  )
}

function OwnActs({ todo }: { todo: DeskTodo }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { message } = App.useApp()
  const [handing, setHanding] = useState(false)
  const { subject, item, title, holder } = todo
  const act = useAct((verb: 'claim' | 'give-back', key: string) =>
    answer(api[':tenant'].todos[verb].$post({ param: { tenant }, json: { subject, item } }, keyed(key))),
  )
  const run = (verb: 'claim' | 'give-back') =>
    act.mutate(verb, {
      onSuccess: () =>
        void message.success(t(verb === 'claim' ? 'desk.claimed' : 'desk.givenBack', { title })),
      onError: (error) => {
        void message.error(error instanceof ApiError ? error.message : t('general.failed'))
        void queries.invalidateQueries({ queryKey: ['todos'] })
      },
    })
  const mayGiveBack = holder && (holder.id === me.user.id || me.user.role === 'head')
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(holder ? [] : [{ key: 'claim', label: t('desk.claim') }]),
            { key: 'hand-over', label: t('desk.handOver') },
            ...(mayGiveBack ? [{ key: 'give-back', label: t('desk.giveBack') }] : []),
          ],
          onClick: ({ key }) => (key === 'hand-over' ? setHanding(true) : run(key as 'claim' | 'give-back')),
        }}
      >
        <Button
          size="small"
          type="text"
          loading={act.isPending}
          icon={<MoreOutlined aria-hidden />}
          aria-label={t('desk.moreFor', { title })}
        />
      </Dropdown>
      {handing && (
        <Suspense>
          <HandOver todo={todo} onClose={() => setHanding(false)} />
        </Suspense>
      )}
    </>
  )
}

/** `named` says on the button whom it urges, where there are several. */
function UrgeButton({ todo, named }: { todo: DeskTodo; named: boolean }) {
  const { t } = useText()
  const [urging, setUrging] = useState(false)
  if (!todo.open) return null
  const today = todo.urgedOn === todayInOffice()
  return (
    <>
      <Button
        size="small"
        disabled={today}
        aria-label={`${t(today ? 'desk.urgedToday' : 'desk.urge')}${named ? ` ${todo.organisation.name}` : ''}: ${todo.title}`}
        onClick={() => setUrging(true)}
      >
        {t(today ? 'desk.urgedToday' : 'desk.urge')}
        {named && ` ${todo.organisation.name}`}
      </Button>
      {urging && (
        <Suspense>
          <Urge todo={todo} onClose={() => setUrging(false)} />
        </Suspense>
      )}
    </>
  )
}
