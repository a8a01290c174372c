import { useText } from '../shared/text.ts'

/** Shown while a page is on its way. */
export function Wait() {
  const { t } = useText()
  return (
    <div className="centre" role="status">
      <span className="spinner" />
      <span className="visually-hidden">{t('general.loading')}</span>
    </div>
  )
}
