import { Button, Empty, Input, Table } from 'antd'
import { useState } from 'react'
import { useOrganisationNames } from '../../shared/directory.ts'
import { useMe } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { type TextKey, useText } from '../../shared/text.ts'
import { EditPerson } from './edit-person.tsx'
import { type User, useUsers } from './person-data.ts'

const PAGE = 20

/** People with their organisation and role; the administrator edits them from here. */
export function PeopleList() {
  const { t } = useText()
  const me = useMe()
  const administrator = me.user.role === 'administrator'
  const organisation = useOrganisationNames()
  const [word, setWord] = useState('')
  const [edited, setEdited] = useState<User>()
  return (
    <Loaded query={useUsers()}>
      {(items) => {
        const found = items.filter((one) =>
          `${one.name} ${one.login} ${organisation(one.organisationId)}`.includes(word.trim()),
        )
        return (
          <>
            <div className="filters">
              <Input.Search
                allowClear
                className="filter-person"
                placeholder={t('people.findPerson')}
                aria-label={t('people.findPerson')}
                onChange={(event) => setWord(event.target.value)}
              />
              <span className="quiet" aria-live="polite">
                {t('people.countOf', { n: found.length })}
              </span>
            </div>
            <Table<User>
              rowKey="id"
              size="middle"
              dataSource={found}
              scroll={{ x: 'max-content' }}
              locale={{
                emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.noneFound')} />,
              }}
              pagination={found.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
              columns={[
                { title: t('general.name'), dataIndex: 'name', width: 150 },
                { title: t('general.login'), dataIndex: 'login', width: 170 },
                { title: t('general.organisation'), dataIndex: 'organisationId', render: organisation },
                {
                  title: t('general.role'),
                  dataIndex: 'role',
                  width: 110,
                  render: (role: string) => t(`general.${role}` as TextKey),
                },
                {
                  title: t('work.status'),
                  dataIndex: 'status',
                  width: 90,
                  render: (status: string) => (
                    <Pill tone={status === 'active' ? 'good' : 'faint'}>
                      {t(status === 'active' ? 'work.active' : 'people.disabled')}
                    </Pill>
                  ),
                },
                ...(administrator
                  ? [
                      {
                        title: '',
                        key: 'edit',
                        width: 70,
                        render: (_: unknown, one: User) => (
                          <Button
                            size="small"
                            type="link"
                            aria-label={t('people.editFor', { name: one.name })}
                            onClick={() => setEdited(one)}
                          >
                            {t('people.edit')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            {edited && <EditPerson person={edited} onClose={() => setEdited(undefined)} />}
          </>
        )
      }}
    </Loaded>
  )
}
