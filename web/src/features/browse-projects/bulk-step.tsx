import { Button, Form, Input, Modal, Progress, Radio, Select } from 'antd'
import { useState } from 'react'
import { type Answered, ApiError, answer, api, type Finding, keyed, newKey } from '../../shared/api.ts'
import { Findings } from '../../shared/findings.tsx'
import { FormFields } from '../../shared/inputs/form-fields.tsx'
import { useTenant } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { queries, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import type { Selection } from './project-table.tsx'

const routes = api[':tenant']
const stepRoute = routes.projects[':id'].steps[':step']
type StepForm = Answered<Awaited<ReturnType<typeof stepRoute.form.$get>>>
type Body = Parameters<typeof stepRoute.$post>[0]['json']

/** A step that some of the chosen projects await from the person's organisation. */
interface Candidate {
  step: string
  title: string
  projects: string[]
}

interface Outcome {
  project: string
  ok: boolean
  findings: readonly Finding[]
  error?: string
}

/** So many at a time: each is a write of its own. */
const AT_ONCE = 3

/** The same step with the same outcome on each chosen project that awaits it; what is refused says why. */
export function BulkStep({ selection, close }: { selection: Selection; close: () => void }) {
  const { t } = useText()
  const query = useCandidates(selection)
  const [chosen, setChosen] = useState<string>()
  const [results, setResults] = useState<Outcome[]>()
  return (
    <Modal
      open
      width={760}
      title={t('lists.bulkTitle', { n: selection.size })}
      footer={null}
      onCancel={() => {
        if (results) void queries.invalidateQueries()
        close()
      }}
    >
      <Loaded query={query}>
        {(candidates) => {
          const step = candidates.find((one) => one.step === chosen) ?? candidates[0]
          if (!step) return <p>{t('lists.bulkNone')}</p>
          if (results) return <Results results={results} selection={selection} />
          return (
            <div className="stack">
              <Select
                aria-label={t('lists.bulkStep')}
                value={step.step}
                onChange={setChosen}
                options={candidates.map((one) => ({
                  value: one.step,
                  label: t('lists.bulkCan', { title: one.title, n: one.projects.length }),
                }))}
              />
              {step.projects.length < selection.size && (
                <p className="quiet">
                  {t('lists.bulkLeftOut', { n: selection.size - step.projects.length })}
                </p>
              )}
              <StepFields key={step.step} step={step} done={setResults} />
            </div>
          )
        }}
      </Loaded>
    </Modal>
  )
}

/** Steps in the organisation's to-dos that concern the chosen projects and can be done now. */
function useCandidates(selection: Selection) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['bulk', tenant, [...selection.keys()]],
    staleTime: 0,
    queryFn: async () => {
      const found = new Map<string, Candidate>()
      let after: string | undefined
      do {
        const page = await answer(
          routes.todos.$get({ param: { tenant }, query: { limit: '200', due: 'open', after } }),
        )
        for (const todo of page.items) {
          // What belongs to a procedure or a part has a place of its own and is done there.
          if (todo.kind !== 'step' || !todo.open || todo.item !== `step:${todo.step}`) continue
          if (!todo.project || !selection.has(todo.project.id)) continue
          const known = found.get(todo.step) ?? { step: todo.step, title: todo.title, projects: [] }
          known.projects.push(todo.project.id)
          found.set(todo.step, known)
        }
        after = page.next ?? undefined
      } while (after)
      return [...found.values()].toSorted((a, b) => b.projects.length - a.projects.length)
    },
  })
}

