import { TextDrop } from '../../shared/regulation/text-drop.tsx'
import { useText } from '../../shared/text.ts'

/** The regulation's own text, for who has it at hand on adoption. */
export function RegulationField(props: { text: string; onChange: (text: string) => void }) {
  const { t } = useText()
  return (
    <details className="regulation-field">
      <summary>{t('law.textOptional')}</summary>
      <TextDrop text={props.text} onChange={props.onChange} rows={6} />
    </details>
  )
}
