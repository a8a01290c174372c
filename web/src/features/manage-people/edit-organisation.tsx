import { App, Form, Input, Modal, Select } from 'antd'
import { answer, api, keyed } from '../../shared/api.ts'
import { type Organisation, useOrganisations } from '../../shared/directory.ts'
import { useTenant } from '../../shared/me.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { queries, useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { AnswersTo } from './answers-to.tsx'

interface Filled {
  name: string
  parties: string[]
  answersTo?: Record<string, string | undefined>
}

const UNIT = 'unit'

/** An organisation's name and what it stands for; a new one where none is given. */
export function EditOrganisation(props: { organisation?: Organisation; onClose: () => void }) {
  const { organisation } = props
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const { data: policy } = usePolicy()
  const { data: organisations } = useOrganisations()
  const [form] = Form.useForm<Filled>()
  const parties = Form.useWatch('parties', form)
  const act = useAct((filled: Filled, key: string) => {
    const answersTo = stated(filled.answersTo)
    const json = { name: filled.name.trim(), parties: filled.parties, ...(answersTo && { answersTo }) }
    return organisation
      ? answer(
          api[':tenant'].organisations[':id'].$patch(
            { param: { tenant, id: organisation.id }, json },
            { headers: { 'if-match': `"${organisation.version}"` } },
          ),
        )
      : answer(api[':tenant'].organisations.$post({ param: { tenant }, json }, keyed(key)))
  })
  const save = async (filled: Filled): Promise<void> => {
    const done = await act
      .mutateAsync(filled)
      .catch(() => queries.invalidateQueries({ queryKey: ['organisations'] }))
    if (!done) return
    const said = organisation ? 'people.changed' : 'people.organisationAdded'
    void message.success(t(said, { name: done.name }))
    props.onClose()
  }
  const held = Object.entries(policy?.document.parties ?? {}).filter(
    ([id, one]) => id === UNIT || !(one.same || one.collective || one.external || one.from),
  )
  const needed = [{ required: true, message: t('cases.neededHere') }]
  return (
    <Modal
      open
      title={t(organisation ? 'people.editOrganisation' : 'people.addOrganisation')}
      okText={t('general.save')}
      cancelText={t('general.cancel')}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={organisation ?? { parties: [UNIT] }}
        onFinish={(filled) => void save(filled)}
      >
        <Form.Item
          name="name"
          label={t('people.organisationName')}
          extra={organisation && t('people.renameHint')}
          rules={needed}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="parties" label={t('people.holds')} extra={t('people.holdsHint')} rules={needed}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={held.map(([id, one]) => ({ value: id, label: one.name }))}
          />
        </Form.Item>
        {parties?.includes(UNIT) && <AnswersTo organisations={organisations ?? []} />}
        <ProblemAlert error={act.error} />
      </Form>
    </Modal>
  )
}

/** What was chosen, without the empty ones; undefined where nothing can be. */
function stated(chosen: Filled['answersTo']): Record<string, string> | undefined {
  if (!chosen) return undefined
  return Object.fromEntries(Object.entries(chosen).flatMap(([party, id]) => (id ? [[party, id]] : [])))
}
