import { App, Button, Form, Input, Radio } from 'antd'
import { useLeaveGuard } from '../leave-guard.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAct } from '../query.ts'
import { useText } from '../text.ts'
import { type AskedOpinion, Word } from './word.tsx'

/** A word on an aspect, or on the whole. */
export interface SaidOpinion {
  aspect?: string
  value: 'agree' | 'object'
  remark?: string
}

/** Gives opinions in the name of a party, under one key: all of them or none. */
export type GiveOpinions = (party: string, words: readonly SaidOpinion[], key: string) => Promise<unknown>

interface Line {
  value?: 'agree' | 'object'
  remark?: string
}

/** A line for each aspect that the body is asked about, sent singly or all that are filled in together. */
export function OpinionForm(props: {
  one: AskedOpinion
  name: string
  /** Asks again for what is said already. */
  anew: boolean
  give: GiveOpinions
}) {
  const { t } = useText()
  const { message } = App.useApp()
  const { one, name, anew } = props
  const [form] = Form.useForm<{ lines?: Line[] }>()
  const asked: AskedOpinion['aspects'] = one.aspects.length > 0 ? one.aspects : [{ aspect: '' }]
  const open = asked.flatMap(({ value }, i) => (value && !anew ? [] : [i]))
  const lines = Form.useWatch('lines', form) ?? []
  const ready = open.filter((i) => lines[i]?.value)
  const give = useAct((words: SaidOpinion[], key: string) => props.give(one.from, words, key))
  const send = async (which: readonly number[]) => {
    const words = which.flatMap((i): SaidOpinion[] => {
      const { value, remark } = lines[i] ?? {}
      const aspect = asked[i]?.aspect
      return value
        ? [{ value, ...(aspect && { aspect }), ...(remark?.trim() && { remark: remark.trim() }) }]
        : []
    })
    const done = await give.mutateAsync(words).then(
      () => true,
      () => false,
    )
    if (done) void message.success(t('cases.opinionGiven'))
  }
  const agreeToAll = () => {
    for (const i of open) form.setFieldValue(['lines', i, 'value'], 'agree')
  }
  useLeaveGuard(!give.isPending && open.some((i) => Boolean(lines[i]?.value || lines[i]?.remark?.trim())))
  return (
    <Form form={form} className="opinion-form" onFinish={() => void send(ready)}>
      {asked.map(({ aspect, value }, i) => {
        const label = aspect || t('cases.giveOpinion')
        return (
          <fieldset key={aspect} className="opinion-line" aria-label={`${name}: ${label}`}>
            {aspect && <span className="opinion-aspect">{aspect}</span>}
            {open.includes(i) ? (
              <>
                <Form.Item name={['lines', i, 'value']} noStyle>
                  <Radio.Group
                    aria-label={label}
                    options={(['agree', 'object'] as const).map((word) => ({
                      value: word,
                      label: t(`cases.${word}`),
                    }))}
                  />
                </Form.Item>
                <Form.Item name={['lines', i, 'remark']} noStyle>
                  <Input.TextArea
                    className="opinion-text"
                    aria-label={`${t('cases.remark')}: ${label}`}
                    placeholder={t('cases.remark')}
                    maxLength={4000}
                    autoSize={{ minRows: 1, maxRows: 8 }}
                  />
                </Form.Item>
                {open.length > 1 && (
                  <Button
                    size="small"
                    aria-label={`${t('cases.opinionSendOne')}: ${label}`}
                    disabled={!lines[i]?.value || give.isPending}
                    onClick={() => void send([i])}
                  >
                    {t('cases.opinionSendOne')}
                  </Button>
                )}
              </>
            ) : (
              <Word value={value} />
            )}
          </fieldset>
        )
      })}
      <ProblemAlert error={give.error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" disabled={ready.length === 0} loading={give.isPending}>
          {ready.length > 1 ? t('cases.opinionSendAll', { n: ready.length }) : t('cases.giveOpinion')}
        </Button>
        {open.length > 1 && <Button onClick={agreeToAll}>{t('cases.opinionAgreeAll')}</Button>}
        {ready.length === 0 && <span className="quiet">{t('cases.opinionChoose')}</span>}
      </div>
    </Form>
  )
}
