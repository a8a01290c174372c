import { Form, type FormItemProps } from 'antd'
import { useContext } from 'react'
import { Pill } from '../pill.tsx'
import { usePolicy } from '../policy-data.ts'
import { useText } from '../text.ts'
import { Articles, PolicyVersion, Why } from '../why.tsx'
import { FieldInput, type FormField } from './field-input.tsx'

type Rule = NonNullable<FormItemProps['rules']>[number]

/** Fields of a form, each with whether it is needed, its help, and the article that asks for it. */
export function FormFields({ fields, group }: { fields: readonly FormField[]; group: string }) {
  const { t } = useText()
  const { data } = usePolicy(useContext(PolicyVersion))
  return (
    <div className="fields">
      {fields.map((field) => (
        <Form.Item
          key={field.id}
          name={[group, field.id]}
          className={field.type === 'list' || field.type === 'text' ? 'wide' : undefined}
          label={
            <span className="field-label">
              {field.title}
              {field.required === 'undetermined' && <Pill tone="faint">{t('cases.undetermined')}</Pill>}
              <Articles article={field.article} />
              {Object.keys(field.facts).length > 0 && (
                <Why
                  grounds={[{ article: field.article, facts: field.facts, message: t('cases.askedBecause') }]}
                  label={field.title}
                />
              )}
            </span>
          }
          required={field.required === 'yes'}
          rules={field.required === 'yes' ? [needed(field, t('cases.needed', { title: field.title }))] : []}
          extra={
            field.required === 'undetermined' && field.hangsOn.length > 0
              ? t('cases.hangsOn', {
                  facts: field.hangsOn.map((name) => data?.words.name(name) ?? name).join('、'),
                })
              : field.help
          }
        >
          <FieldInput field={field} />
        </Form.Item>
      ))}
    </div>
  )
}

/** An empty list is an answer: it says that there are none. */
function needed({ type }: FormField, message: string): Rule {
  if (type !== 'list') return { required: true, message }
  return {
    validator: (_, value) => (value === undefined ? Promise.reject(new Error(message)) : Promise.resolve()),
  }
}
