import { useState } from 'react'
import { useText } from '../../shared/text.ts'

/** Stands for signing in to the platform itself. */
export const PLATFORM = '-'

const MANY = 20

interface Jurisdiction {
  id: string
  name: string
  division: string
}

/** The jurisdictions by division code; where there are many, a word narrows them down. */
export function JurisdictionInput(props: {
  items: readonly Jurisdiction[]
  value: string
  onChange: (id: string) => void
}) {
  const { t } = useText()
  const [word, setWord] = useState('')
  const fits = (one: Jurisdiction) =>
    one.id === props.value || `${one.name}${one.division}${one.id}`.includes(word.trim().toLowerCase())
  return (
    <>
      {props.items.length > MANY && (
        <label>
          {t('general.findJurisdiction')}
          <input type="search" value={word} onChange={(event) => setWord(event.target.value)} />
        </label>
      )}
      <label>
        {t('general.jurisdiction')}
        <select
          required
          value={
            props.items.some((one) => one.id === props.value) || props.value === PLATFORM ? props.value : ''
          }
          onChange={(event) => props.onChange(event.target.value)}
        >
          <option value="" disabled>
            {t('general.chooseJurisdiction')}
          </option>
          {props.items.filter(fits).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value={PLATFORM}>{t('general.platform')}</option>
        </select>
      </label>
    </>
  )
}
