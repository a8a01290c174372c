import { Empty, Table } from 'antd'
import { type Answered, answer, api } from './api.ts'
import { instantText } from './days.ts'
import { useTenant } from './me.ts'
import { Pages, usePages } from './pages.tsx'
import { Pill, type Tone } from './pill.tsx'
import { useText } from './text.ts'

type SignIn = Answered<Awaited<ReturnType<(typeof api)[':tenant']['sign-ins']['$get']>>>['items'][number]

const TONES: Partial<Record<SignIn['kind'], Tone>> = { 'signed-in': 'good', wrong: 'warn', 'too-many': 'bad' }

/** The record of sign-ins, the newest first; `user` narrows it to one person. */
export function SignInTable({ user, limit = 30 }: { user?: string; limit?: number }) {
  const { t } = useText()
  const tenant = useTenant()
  const pages = usePages(['sign-ins', tenant, user, limit], (after) =>
    answer(
      api[':tenant']['sign-ins'].$get({ param: { tenant }, query: { limit: String(limit), after, user } }),
    ),
  )
  return (
    <Pages pages={pages}>
      {(items) => (
        <Table<SignIn>
          rowKey="n"
          size="small"
          dataSource={items}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.noSignIns')} />,
          }}
          columns={[
            {
              title: t('people.at'),
              dataIndex: 'at',
              width: 160,
              render: (at: string) => <span className="number">{instantText(at)}</span>,
            },
            ...(user
              ? []
              : [
                  {
                    title: t('people.person'),
                    dataIndex: 'user',
                    render: (one: SignIn['user']) =>
                      one ? (
                        <>
                          {one.name} <span className="quiet">{`${one.login} · ${one.organisation}`}</span>
                        </>
                      ) : (
                        <span className="quiet">{t('people.unknownPerson')}</span>
                      ),
                  },
                ]),
            {
              title: t('people.happened'),
              dataIndex: 'kind',
              width: 190,
              render: (kind: SignIn['kind']) => (
                <Pill tone={TONES[kind] ?? 'plain'}>{t(`people.${kind}`)}</Pill>
              ),
            },
            { title: t('people.address'), dataIndex: 'address', width: 160 },
          ]}
        />
      )}
    </Pages>
  )
}
