import { App, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import { answer, api, keyed } from '../../shared/api.ts'
import { AwaitsPanel } from '../../shared/awaits-panel.tsx'
import { ConflictPanel } from '../../shared/conflict/conflict-panel.tsx'
import { instantText } from '../../shared/days.ts'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { useTenant } from '../../shared/me.ts'
import { Page, PageLoaded, Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { SimilarProjects } from '../../shared/similar-projects.tsx'
import { useText } from '../../shared/text.ts'
import { type Stated, useExplanation } from '../../shared/use-explanation.ts'
import { CopyPanel } from './copy-panel.tsx'
import { ANOTHER, type Declared, TITLE, unflat, useAutosave, useStoredDraft } from './draft.ts'

/** The first step of a new project by hand: its facts on the left, what follows from them on the right. */
export function DeclarePage() {
  const [asked] = useSearchParams()
  const { key } = useLocation()
  const wanted = asked.get('draft') ?? undefined
  const draft = useStoredDraft(wanted)
  return (
    <PageLoaded query={draft}>
      {(stored) => <DeclareForm key={wanted === ANOTHER ? key : stored?.id} stored={stored} />}
    </PageLoaded>
  )
}

function DeclareForm({ stored }: { stored: Awaited<ReturnType<typeof useStoredDraft>>['data'] }) {
  const { t } = useText()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const [draft] = useState(() => stored ?? null)
  const [form] = Form.useForm<Declared>()
  const begun = draft?.content as Declared | undefined
  const facts = Form.useWatch('facts', form) as Stated | undefined
  const title = Form.useWatch('title', form) as string | undefined
  const kept = useAutosave(draft, { title, facts }, (values) => form.setFieldsValue(values))
  const { explanation, error, asked } = useExplanation(tenant, facts ?? begun?.facts ?? {})
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the page opens
  useEffect(() => {
    if (draft) void message.info(t('cases.draftKept'))
  }, [])
  const create = useAct((input: { title: string; facts: Stated }, key: string) =>
    answer(api[':tenant'].projects.$post({ param: { tenant }, json: input }, keyed(key))),
  )
  const fields = explanation?.fields ?? []
  const missing = fields.filter((one) => one.required === 'yes' && asked[one.id] === undefined)
  const submit = async ({ title: named = '' }: Declared) => {
    const done = await create.mutateAsync({ title: named.trim(), facts: asked }).catch(() => undefined)
    if (!done) return
    await kept.drop()
    void message.success(t('cases.created'))
    const next = done.obligations[0]
    await navigate(next ? `/projects/${done.project.id}/steps/${next.step}` : `/projects/${done.project.id}`)
  }
  const again = () =>
    modal.confirm({
      title: t('project.dropDraftSure'),
      okText: t('cases.dropDraft'),
      cancelText: t('general.cancel'),
      onOk: async () => {
        await kept.drop()
        form.resetFields()
        form.setFieldsValue({ title: undefined, facts: undefined })
      },
    })
  const copy = (from: string, taken: Stated) => {
    form.setFieldsValue({ title: title || from, facts: { ...facts, ...taken } })
    void message.success(t('project.copied', { n: Object.keys(taken).length }))
  }
  const solve = (values: Record<string, unknown>) => {
    form.setFieldsValue(unflat(values))
    kept.solved()
  }
  const unit = fields.filter((one) => one.of === 'unit')
  const own = fields.filter((one) => one.of !== 'unit')
  return (
    <Page
      name={t('cases.declareTitle')}
      title={t('cases.declareTitle')}
      lead={t('cases.declareIntro')}
      extra={
        <>
          <CopyPanel onCopy={copy} />
          {(draft || kept.savedAt) && (
            <>
              <Link to={`/declare?draft=${ANOTHER}`} tabIndex={-1}>
                <Button>{t('project.another')}</Button>
              </Link>
              <Button onClick={() => void again()}>{t('cases.dropDraft')}</Button>
            </>
          )}
        </>
      }
    >
      {kept.conflict && (
        <ConflictPanel
          conflict={kept.conflict}
          title={t('project.conflictDraft')}
          nameOf={(id) =>
            id === TITLE
              ? { title: t('cases.title') }
              : {
                  title: policy?.document.facts[id]?.title ?? id,
                  options: policy?.document.facts[id]?.options,
                }
          }
          onSolve={solve}
        />
      )}
      <div className="two wide-aside">
        <Form<Declared>
          form={form}
          layout="vertical"
          initialValues={begun}
          onFinish={(values) => void submit(values)}
        >
          <Section title={t('cases.projectFacts')}>
            <Form.Item
              name="title"
              label={t('cases.title')}
              rules={[{ required: true, whitespace: true, message: t('cases.enterTitle') }]}
            >
              <Input maxLength={200} showCount />
            </Form.Item>
            <SimilarProjects title={title ?? ''} />
            <FormFields fields={own} group="facts" />
          </Section>
          {unit.length > 0 && (
            <Section title={t('cases.unitFacts')}>
              <FormFields fields={unit} group="facts" />
            </Section>
          )}
          <ProblemAlert error={create.error} />
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={create.isPending}>
              {t('cases.create')}
            </Button>
            <span className="quiet" aria-live="polite">
              {missing.length > 0
                ? t('cases.stillMissing', { facts: missing.map((one) => one.title).join('、') })
                : t('cases.readyToCreate')}
            </span>
            <DraftState savedAt={kept.savedAt} failed={kept.failed} />
          </div>
        </Form>
        <AwaitsPanel explanation={explanation} error={error} />
      </div>
    </Page>
  )
}

/** Whether what is filled in is kept. */
function DraftState({ savedAt, failed }: { savedAt: Date | undefined; failed: boolean }) {
  const { t } = useText()
  if (failed) return <Pill tone="warn">{t('project.draftFailed')}</Pill>
  if (!savedAt) return null
  return <span className="quiet">{t('project.draftSaved', { at: instantText(savedAt.toISOString()) })}</span>
}
