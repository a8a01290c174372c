import { InputNumber, type InputNumberProps } from 'antd'
import { useRef, useState } from 'react'
import { useText } from '../text.ts'

type NumberInputProps = Omit<InputNumberProps<number | string>, 'parser' | 'onChange'> & {
  onChange: (value: number | null) => void
  /** What a person means by what was typed; undefined is said beneath the field and never guessed at. */
  read: (typed: string) => number | undefined
  /** How such a value is written. */
  example: string
}

/** A number that a person types; what is none is told in words instead of being changed or dropped in silence. */
export function NumberInput({ read, example, onChange, ...rest }: NumberInputProps) {
  const { t } = useText()
  const typed = useRef('')
  const [refused, setRefused] = useState<string>()
  return (
    <>
      <InputNumber
        {...rest}
        status={refused === undefined ? undefined : 'error'}
        parser={(text) => read(text ?? '') ?? ''}
        onInput={(text) => {
          typed.current = text.trim()
          setRefused(undefined)
        }}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        onBlur={() => {
          if (typed.current !== '' && read(typed.current) === undefined) setRefused(typed.current)
          typed.current = ''
        }}
      />
      {refused !== undefined && (
        <div role="alert" className="not-taken">
          {t('cases.notTaken', { typed: refused, example })}
        </div>
      )}
    </>
  )
}