function StepFields({ step, done }: { step: Candidate; done: (results: Outcome[]) => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const first = step.projects[0]!
  const form = useQuery({
    queryKey: ['step-form', tenant, first, step.step, undefined],
    queryFn: () => answer(stepRoute.form.$get({ param: { tenant, id: first, step: step.step }, query: {} })),
  })
  const [progress, setProgress] = useState<number>()
  const run = async (body: Body) => {
    const results: Outcome[] = []
    setProgress(0)
    const waiting = [...step.projects]
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        results.push(await execute(tenant, id, step.step, body))
        setProgress(results.length)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    done(results)
  }
  if (progress !== undefined)
    return (
      <div aria-live="polite">
        <p>{t('lists.bulkRunning', { done: progress, n: step.projects.length })}</p>
        <Progress percent={Math.round((progress / step.projects.length) * 100)} />
      </div>
    )
  return <Loaded query={form}>{(asked) => <Fill asked={asked} n={step.projects.length} run={run} />}</Loaded>
}

interface Values {
  outcome?: string
  remark?: string
  fields?: Record<string, unknown>
}

function Fill({ asked, n, run }: { asked: StepForm; n: number; run: (body: Body) => Promise<void> }) {
  const { t } = useText()
  const [form] = Form.useForm<Values>()
  const picked = Form.useWatch('outcome', form)
  const outcome =
    asked.outcomes.length === 1 ? asked.outcomes[0] : asked.outcomes.find((one) => one.id === picked)
  const fields = [...asked.fields, ...(outcome?.fields ?? [])]
  const materials = [...asked.materials, ...(outcome?.materials ?? [])].some((one) => one.required === 'yes')
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(values: Values) => {
        const filled = Object.entries(values.fields ?? {}).filter(([, value]) => value !== undefined)
        void run({
          ...(outcome ? { outcome: outcome.id } : {}),
          ...(values.remark?.trim() ? { remark: values.remark.trim() } : {}),
          ...(filled.length ? { records: Object.fromEntries(filled) as Body['records'] } : {}),
        })
      }}
    >
      {asked.outcomes.length > 1 && (
        <Form.Item
          name="outcome"
          label={t('lists.bulkOutcome')}
          rules={[{ required: true, message: t('cases.choose') }]}
        >
          <Radio.Group options={asked.outcomes.map(({ id, title }) => ({ value: id, label: title }))} />
        </Form.Item>
      )}
      {(asked.outcomes.length > 1 || outcome?.returns) && (
        <Form.Item
          name="remark"
          label={t('cases.stepRemark')}
          dependencies={['outcome']}
          rules={
            outcome?.returns
              ? [{ required: true, whitespace: true, message: t('cases.returnNeedsRemark') }]
              : []
          }
        >
          <Input.TextArea
            placeholder={t(outcome?.returns ? 'cases.returnRemark' : 'cases.stepRemarkHint')}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 6 }}
          />
        </Form.Item>
      )}
      {fields.length > 0 && <FormFields fields={fields} group="fields" />}
      {materials && <p className="plain-alert">{t('lists.bulkMaterials')}</p>}
      <Button type="primary" htmlType="submit">
        {t('lists.bulkRun', { n })}
      </Button>
    </Form>
  )
}

async function execute(tenant: string, id: string, step: string, json: Body): Promise<Outcome> {
  const key = newKey()
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await answer(stepRoute.$post({ param: { tenant, id, step }, json }, keyed(key)))
      return { project: id, ok: true, findings: done.findings }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // Whether it went through is not known: the same key asks again.
      if (error.unsure && attempt < 3) continue
      const { findings = [] } = error.problem
      return {
        project: id,
        ok: false,
        findings: findings.filter((one) => one.level === 'block'),
        error: findings.length ? undefined : error.message,
      }
    }
  }
}

function Results({ results, selection }: { results: Outcome[]; selection: Selection }) {
  const { t } = useText()
  const good = results.filter((one) => one.ok).length
  return (
    <div className="stack" aria-live="polite">
      <p>
        <strong>{t('lists.bulkDone', { good, bad: results.length - good })}</strong>
      </p>
      <ul className="cards bulk-results">
        {results
          .toSorted((a, b) => Number(a.ok) - Number(b.ok))
          .map((one) => (
            <li key={one.project}>
              <div className="card-foot">
                <span>{selection.get(one.project)}</span>
                <Pill tone={one.ok ? 'good' : 'bad'}>{t(one.ok ? 'lists.bulkOk' : 'lists.bulkRefused')}</Pill>
              </div>
              {!one.ok && (one.error ? <p>{one.error}</p> : <Findings findings={one.findings} />)}
            </li>
          ))}
      </ul>
    </div>
  )
}
