import { Section } from './page.tsx'
import { useText } from './text.ts'
import { Articles } from './why.tsx'

/** What else the text says at this step: principles that no rule can check. */
export function Norms({ norms }: { norms: readonly { title: string; article: readonly string[] }[] }) {
  const { t } = useText()
  if (norms.length === 0) return null
  return (
    <Section title={t('cases.norms')}>
      <ul className="plain-list">
        {norms.map((one) => (
          <li key={one.title}>
            {one.title} <Articles article={one.article} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
