import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '../../shared/me.ts'
import { Page } from '../../shared/page.tsx'
import { SignInTable } from '../../shared/sign-in-table.tsx'
import { useText } from '../../shared/text.ts'
import { AddPerson } from './add-person.tsx'
import { EditOrganisation } from './edit-organisation.tsx'
import { ImportUnits } from './import-units.tsx'
import { OrganisationList } from './organisation-list.tsx'
import { PeopleList } from './people-list.tsx'

type Dialog = 'person' | 'organisation' | 'import'

/** Organisations with what they stand for, their people, and who signed in. */
export function PeoplePage() {
  const { t } = useText()
  const me = useMe()
  const [asked, setAsked] = useSearchParams()
  const [dialog, setDialog] = useState<Dialog>()
  const administrator = me.user.role === 'administrator'
  const close = () => setDialog(undefined)
  const tab = asked.get('tab') ?? 'people'
  return (
    <Page
      name={t('general.people')}
      title={t('general.people')}
      extra={
        administrator &&
        (tab === 'organisations' ? (
          <>
            <Button onClick={() => setDialog('import')}>{t('people.importUnits')}</Button>
            <Button type="primary" onClick={() => setDialog('organisation')}>
              {t('people.addOrganisation')}
            </Button>
          </>
        ) : tab === 'people' ? (
          <Button type="primary" onClick={() => setDialog('person')}>
            {t('work.addPerson')}
          </Button>
        ) : undefined)
      }
    >
      <section className="section">
        <Tabs
          activeKey={tab}
          onChange={(key) => setAsked(key === 'people' ? {} : { tab: key }, { replace: true })}
          items={[
            { key: 'people', label: t('work.persons'), children: <PeopleList /> },
            { key: 'organisations', label: t('work.organisations'), children: <OrganisationList /> },
            ...(administrator || me.user.role === 'auditor'
              ? [
                  {
                    key: 'sign-ins',
                    label: t('people.signIns'),
                    children: (
                      <>
                        <p className="quiet">{t('people.signInsHint')}</p>
                        <SignInTable />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </section>
      {dialog === 'person' && <AddPerson onClose={close} />}
      {dialog === 'organisation' && <EditOrganisation onClose={close} />}
      {dialog === 'import' && <ImportUnits onClose={close} />}
    </Page>
  )
}
