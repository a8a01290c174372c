import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../shared/text.ts'
import type { Selection } from './project-table.tsx'

/** What can be done with the chosen projects; further acts are put in as children. */
export function SelectionBar(props: { selection: Selection; clear: () => void; children: ReactNode }) {
  const { t } = useText()
  if (props.selection.size === 0) return null
  return (
    <div className="selection" role="status">
      <strong>{t('lists.selected', { n: props.selection.size })}</strong>
      <span className="selection-acts">{props.children}</span>
      <Button type="link" onClick={props.clear}>
        {t('lists.deselect')}
      </Button>
    </div>
  )
}
