import { Alert, App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { answer, api, keyed } from '../../shared/api.ts'
import { type Case, useCase, useProject } from '../../shared/case-data.ts'
import { KEPT, useLeaveGuard } from '../../shared/leave-guard.tsx'
import { isOfficer, useMe, useTenant } from '../../shared/me.ts'
import { NotFound } from '../../shared/not-found.tsx'
import { Page, PageLoaded, Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { Articles, PolicyVersion } from '../../shared/why.tsx'

/** What the text leaves to the authority: decided by a person, with a reason that is kept. */
export function DecisionPage() {
  const { id = '', decision = '' } = useParams()
  const seen = useCase(id)
  const project = useProject(id)
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <PageLoaded query={seen}>{(standing) => <Decision seen={standing} id={decision} />}</PageLoaded>
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

function Decision({ seen, id }: { seen: Case; id: string }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { data } = usePolicy()
  const [dirty, setDirty] = useState(false)
  useLeaveGuard(dirty)
  const decision = seen.decisions.find((one) => one.id === id)
  const decide = useAct((input: { value: string; reason: string }, key: string) =>
    answer(
      api[':tenant'].projects[':id'].decisions[':decision'].$post(
        { param: { tenant, id: seen.project.id, decision: id }, json: input },
        keyed(key),
      ),
    ),
  )
  if (!decision) return <NotFound to={`/projects/${seen.project.id}`} way={t('cases.back')} />
  const mine = isOfficer(me) && seen.mine.includes(decision.by) && !seen.ended
  const submit = async (values: { value: string; reason: string }) => {
    const done = await decide.mutateAsync(values).catch(() => undefined)
    if (!done) return
    void message.success(t('cases.decided'))
    await navigate(`/projects/${seen.project.id}`, KEPT)
  }
  return (
    <Page
      name={`${decision.title} · ${seen.project.title}`}
      title={decision.title}
      lead={
        <>
          <Link to={`/projects/${seen.project.id}`}>{seen.project.title}</Link>{' '}
          {data?.words.party(decision.by)} <Articles article={decision.article} />
        </>
      }
    >
      <Section title={t('cases.decision')}>
        {!mine && (
          <Alert type="info" showIcon title={t('cases.notMine', { party: data?.words.party(decision.by) })} />
        )}
        <Form
          layout="vertical"
          disabled={!mine}
          initialValues={{ value: decision.value ?? decision.default, reason: decision.reason }}
          onValuesChange={() => setDirty(true)}
          onFinish={submit}
        >
          <Form.Item
            name="value"
            label={decision.title}
            rules={[{ required: true, message: t('cases.choose') }]}
          >
            <Radio.Group
              aria-label={decision.title}
              options={Object.entries(decision.options).map(([value, label]) => ({
                value,
                label: value === decision.default ? `${label} (${t('cases.byDefault')})` : label,
              }))}
            />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t('cases.decisionReason')}
            rules={[
              {
                required: true,
                whitespace: true,
                message: t('cases.needed', { title: t('cases.decisionReason') }),
              },
            ]}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
          </Form.Item>
          <ProblemAlert error={decide.error} />
          {mine && (
            <Button type="primary" htmlType="submit" loading={decide.isPending}>
              {t('cases.decide')}
            </Button>
          )}
        </Form>
      </Section>
    </Page>
  )
}
