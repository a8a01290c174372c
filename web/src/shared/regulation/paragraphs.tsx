import './regulation.css'
import { useText } from '../text.ts'

/** Paragraphs of an article; those that a citation means stand out. */
export function Paragraphs({ paragraphs, meant = [] }: { paragraphs: string[]; meant?: number[] }) {
  const { t } = useText()
  return paragraphs.map((paragraph, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph has no name but its place
    <p key={place} className={meant.includes(place) ? 'article-meant' : undefined}>
      {place === meant[0] && <span className="visually-hidden">{t('law.textMeant')}</span>}
      {paragraph}
    </p>
  ))
}
