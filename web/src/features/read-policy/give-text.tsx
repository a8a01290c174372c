import { Alert, App, Button, Modal } from 'antd'
import { useState } from 'react'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import type { PolicyData } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct } from '../../shared/query.ts'
import { TextDrop } from '../../shared/regulation/text-drop.tsx'
import { useText } from '../../shared/text.ts'

type Given = Answered<Awaited<ReturnType<(typeof api)[':tenant']['policy']['text']['$put']>>>

/** The regulation's own text: dropped or pasted, looked through, and only then kept. */
export function GiveText(props: { policy: PolicyData; given: boolean; onClose: () => void }) {
  const { t } = useText()
  const tenant = useTenant()
  const { message, modal } = App.useApp()
  const { hash, effectiveOn } = props.policy
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<Given>()
  const act = useAct((input: { text: string; dryRun: boolean }, key: string) =>
    answer(api[':tenant'].policy.text.$put({ param: { tenant }, json: { hash, ...input } }, keyed(key))),
  )
  const take = (next: string) => {
    setText(next)
    setChecked(undefined)
    act.reset()
  }
  const submit = async (): Promise<void> => {
    const done = await act.mutateAsync({ text, dryRun: !checked }).catch(() => undefined)
    setChecked(done)
    if (!done?.given) return
    void message.success(t('law.textKept', { n: done.found }))
    props.onClose()
  }
  const remove = () =>
    void modal.confirm({
      title: t('law.textRemoveTitle'),
      okText: t('law.textRemove'),
      onOk: async () => {
        await act.mutateAsync({ text: '', dryRun: false })
        props.onClose()
      },
    })
  return (
    <Modal
      open
      title={t('law.textGiveTitle')}
      width="min(760px, 96vw)"
      okText={checked ? t('law.textKeep', { n: checked.found }) : t('law.textCheck')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: text.trim() === '' || checked?.found === 0 }}
      onOk={() => void submit()}
      onCancel={props.onClose}
    >
      <p className="quiet">{t('law.textHint', { on: effectiveOn })}</p>
      <TextDrop text={text} onChange={take} />
      <div aria-live="polite" className="section-alert">
        {checked && <Report checked={checked} />}
        <ProblemAlert error={act.error} />
      </div>
      {props.given && (
        <Button danger type="link" className="remove-text" onClick={remove}>
          {t('law.textRemove')}
        </Button>
      )}
    </Modal>
  )
}

function Report({ checked }: { checked: Given }) {
  const { t } = useText()
  const { found, problems } = checked
  if (found === 0)
    return <Alert type="error" showIcon title={t('law.textNone', { article: problems[0]?.unit ?? '' })} />
  const missing = problems.filter((one) => one.code === 'missing')
  const others = problems.filter((one) => one.code !== 'missing')
  return (
    <Alert
      type={problems.length === 0 ? 'success' : 'warning'}
      showIcon
      title={t(problems.length === 0 ? 'law.textGood' : 'law.textFound', { n: found })}
      description={
        problems.length > 0 && (
          <ul className="plain-list scroll-list">
            {missing.length > 0 && (
              <li>
                {t('law.textMissing', { list: missing.map((one) => one.unit).join('、') })}
                {missing.some((one) => one.cited) && ` ${t('law.textMissingCited')}`}
              </li>
            )}
            {others.map(({ code, unit, line }) => (
              <li key={`${code}${unit}${line}`}>
                {t(`law.text-${code as 'duplicate' | 'order' | 'unknown'}`, { unit })}
                {line !== undefined && ` (${t('law.textLine', { line })})`}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
