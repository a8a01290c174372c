import { Alert, Button, Result } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Answered, api } from '../../shared/api.ts'
import { Page, Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { AdoptForm } from './adopt-form.tsx'
import { PolicyDraft } from './policy-draft.tsx'
import { useTenants } from './tenants.ts'
import { useTrying } from './try-policy.tsx'
import { useCheck } from './use-check.ts'
import { useKeptText } from './use-kept-text.ts'

export type Added = Answered<Awaited<ReturnType<typeof api.tenants.$post>>>

/** A new jurisdiction: its policy dropped or pasted, checked, read over, adopted. */
export function OnboardPage() {
  const { t } = useText()
  const [text, setText, drop] = useKeptText('onboard', '')
  const [file, setFile] = useState('policy.yaml')
  const [confirmed, setConfirmed] = useState(false)
  const [added, setAdded] = useState<Added & { login: string }>()
  const check = useCheck(text, file)
  const { checked } = check
  const trying = useTrying(checked?.document !== undefined)
  const readings = checked?.readings ?? []
  const { data: tenants } = useTenants()
  const there = tenants?.items.find((one) => one.id === checked?.head?.id)
  const take = (next: string, name?: string) => {
    setText(next)
    setConfirmed(false)
    if (name) setFile(name)
  }
  if (added)
    return (
      <Page name={t('general.onboard')} title={t('general.onboard')}>
        <Result
          status="success"
          title={<h2>{t('platform.adopted', { name: added.name })}</h2>}
          subTitle={t('platform.adoptedHint', { n: added.organisations.length })}
          extra={[
            <p key="who">
              {t('platform.adminLogin')}: <strong>{added.login}</strong>
            </p>,
            <Link key="list" to="/tenants">
              <Button type="primary">{t('general.tenants')}</Button>
            </Link>,
            <Button
              key="again"
              onClick={() => {
                setAdded(undefined)
                take('')
              }}
            >
              {t('platform.newOne')}
            </Button>,
          ]}
        />
      </Page>
    )
  return (
    <Page
      name={t('general.onboard')}
      title={trying ? t('platform.tryTitle', { title: checked?.head?.title ?? '' }) : t('general.onboard')}
    >
      <PolicyDraft
        text={text}
        check={check}
        trying={trying}
        confirmed={confirmed}
        onText={take}
        onConfirm={setConfirmed}
        intro={
          text.trim() === '' && (
            <Section title={t('platform.howTitle')}>
              <ol className="way">
                {(['how1', 'how2', 'how3', 'how4'] as const).map((one) => (
                  <li key={one}>{t(`platform.${one}`)}</li>
                ))}
              </ol>
            </Section>
          )
        }
      >
        {there && (
          <Alert
            type="warning"
            showIcon
            title={
              <>
                {t('platform.isThere')}{' '}
                <Link to={`/tenants/${there.id}/policy`}>{t('platform.newVersion')}</Link>
              </>
            }
          />
        )}
        {checked?.ok && !there && (
          <AdoptForm
            text={text}
            file={file}
            unseen={checked.head?.effective === 'unseen'}
            ready={confirmed || readings.length === 0}
            onAdded={(one) => {
              drop()
              setAdded(one)
            }}
          />
        )}
      </PolicyDraft>
    </Page>
  )
}
