import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Me } from '../shared/me.ts'
import { useText } from '../shared/text.ts'
import './palette.css'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** Opens the search, by a click or by Ctrl or ⌘ with K; the search itself comes when it is first opened. */
export function SearchButton({ me, wide }: { me: Me; wide: boolean }) {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <Button
        type="text"
        className="top-button top-search"
        icon={<SearchOutlined aria-hidden />}
        aria-label={t('lists.search')}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        {wide ? (
          <>
            {t('lists.search')} <kbd>Ctrl K</kbd>
          </>
        ) : undefined}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Palette me={me} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
