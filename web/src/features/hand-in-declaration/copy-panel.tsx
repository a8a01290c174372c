import '../../shared/case.css'
import { CopyOutlined } from '@ant-design/icons'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { factText } from '../../shared/conflict/fact-text.ts'
import { useMe, useTenant } from '../../shared/me.ts'
import { Loaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { copiedFacts } from './copied-facts.ts'

const projects = api[':tenant'].projects

/** Takes facts over from an earlier project of the unit: what makes sense again, shown before it is taken. */
export function CopyPanel({ onCopy }: { onCopy: (title: string, facts: Record<string, unknown>) => void }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<CopyOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('project.copyFrom')}
      </Button>
      <Modal
        open={open}
        title={t('project.copyFrom')}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Choice
          onCopy={(title, facts) => {
            setOpen(false)
            onCopy(title, facts)
          }}
        />
      </Modal>
    </>
  )
}

function Choice({ onCopy }: { onCopy: (title: string, facts: Record<string, unknown>) => void }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const [chosen, setChosen] = useState<string>()
  const organisation = me.organisation?.id ?? ''
  const list = useQuery({
    queryKey: ['copy-list', tenant, organisation],
    queryFn: () => answer(projects.$get({ param: { tenant }, query: { organisation, limit: '100' } })),
  })
  const project = useQuery({
    queryKey: ['project', tenant, chosen],
    enabled: chosen !== undefined,
    queryFn: () => answer(projects[':id'].$get({ param: { tenant, id: chosen! } })),
  })
  const facts = project.data && policy ? copiedFacts(policy.document, project.data.facts) : undefined
  return (
    <div className="stack">
      <p className="quiet">{t('project.copyHint')}</p>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('project.copyNone')}</p>
          ) : (
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('project.copyChoose')}
              placeholder={t('project.copyChoose')}
              value={chosen}
              onChange={setChosen}
              options={items.map((one) => ({
                value: one.id,
                label: one.planYear ? `${one.title} (${one.planYear})` : one.title,
              }))}
            />
          )
        }
      </Loaded>
      {facts && (
        <>
          <dl className="facts">
            {Object.entries(facts).map(([id, value]) => (
              <div key={id} className="copy-fact">
                <dt>{policy?.document.facts[id]?.title}</dt>
                <dd>{factText(value, policy?.document.facts[id]?.options, t)}</dd>
              </div>
            ))}
          </dl>
          <Button type="primary" onClick={() => onCopy(project.data!.title, facts)}>
            {t('project.copyDo', { n: Object.keys(facts).length })}
          </Button>
        </>
      )}
    </div>
  )
}
