import { Alert, App, Button, Form, Radio } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { ApiError } from '../../shared/api.ts'
import { type ProjectView, useProject } from '../../shared/case-data.ts'
import { type Conflict, changedFields, conflictOf } from '../../shared/conflict/conflict.ts'
import { ConflictPanel } from '../../shared/conflict/conflict-panel.tsx'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { useLeaveGuard } from '../../shared/leave-guard.tsx'
import { isAuthority, useMe, useTenant } from '../../shared/me.ts'
import { Loaded, Page, PageLoaded, Section } from '../../shared/page.tsx'
import { type PolicyData, usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { useExplanation } from '../../shared/use-explanation.ts'
import { PolicyVersion } from '../../shared/why.tsx'
import { readAgain, useCorrect } from './api.ts'
import { correctable } from './correctable.ts'

type Stated = Record<string, unknown>

/** Corrects what is known of a project or of its unit; when somebody else saved meanwhile, both are shown. */
export function CorrectPage() {
  const { id = '' } = useParams()
  const project = useProject(id)
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <WithPolicy view={view} />
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

function WithPolicy({ view }: { view: ProjectView }) {
  const policy = usePolicy(view.policy.hash)
  return <Loaded query={policy}>{(data) => <CorrectForm view={view} policy={data} />}</Loaded>
}

function factsOf(view: ProjectView): Stated {
  return { ...view.unit, ...view.facts }
}

function CorrectForm({ view, policy }: { view: ProjectView; policy: PolicyData }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ facts: Stated; track?: 'keep' | 'change' }>()
  // What the person began with: it stays while the page is open, whatever is read again behind it.
  const [start, setStart] = useState({ version: view.version, facts: factsOf(view) })
  const [conflict, setConflict] = useState<Conflict>()
  const [merged, setMerged] = useState(false)
  const facts = Form.useWatch('facts', form) ?? start.facts
  const { explanation } = useExplanation(tenant, facts)
  const fields = correctable(policy.document, explanation?.fields ?? [], start.facts)
  const changed = changedFields(start.facts, facts).filter((one) => fields.some((field) => field.id === one))
  useLeaveGuard(changed.length > 0)
  const correct = useCorrect(view.id)
  const titleOf = (one: string) => policy.document.facts[one]?.title ?? one
  const meet = async (mine: Stated) => {
    const theirs = await readAgain(tenant, view.id)
    const found = conflictOf(start.facts, mine, factsOf(theirs))
    setStart({ version: theirs.version, facts: factsOf(theirs) })
    correct.reset()
    if (found.clashes.length > 0) return setConflict(found)
    form.setFieldsValue({ facts: found.merged })
    setMerged(true)
  }
  const submit = async () => {
    const { facts: mine, track } = form.getFieldsValue(true) as { facts: Stated; track?: 'keep' | 'change' }
    const sent = Object.fromEntries(changed.map((one) => [one, mine[one]]))
    try {
      await correct.mutateAsync({ version: start.version, facts: sent, track })
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 412) await meet(mine)
      return
    }
    void message.success(t('project.corrected'))
    setStart({ version: start.version, facts: mine })
    setTimeout(() => void navigate(`/projects/${view.id}?tab=basics`))
  }
  const solve = (values: Stated) => {
    form.setFieldsValue({ facts: values })
    setConflict(undefined)
  }
  const refused = correct.error instanceof ApiError ? (correct.error.problem.findings ?? []) : []
  // A requirement of no step is the one that the project keeps to its track.
  const asksTrack = refused.some((one) => one.code === 'requires' && !one.step)
  return (
    <Page
      name={`${t('project.correctTitle')} · ${view.title}`}
      title={t('project.correctTitle')}
      lead={
        <>
          <Link to={`/projects/${view.id}`}>{view.title}</Link>
          <p>{t('project.correctHint')}</p>
        </>
      }
    >
      {conflict && (
        <ConflictPanel
          conflict={conflict}
          nameOf={(one) => ({ title: titleOf(one), options: policy.document.facts[one]?.options })}
          onSolve={solve}
        />
      )}
      {merged && !conflict && (
        <Alert className="section-alert" type="info" showIcon title={t('project.conflictNone')} />
      )}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ facts: start.facts }}
        onFinish={() => void submit()}
      >
        {(['project', 'unit'] as const).map((of) => {
          const own = fields.filter((one) => (one.of ?? 'project') === of)
          return own.length > 0 ? (
            <Section key={of} title={t(of === 'unit' ? 'cases.unitFacts' : 'cases.projectFacts')}>
              <FormFields fields={own} group="facts" />
            </Section>
          ) : null
        })}
        {asksTrack && isAuthority(me) && (
          <Form.Item name="track" label={t('project.trackAsk')}>
            <Radio.Group
              options={[
                { value: 'keep', label: t('project.trackKeep') },
                { value: 'change', label: t('project.trackChange') },
              ]}
            />
          </Form.Item>
        )}
        <ProblemAlert error={correct.error} />
        <div className="form-foot">
          <Button
            type="primary"
            htmlType="submit"
            loading={correct.isPending}
            disabled={changed.length === 0 || conflict !== undefined}
          >
            {t('project.correctDo')}
          </Button>
          <Button type="text" onClick={() => void navigate(`/projects/${view.id}`)}>
            {t('cases.back')}
          </Button>
          <span className="quiet" aria-live="polite">
            {changed.length === 0
              ? t('project.nothingChanged')
              : t('project.changedFacts', { n: changed.length, facts: changed.map(titleOf).join('、') })}
          </span>
        </div>
      </Form>
    </Page>
  )
}
