import { App, Button, DatePicker, Form, Input, Modal, Select, Table } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { todayInOffice } from '../../shared/days.ts'
import { takeOnEnter } from '../../shared/inputs/day-picker.tsx'
import { isOfficer, useMe, useTenant } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited } from '../../shared/policy-words.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'

type RegisterText = NonNullable<PolicyDocument['registers']>[string]
const entries = api[':tenant'].registers[':register'].entries
type Entry = Answered<Awaited<ReturnType<typeof entries.$get>>>['items'][number]

/** The lists that parties keep: experts, firms, catalogues. Their keeper adds and ends entries here. */
export function Registers({ policy }: { policy: PolicyData }) {
  return Object.entries(policy.document.registers ?? {}).map(([id, register]) => (
    <Register key={id} id={id} register={register} policy={policy} />
  ))
}

function Register({ id, register, policy }: { id: string; register: RegisterText; policy: PolicyData }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const [after, setAfter] = useState<string>()
  const [adding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: ['register', tenant, id, after],
    queryFn: () =>
      answer(
        entries.$get({ param: { tenant, register: id }, query: { limit: '100', ...(after && { after }) } }),
      ),
  })
  const keeps = isOfficer(me) && (me.organisation?.parties.includes(register.keptBy) ?? false)
  const today = todayInOffice()
  return (
    <section className="step-stage">
      <div className="section-head">
        <h2>
          {register.title ?? id} <Articles article={cited(register.article)} />
        </h2>
        {keeps && <Button onClick={() => setAdding(true)}>{t('cases.addEntry')}</Button>}
      </div>
      <p className="quiet">
        {[
          t('cases.keptBy', { party: policy.words.party(register.keptBy) }),
          register.each === 'year' && t('cases.eachYear'),
          register.size?.atLeast !== undefined && t('cases.sizeLeast', { n: register.size.atLeast }),
          register.size?.atMost !== undefined && t('cases.sizeMost', { n: register.size.atMost }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Table<Entry>
        rowKey="id"
        size="small"
        loading={query.isPending}
        dataSource={query.data?.items ?? []}
        pagination={false}
        locale={{ emptyText: t(keeps ? 'cases.registerEmptyKeeper' : 'cases.registerEmpty') }}
        columns={[
          { title: t('cases.entryName'), dataIndex: 'name' },
          ...(register.levels ? [{ title: t('cases.entryLevel'), dataIndex: 'level' }] : []),
          { title: t('cases.validFrom'), render: (_, one) => one.from ?? '—' },
          {
            title: t('cases.validTo'),
            render: (_, one) => (
              <>
                {one.to ?? '—'}{' '}
                {one.to !== null && one.to < today && <Pill tone="faint">{t('cases.lapsed')}</Pill>}
              </>
            ),
          },
          ...(keeps
            ? [
                {
                  title: t('cases.act'),
                  render: (_: unknown, one: Entry) =>
                    (one.to === null || one.to >= today) && <EndEntry register={id} entry={one} />,
                },
              ]
            : []),
        ]}
      />
      {query.data?.next && (
        <Button onClick={() => setAfter(query.data.next ?? undefined)}>{t('general.next')}</Button>
      )}
      {adding && <AddEntry id={id} register={register} onDone={() => setAdding(false)} />}
    </section>
  )
}

interface NewEntry {
  name: string
  level?: string
  days?: [Dayjs | null, Dayjs | null]
}

function AddEntry({ id, register, onDone }: { id: string; register: RegisterText; onDone: () => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const add = useAct(({ name, level, days }: NewEntry, key: string) => {
    const [from, to] = (days ?? []).map((day) => day?.format('YYYY-MM-DD'))
    return answer(
      entries.$post(
        {
          param: { tenant, register: id },
          json: { name: name.trim(), ...(level && { level }), ...(from && { from }), ...(to && { to }) },
        },
        keyed(key),
      ),
    )
  })
  const submit = async (values: NewEntry) => {
    if (!(await add.mutateAsync(values).catch(() => undefined))) return
    void message.success(t('cases.entryAdded'))
    onDone()
  }
  return (
    <Modal open title={t('cases.addEntry')} footer={null} onCancel={onDone}>
      <Form<NewEntry> layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="name"
          label={t('cases.entryName')}
          rules={[
            { required: true, whitespace: true, message: t('cases.needed', { title: t('cases.entryName') }) },
          ]}
        >
          <Input maxLength={100} />
        </Form.Item>
        {register.levels && (
          <Form.Item name="level" label={t('cases.entryLevel')}>
            <Select options={register.levels.map((level) => ({ value: level, label: level }))} />
          </Form.Item>
        )}
        <Form.Item name="days" label={t('cases.validity')}>
          <DatePicker.RangePicker onKeyDown={takeOnEnter} allowEmpty={[true, true]} />
        </Form.Item>
        <ProblemAlert error={add.error} />
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('cases.addEntry')}
        </Button>
      </Form>
    </Modal>
  )
}

function EndEntry({ register, entry }: { register: string; entry: Entry }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message, modal } = App.useApp()
  const end = useAct((to: string, key: string) =>
    answer(entries[':id'].end.$post({ param: { tenant, register, id: entry.id }, json: { to } }, keyed(key))),
  )
  const confirm = () =>
    void modal.confirm({
      title: t('cases.endEntryTitle', { name: entry.name }),
      content: t('cases.endEntryHint', { on: todayInOffice() }),
      okText: t('cases.endEntry'),
      onOk: async () => {
        await end.mutateAsync(todayInOffice())
        void message.success(t('cases.entryEnded'))
      },
    })
  return (
    <>
      <Button size="small" onClick={confirm}>
        {t('cases.endEntry')}
      </Button>
      <ProblemAlert error={end.error} />
    </>
  )
}
