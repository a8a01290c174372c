import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useText } from '../text.ts'
import { FieldInput, type InputProps } from './field-input.tsx'

type Row = Record<string, unknown>

/** A list of rows with the columns that the policy names; without columns, one name a row; that there is none is stated. */
export function RowsInput({ value, onChange, field }: InputProps) {
  const { t } = useText()
  const rows = Array.isArray(value) ? (value as Row[]) : []
  const columns = Object.entries(field.columns ?? { name: { title: field.title, type: 'text' as const } })
  const change = (next: Row[]) => onChange?.(next.length > 0 ? next : undefined)
  const none = Array.isArray(value) && rows.length === 0
  return (
    <div className="rows">
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and are only appended or taken out
        <div className="row" key={place}>
          {columns.map(([id, column]) => (
            <div key={id} className="cell">
              <span className="quiet">{column.title ?? id}</span>
              <FieldInput
                field={{ ...column, title: `${column.title ?? id} ${place + 1}` }}
                value={row[id]}
                onChange={(cell) =>
                  change(rows.map((one, i) => (i === place ? { ...one, [id]: cell } : one)))
                }
              />
            </div>
          ))}
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('cases.removeRow', { n: place + 1 })}
            onClick={() => change(rows.filter((_, i) => i !== place))}
          />
        </div>
      ))}
      <div className="actions">
        <Button
          icon={<PlusOutlined aria-hidden />}
          aria-label={`${t('cases.addRow')}: ${field.title}`}
          onClick={() => change([...rows, {}])}
        >
          {t('cases.addRow')}
        </Button>
        {rows.length === 0 && (
          <Checkbox
            checked={none}
            aria-label={`${t('cases.noRows')}: ${field.title}`}
            onChange={(event) => onChange?.(event.target.checked ? [] : undefined)}
          >
            {t('cases.noRows')}
          </Checkbox>
        )}
      </div>
    </div>
  )
}
