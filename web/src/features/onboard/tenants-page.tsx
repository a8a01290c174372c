import { Button, Table } from 'antd'
import { Link } from 'react-router'
import { Loaded, Page } from '../../shared/page.tsx'
import { type TextKey, useText } from '../../shared/text.ts'
import { type Tenant, useTenants } from './tenants.ts'

/** The jurisdictions on the platform with the policy in force. */
export function TenantsPage() {
  const { t } = useText()
  const query = useTenants()
  return (
    <Page
      name={t('general.tenants')}
      title={t('general.tenants')}
      extra={
        <Link to="/tenants/new">
          <Button type="primary">{t('general.onboard')}</Button>
        </Link>
      }
    >
      <section className="section">
        <Loaded query={query}>
          {({ items }) => (
            <Table<Tenant>
              rowKey="id"
              size="middle"
              dataSource={items}
              pagination={false}
              scroll={{ x: 900 }}
              columns={[
                { title: t('platform.jurisdiction'), dataIndex: 'name', width: 190 },
                { title: t('platform.division'), dataIndex: 'division', width: 100 },
                {
                  title: t('platform.level'),
                  dataIndex: 'level',
                  width: 90,
                  render: (level: string) => t(`platform.${level}` as TextKey),
                },
                { title: t('platform.currentPolicy'), render: (_, one) => one.policy?.title ?? '—' },
                { title: t('platform.number'), width: 170, render: (_, one) => one.policy?.number ?? '—' },
                {
                  title: t('platform.effective'),
                  width: 120,
                  render: (_, one) => one.policy?.effectiveOn ?? '—',
                },
                {
                  title: t('cases.act'),
                  width: 120,
                  render: (_, one) => (
                    <Link to={`/tenants/${one.id}/policy`}>{t('platform.newVersion')}</Link>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </section>
    </Page>
  )
}
