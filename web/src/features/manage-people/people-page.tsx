import { Button, Table, Tabs } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { useOrganisationNames, useOrganisations } from '../../shared/directory.ts'
import { useMe, useTenant } from '../../shared/me.ts'
import { Loaded, Page } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { type TextKey, useText } from '../../shared/text.ts'
import { AddPerson } from './add-person.tsx'

type User = Answered<Awaited<ReturnType<(typeof api)[':tenant']['users']['$get']>>>['items'][number]

/** Organisations with what they stand for, and their people. */
export function PeoplePage() {
  const { t } = useText()
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const administrator = me.user.role === 'administrator'
  return (
    <Page
      name={t('general.people')}
      title={t('general.people')}
      extra={
        administrator && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('work.addPerson')}
          </Button>
        )
      }
    >
      <section className="section">
        <Tabs
          items={[
            { key: 'people', label: t('work.persons'), children: <People /> },
            { key: 'organisations', label: t('work.organisations'), children: <Organisations /> },
          ]}
        />
      </section>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </Page>
  )
}

function People() {
  const { t } = useText()
  const tenant = useTenant()
  const organisation = useOrganisationNames()
  const query = useQuery({
    queryKey: ['users', tenant],
    queryFn: async () => {
      const all: User[] = []
      let after: string | undefined
      do {
        const page = await answer(
          api[':tenant'].users.$get({ param: { tenant }, query: { limit: '200', after } }),
        )
        all.push(...page.items)
        after = page.next ?? undefined
      } while (after)
      return all
    },
  })
  return (
    <Loaded query={query}>
      {(items) => (
        <Table<User>
          rowKey="id"
          size="middle"
          dataSource={items}
          scroll={{ x: 'max-content' }}
          pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          columns={[
            { title: t('general.name'), dataIndex: 'name', width: 140 },
            { title: t('general.login'), dataIndex: 'login', width: 200 },
            { title: t('general.organisation'), dataIndex: 'organisationId', render: organisation },
            {
              title: t('general.role'),
              dataIndex: 'role',
              width: 120,
              render: (role: string) => t(`general.${role}` as TextKey),
            },
            {
              title: t('work.status'),
              dataIndex: 'status',
              width: 90,
              render: (status: string) => (
                <Pill tone={status === 'active' ? 'good' : 'faint'}>
                  {status === 'active' ? t('work.active') : status}
                </Pill>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  )
}

function Organisations() {
  const { t } = useText()
  const { data: policy } = usePolicy()
  return (
    <Loaded query={useOrganisations()}>
      {(items) => (
        <Table
          rowKey="id"
          size="middle"
          dataSource={items}
          pagination={false}
          columns={[
            { title: t('general.organisation'), dataIndex: 'name', width: 320 },
            {
              title: t('general.parties'),
              dataIndex: 'parties',
              render: (parties: string[]) =>
                parties.map((party) => policy?.words.party(party) ?? party).join('、'),
            },
          ]}
        />
      )}
    </Loaded>
  )
}
