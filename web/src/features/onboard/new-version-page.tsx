import { Alert, App, Button, DatePicker, Form } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { Loaded, Page, Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { ChangeList } from './change-list.tsx'
import { PolicyDraft } from './policy-draft.tsx'
import { RegulationField } from './regulation-field.tsx'
import { Rehearsal } from './rehearsal.tsx'
import { useTrying } from './try-policy.tsx'
import { useCheck } from './use-check.ts'
import { useKeptText } from './use-kept-text.ts'

const policies = api.tenants[':tenant'].policies
type Versions = Answered<Awaited<ReturnType<typeof policies.$get>>>

/** A new version of a jurisdiction's policy: edited from the last one, checked, compared, rehearsed, adopted. */
export function NewVersionPage() {
  const { tenant = '' } = useParams()
  const query = useQuery({
    queryKey: ['versions', tenant],
    queryFn: () => answer(policies.$get({ param: { tenant } })),
  })
  return <Loaded query={query}>{(versions) => <NewVersion key={tenant} versions={versions} />}</Loaded>
}

function NewVersion({ versions }: { versions: Versions }) {
  const { t } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const last = versions.items[0]
  const [text, setText, drop] = useKeptText(`version:${versions.tenant}`, last?.text ?? '')
  const [file, setFile] = useState('policy.yaml')
  const [confirmed, setConfirmed] = useState(false)
  const [chosen, setChosen] = useState<Dayjs>()
  const [regulation, setRegulation] = useState('')
  const check = useCheck(text, file, last?.text)
  const { checked, checking, changes } = check
  const trying = useTrying(checked?.document !== undefined)
  const unseen = checked?.head?.effective === 'unseen'
  const effectiveOn = unseen ? chosen?.format('YYYY-MM-DD') : undefined
  const dated = !unseen || effectiveOn !== undefined
  const own = checked?.head === undefined || checked.head.id === versions.tenant
  const ready = (checked?.ok ?? false) && own && (confirmed || checked?.readings.length === 0) && dated
  const adopt = useAct((_: undefined, key: string) =>
    answer(
      policies.$post(
        {
          param: { tenant: versions.tenant },
          json: {
            policy: text,
            file,
            ...(effectiveOn && { effectiveOn }),
            ...(regulation.trim() && { regulation }),
          },
        },
        keyed(key),
      ),
    ),
  )
  const take = (next: string, name?: string) => {
    setText(next)
    setConfirmed(false)
    adopt.reset()
    if (name) setFile(name)
  }
  const submit = async () => {
    const done = await adopt.mutateAsync(undefined).catch(() => undefined)
    if (!done) return
    drop()
    void message.success(t('platform.versionAdopted', { on: done.effectiveOn }))
    await navigate('/tenants')
  }
  return (
    <Page
      name={t('platform.newVersion')}
      title={
        trying
          ? t('platform.tryTitle', { title: checked?.head?.title ?? '' })
          : `${t('platform.newVersion')}: ${versions.name}`
      }
      lead={last && !trying && t('platform.versionNow', { title: last.title, on: last.effectiveOn })}
    >
      <PolicyDraft
        text={text}
        check={check}
        trying={trying}
        confirmed={confirmed}
        onText={take}
        onConfirm={setConfirmed}
      >
        {/* What the text said before the last change must not pass for no difference. */}
        {changes && checked?.document && (changes.length > 0 || !checking) && (
          <Section title={t('platform.changes', { n: changes.length })}>
            <ChangeList changes={changes} />
          </Section>
        )}
        {checked?.ok && unseen && (
          <Form.Item label={t('platform.chooseDay')} required>
            <DatePicker value={chosen} onChange={(day) => setChosen(day ?? undefined)} />
          </Form.Item>
        )}
        {!own && (
          <Alert type="error" showIcon title={t('platform.ofOther', { name: checked?.head?.name ?? '' })} />
        )}
        {checked?.ok && own && dated && (
          <Rehearsal tenant={versions.tenant} text={text} file={file} effectiveOn={effectiveOn} />
        )}
        {checked?.ok && <RegulationField text={regulation} onChange={setRegulation} />}
        <ProblemAlert error={adopt.error} />
        <div className="actions">
          <Button
            type="primary"
            disabled={!ready || changes?.length === 0}
            loading={adopt.isPending}
            onClick={() => void submit()}
          >
            {t('platform.adoptVersion')}
          </Button>
          {checked?.ok && own && !ready && <span className="quiet">{t('platform.confirmFirst')}</span>}
        </div>
      </PolicyDraft>
    </Page>
  )
}
