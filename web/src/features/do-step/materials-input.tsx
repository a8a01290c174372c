import { Checkbox, Form, Input } from 'antd'
import { RequiredPill } from '../../shared/inputs/required-pill.tsx'
import { Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, Why } from '../../shared/why.tsx'
import type { MaterialForm } from './api.ts'
import type { MaterialValue } from './body-of.ts'
import { FileInput } from './file-input.tsx'

/** The materials of a step, each with whether it is needed and by which article. */
export function MaterialsInput({ materials }: { materials: MaterialForm[] }) {
  const { t } = useText()
  if (materials.length === 0) return null
  return (
    <Section title={t('cases.materials')} extra={<span className="quiet">{t('cases.fileKinds')}</span>}>
      <ul className="materials">
        {materials.map((one) => (
          <li key={one.id}>
            <div className="material-head">
              <strong>{one.title}</strong>
              <RequiredPill present={one.present} required={one.required} />
              {one.anyOf && <Pill tone="faint">{t('cases.anyOfGroup')}</Pill>}
              {one.medium && <Pill tone="faint">{one.medium}</Pill>}
              <Articles article={one.article} />
              <Why
                grounds={[
                  {
                    article: one.article,
                    facts: one.facts,
                    message:
                      Object.keys(one.facts).length > 0
                        ? t('cases.askedBecause')
                        : t('cases.askedAlways', { title: one.title }),
                  },
                ]}
                label={one.title}
              />
            </div>
            {!one.present && (
              <Form.Item name={['materials', one.id]} noStyle>
                <MaterialInput material={one} />
              </Form.Item>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface Controlled {
  id?: string
  material: MaterialForm
  value?: MaterialValue
  onChange?: (value: MaterialValue | undefined) => void
}

function MaterialInput({ id, material, value = {}, onChange }: Controlled) {
  const { t } = useText()
  return (
    <div className="material-body" id={id}>
      <FileInput
        title={material.title}
        value={value.file}
        onChange={(file) => onChange?.({ ...value, file })}
      />
      {material.contents && (
        <div>
          <div className="quiet">{t(value.file ? 'cases.contentsHave' : 'cases.contents')}</div>
          <Checkbox.Group
            options={material.contents}
            value={value.contents ?? []}
            disabled={!value.file}
            onChange={(contents) => onChange?.({ ...value, contents: contents as string[] })}
          />
        </div>
      )}
      {material.orReason && !value.file && (
        <Input.TextArea
          autoSize
          aria-label={`${t('cases.reasonLabel')}: ${material.title}`}
          placeholder={t('cases.orReason')}
          value={value.reason}
          onChange={(event) => onChange?.({ ...value, reason: event.target.value || undefined })}
        />
      )}
    </div>
  )
}
