import { DownOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Dropdown, Form, Input, type MenuProps, Modal } from 'antd'
import { useState } from 'react'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { type Columns, type SavedView, useAddView, useChangeView, useDropView, useViews } from './api.ts'

interface ViewsProps {
  /** The view that was chosen last, by the address. */
  chosen: string | undefined
  /** What a view would keep now. */
  query: string
  columns: Columns
  /** The view that the list opens with. */
  opening: string | undefined
  choose: (view: SavedView | undefined) => void
  openWith: (view: string | undefined) => void
}

/** Saved views: to choose, keep, share, delete, and to open with. */
export function ViewsMenu({ chosen, query, columns, opening, choose, openWith }: ViewsProps) {
  const { t } = useText()
  const { message } = App.useApp()
  const { data: views = [] } = useViews()
  const change = useChangeView()
  const drop = useDropView()
  const [naming, setNaming] = useState(false)
  const current = views.find((one) => one.id === chosen)
  const entry = (view: SavedView) => ({
    key: `view:${view.id}`,
    label: view.mine ? view.name : `${view.name}(${view.by})`,
  })
  const own = views.filter((one) => one.mine).map(entry)
  const shared = views.filter((one) => !one.mine).map(entry)
  const items: MenuProps['items'] = [
    { key: 'all', label: t('lists.allProjects') },
    ...(own.length
      ? [{ key: 'own', type: 'group' as const, label: t('lists.ownViews'), children: own }]
      : []),
    ...(shared.length
      ? [{ key: 'shared', type: 'group' as const, label: t('lists.sharedViews'), children: shared }]
      : []),
    { type: 'divider' },
    { key: 'save', label: t('lists.saveView') },
    ...(current?.mine ? [{ key: 'update', label: t('lists.updateView', { name: current.name }) }] : []),
    ...(current && current.id !== opening ? [{ key: 'open', label: t('lists.makeDefault') }] : []),
    ...(opening ? [{ key: 'plain', label: t('lists.noDefault') }] : []),
    ...(current?.mine
      ? [{ key: 'drop', danger: true, label: t('lists.dropView', { name: current.name }) }]
      : []),
  ]
  const act = async (key: string) => {
    if (key.startsWith('view:')) return choose(views.find((one) => `view:${one.id}` === key))
    if (key === 'all') return choose(undefined)
    if (key === 'save') return setNaming(true)
    if (key === 'plain') return openWith(undefined)
    if (!current) return
    if (key === 'open') return openWith(current.id)
    if (key === 'update') {
      const { name, shared: common } = current
      await change.mutateAsync({ view: current, name, shared: common, query, columns })
      void message.success(t('lists.viewSaved', { name }))
      return
    }
    await drop.mutateAsync(current)
    if (opening === current.id) openWith(undefined)
    choose(undefined)
    void message.success(t('lists.viewDropped'))
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          selectedKeys: [current ? `view:${current.id}` : 'all'],
          onClick: ({ key }) => void act(key),
        }}
      >
        <Button>
          {t('lists.views')}: {current?.name ?? t('lists.allProjects')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <ProblemAlert error={change.error ?? drop.error} />
      {naming && (
        <NameView
          content={{ query, columns }}
          close={(made) => {
            setNaming(false)
            if (!made) return
            void message.success(t('lists.viewSaved', { name: made.name }))
            choose(made)
          }}
        />
      )}
    </>
  )
}

function NameView(props: {
  content: Pick<SavedView, 'query' | 'columns'>
  close: (made?: SavedView) => void
}) {
  const { t } = useText()
  const add = useAddView()
  const [form] = Form.useForm<{ name: string; shared: boolean }>()
  return (
    <Modal
      open
      title={t('lists.saveView')}
      okText={t('general.save')}
      confirmLoading={add.isPending}
      onCancel={() => props.close()}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ shared: false }}
        onFinish={async ({ name, shared }) =>
          props.close(await add.mutateAsync({ name, shared, ...props.content }))
        }
      >
        <p className="quiet">{t('lists.viewHint')}</p>
        <Form.Item name="name" label={t('lists.viewName')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t('lists.viewShared')}</Checkbox>
        </Form.Item>
        <ProblemAlert error={add.error} />
      </Form>
    </Modal>
  )
}
