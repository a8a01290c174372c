import { Alert, App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { useOrganisations } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { AnswersTo } from './answers-to.tsx'

type Route = (typeof api)[':tenant']['organisations']['import']['$post']
type Imported = Answered<Awaited<ReturnType<Route>>>

interface Filled {
  lines: string
  answersTo?: Record<string, string | undefined>
}

/** Pasted names become units: first looked through line by line, then taken in all at once. */
export function ImportUnits({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const { data: organisations } = useOrganisations()
  const [form] = Form.useForm<Filled>()
  const [checked, setChecked] = useState<Imported>()
  const good = checked && checked.problems.length === 0
  const act = useAct(({ filled, dryRun }: { filled: Filled; dryRun: boolean }, key: string) => {
    const answersTo = Object.fromEntries(
      Object.entries(filled.answersTo ?? {}).flatMap(([party, id]) => (id ? [[party, id]] : [])),
    )
    const json = { lines: filled.lines.split(/\r?\n/), answersTo, dryRun }
    return answer(api[':tenant'].organisations.import.$post({ param: { tenant }, json }, keyed(key)))
  })
  const submit = async (filled: Filled): Promise<void> => {
    const done = await act.mutateAsync({ filled, dryRun: !good }).catch(() => undefined)
    setChecked(done)
    if (!done?.added) return
    void message.success(t('people.imported', { n: done.units }))
    onClose()
  }
  return (
    <Modal
      open
      title={t('people.importTitle')}
      okText={good ? t('people.importDo', { n: checked.units }) : t('people.importCheck')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet">{t('people.importHint')}</p>
      <Form<Filled>
        form={form}
        layout="vertical"
        onFinish={(filled) => void submit(filled)}
        onValuesChange={() => setChecked(undefined)}
      >
        <Form.Item
          name="lines"
          label={t('people.importLines')}
          rules={[{ required: true, whitespace: true, message: t('cases.neededHere') }]}
        >
          <Input.TextArea autoSize={{ minRows: 6, maxRows: 14 }} />
        </Form.Item>
        <AnswersTo organisations={organisations ?? []} />
      </Form>
      <div aria-live="polite">
        {good && <Alert type="success" showIcon title={t('people.importGood', { n: checked.units })} />}
        {checked && !good && (
          <Alert
            type="error"
            showIcon
            title={t('people.importBad', { n: checked.problems.length })}
            description={
              <ul className="plain-list scroll-list">
                {checked.problems.map(({ line, name, code }) => (
                  <li key={line}>
                    {t('people.importLine', { line, name: name.slice(0, 40), why: t(`people.${code}`) })}
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <ProblemAlert error={act.error} />
      </div>
    </Modal>
  )
}
