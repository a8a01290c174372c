import { App, Button, Form } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { useProject } from '../../shared/case-data.ts'
import type { FormField } from '../../shared/inputs/field-input.tsx'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { KEPT, useLeaveGuard } from '../../shared/leave-guard.tsx'
import { useTenant } from '../../shared/me.ts'
import { Page, PageLoaded, Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { Articles, PolicyVersion } from '../../shared/why.tsx'
import { WayPanel } from './way-panel.tsx'

const procedures = api[':tenant'].projects[':id'].procedures

export type StartPreview = Answered<Awaited<ReturnType<typeof procedures.preview.$post>>>

/** Starts a change, a payment, an extension: what it states, and the way that follows from it. */
export function StartPage() {
  const { id = '', procedure = '' } = useParams()
  const tenant = useTenant()
  const project = useProject(id)
  const form = useQuery({
    queryKey: ['start-form', tenant, id, procedure],
    queryFn: () => answer(procedures[':procedure'].form.$get({ param: { tenant, id, procedure } })),
  })
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <PageLoaded query={form}>
            {({ title, article, fields }) => (
              <StartForm
                project={{ id, title: view.title }}
                procedure={{ id: procedure, title, article }}
                fields={fields}
              />
            )}
          </PageLoaded>
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

function StartForm(props: {
  project: { id: string; title: string }
  procedure: { id: string; title: string; article: string[] }
  fields: FormField[]
}) {
  const { project, procedure, fields } = props
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ facts?: Record<string, unknown> }>()
  const facts = Form.useWatch('facts', form)
  const [dirty, setDirty] = useState(false)
  useLeaveGuard(dirty)
  const way = useWay(project.id, procedure.id, stated(facts))
  const start = useAct((values: Record<string, unknown>, key: string) =>
    answer(
      procedures.$post(
        { param: { tenant, id: project.id }, json: { procedure: procedure.id, facts: values } },
        keyed(key),
      ),
    ),
  )
  const submit = async () => {
    const done = await start.mutateAsync(stated(form.getFieldsValue(true).facts)).catch(() => undefined)
    if (!done) return
    void message.success(t('cases.started', { title: procedure.title }))
    await navigate(`/projects/${project.id}?tab=procedures`, KEPT)
  }
  return (
    <Page
      name={`${procedure.title} · ${project.title}`}
      title={procedure.title}
      lead={
        <>
          <Link to={`/projects/${project.id}`}>{project.title}</Link> <Articles article={procedure.article} />
        </>
      }
    >
      <div className="two">
        <Form
          form={form}
          layout="vertical"
          onFinish={() => void submit()}
          onValuesChange={() => setDirty(true)}
        >
          <Section title={t('cases.fill')}>
            {fields.length === 0 ? (
              <p className="quiet">{t('cases.nothingToFill')}</p>
            ) : (
              <FormFields fields={fields} group="facts" />
            )}
            <ProblemAlert error={start.error} />
            <div className="actions">
              <Button type="primary" htmlType="submit" loading={start.isPending}>
                {t('cases.start')}
              </Button>
              <Button type="text" onClick={() => void navigate(`/projects/${project.id}`)}>
                {t('cases.back')}
              </Button>
            </div>
          </Section>
        </Form>
        <WayPanel way={way.data} error={way.error} procedure={procedure.id} />
      </div>
    </Page>
  )
}

/** The way that follows from what is filled in so far, asked again a moment after each change. */
function useWay(id: string, procedure: string, facts: Record<string, unknown>) {
  const tenant = useTenant()
  const settled = useSettled(JSON.stringify(facts))
  return useQuery({
    queryKey: ['way', tenant, id, procedure, settled],
    queryFn: () =>
      answer(
        procedures.preview.$post({
          param: { tenant, id },
          json: { procedure, facts: JSON.parse(settled) as Record<string, unknown> },
        }),
      ),
    placeholderData: (before) => before,
  })
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

function stated(facts: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts ?? {}).filter(([, value]) => value !== undefined && value !== null),
  )
}
