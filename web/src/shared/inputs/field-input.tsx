import { Input, Radio, Select, Space } from 'antd'
import dayjs from 'dayjs'
import type { Answered, api } from '../api.ts'
import { useOrganisations } from '../directory.ts'
import { capitals, wanOf } from '../money.ts'
import { useText } from '../text.ts'
import { DayPicker } from './day-picker.tsx'
import { NumberInput } from './number-input.tsx'
import { readNumber, readPercent, readWan, readYear } from './read-number.ts'
import { RegisterInput } from './register-input.tsx'
import { RowsInput } from './rows-input.tsx'

/** What a step asks for, as the service describes it. */
export type StepFormData = Answered<
  Awaited<ReturnType<(typeof api)[':tenant']['projects'][':id']['steps'][':step']['form']['$get']>>
>
export type OutcomeForm = StepFormData['outcomes'][number]

/** A field as the service describes it. */
export type FormField = StepFormData['fields'][number]

export interface InputProps {
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  field: Pick<FormField, 'type' | 'title' | 'options' | 'columns' | 'unit' | 'register'>
}

/** The control for a field of the policy; its value is what the service reads, such as `12.5万元`. */
export function FieldInput({ id, value, onChange, field }: InputProps) {
  const { t } = useText()
  const give = (next: unknown) => onChange?.(next === '' || next === null ? undefined : next)
  const named = { id, 'aria-label': field.title }
  if (field.register && (field.type === 'organisation' || field.type === 'person' || field.type === 'text'))
    return <RegisterInput {...named} register={field.register} value={value} give={give} />
  switch (field.type) {
    case 'money':
      return <MoneyInput {...named} value={value} give={give} />
    case 'ratio':
      return (
        <NumberInput
          {...named}
          read={readPercent}
          example="12.5%"
          className="amount"
          suffix="%"
          value={typeof value === 'string' ? Number.parseFloat(value) : undefined}
          onChange={(next) => give(next === null ? undefined : `${next}%`)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...named}
          read={readNumber}
          example="12.5"
          className="amount"
          suffix={field.unit}
          value={value as number}
          onChange={give}
        />
      )
    case 'year':
      return (
        <NumberInput
          {...named}
          read={readYear}
          example="2027"
          min={1949}
          max={2200}
          precision={0}
          value={value as number}
          onChange={give}
        />
      )
    case 'day':
      return (
        <DayPicker
          {...named}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(next) => give(next ? next.format('YYYY-MM-DD') : undefined)}
        />
      )
    case 'boolean':
      return (
        <Radio.Group
          id={id}
          aria-label={field.title}
          value={value}
          onChange={(event) => give(event.target.value)}
          options={[
            { value: true, label: t('general.yes') },
            { value: false, label: t('general.no') },
          ]}
        />
      )
    case 'choice':
    case 'set':
      return (
        <Select
          {...named}
          mode={field.type === 'set' ? 'multiple' : undefined}
          placeholder={t('cases.choose')}
          value={value}
          onChange={give}
          allowClear
          options={Object.entries(field.options ?? {}).map(([option, label]) => ({ value: option, label }))}
        />
      )
    case 'organisation':
      return <OrganisationInput {...named} value={value} give={give} />
    case 'list':
      return <RowsInput value={value} onChange={give} field={field} />
    case 'permit':
      return <PermitInput title={field.title} value={value} give={give} />
    case 'text':
      return (
        <Input.TextArea
          {...named}
          autoSize={{ minRows: 1, maxRows: 8 }}
          value={value as string}
          onChange={(event) => give(event.target.value)}
        />
      )
    case 'period':
    case 'person':
    case 'project':
      return <Input {...named} value={value as string} onChange={(event) => give(event.target.value)} />
  }
}

interface Controlled {
  id?: string
  value: unknown
  give: (value: unknown) => void
}

/** An amount in 万元, with the characters that papers use beneath it. */
function MoneyInput({ give, value, ...named }: Controlled) {
  const { t } = useText()
  const amount = wanOf(value)
  return (
    <div>
      <NumberInput
        {...named}
        read={readWan}
        example={t('cases.amountExample')}
        className="amount"
        min={0}
        suffix={t('cases.unitWan')}
        value={amount}
        onChange={(next) => give(next === null ? undefined : `${plain(next)}万元`)}
      />
      {amount !== undefined && amount > 0 && (
        <div className="capitals">{capitals(Math.round(amount * 1_000_000) / 100)}</div>
      )}
    </div>
  )
}

/** A number without exponent and with at most six decimals, which is one fen in 万元. */
function plain(value: number): string {
  return String(Number(value.toFixed(6)))
}

function OrganisationInput({ give, value, ...named }: Controlled) {
  const { data } = useOrganisations()
  const { t } = useText()
  return (
    <Select
      {...named}
      showSearch
      allowClear
      placeholder={t('cases.choose')}
      value={value}
      onChange={give}
      options={data?.map((one) => ({ value: one.name, label: one.name }))}
    />
  )
}

function PermitInput({ title, value, give }: Controlled & { title: string }) {
  const { t } = useText()
  const span = (value ?? {}) as { from?: string; to?: string }
  const set = (part: 'from' | 'to', day: string | undefined) => {
    const next = { ...span, [part]: day }
    give(next.from || next.to ? next : undefined)
  }
  return (
    <Space wrap>
      {(['from', 'to'] as const).map((part) => (
        <DayPicker
          key={part}
          aria-label={`${title} ${t(`cases.${part}`)}`}
          placeholder={t(`cases.${part}`)}
          value={span[part] ? dayjs(span[part]) : null}
          onChange={(next) => set(part, next?.format('YYYY-MM-DD'))}
        />
      ))}
    </Space>
  )
}
