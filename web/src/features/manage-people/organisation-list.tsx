import { Button, Empty, Input, Table } from 'antd'
import { useState } from 'react'
import { type Organisation, useOrganisationNames, useOrganisations } from '../../shared/directory.ts'
import { useMe } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { EditOrganisation } from './edit-organisation.tsx'

const PAGE = 20

/** Organisations with what they stand for; the administrator edits them from here. */
export function OrganisationList() {
  const { t } = useText()
  const me = useMe()
  const { data: policy } = usePolicy()
  const name = useOrganisationNames()
  const [word, setWord] = useState('')
  const [edited, setEdited] = useState<Organisation>()
  const party = (id: string) => policy?.words.party(id) ?? id
  return (
    <Loaded query={useOrganisations()}>
      {(items) => {
        const found = items.filter((one) => one.name.includes(word.trim()))
        return (
          <>
            <div className="filters">
              <Input.Search
                allowClear
                className="filter-person"
                placeholder={t('people.findOrganisation')}
                aria-label={t('people.findOrganisation')}
                onChange={(event) => setWord(event.target.value)}
              />
              <span className="quiet" aria-live="polite">
                {t('people.countUnits', { n: found.length })}
              </span>
            </div>
            <Table<Organisation>
              rowKey="id"
              size="middle"
              dataSource={found}
              scroll={{ x: 'max-content' }}
              locale={{
                emptyText: (
                  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('people.noOrganisation')} />
                ),
              }}
              pagination={found.length > PAGE ? { pageSize: PAGE, showSizeChanger: false } : false}
              columns={[
                { title: t('general.organisation'), dataIndex: 'name', width: 280 },
                {
                  title: t('general.parties'),
                  dataIndex: 'parties',
                  render: (parties: string[], one) => (
                    <>
                      {parties.map(party).join('、')}
                      {Object.entries(one.answersTo).map(([of, to]) => (
                        <div key={of} className="quiet">
                          {party(of)}: {name(to)}
                        </div>
                      ))}
                    </>
                  ),
                },
                ...(me.user.role === 'administrator'
                  ? [
                      {
                        title: '',
                        key: 'edit',
                        width: 70,
                        render: (_: unknown, one: Organisation) => (
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
            {edited && <EditOrganisation organisation={edited} onClose={() => setEdited(undefined)} />}
          </>
        )
      }}
    </Loaded>
  )
}
