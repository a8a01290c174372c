import { ExperimentOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useText } from '../../shared/text.ts'
import type { Checking } from './use-check.ts'

const PlayDesk = lazy(async () => ({ default: (await import('./play/play-desk.tsx')).PlayDesk }))

/** In the address of a page of a policy's text: what is looked at is the rehearsal. */
const TRYING = 'try'

/** Whether the rehearsal is looked at; the text stays on the same page and is not lost by going there and back. */
export function useTrying(possible: boolean): boolean {
  const [asked] = useSearchParams()
  return possible && asked.has(TRYING)
}

/** Opens the rehearsal. */
export function TryButton() {
  const { t } = useText()
  const [, setAsked] = useSearchParams()
  return (
    <Button icon={<ExperimentOutlined aria-hidden />} onClick={() => setAsked({ [TRYING]: '1' })}>
      {t('platform.tryPolicy')}
    </Button>
  )
}

/** A project rehearsed on the policy at hand; once begun it is kept while the text is changed. */
export function TryPolicy({ check, trying }: { check: Checking; trying: boolean }) {
  const [, setAsked] = useSearchParams()
  const { checked, explained, explain, rehearse } = check
  const [begun, setBegun] = useState(false)
  const before = useRef(trying)
  useEffect(() => {
    if (trying) setBegun(true)
    if (before.current === trying) return
    before.current = trying
    // To a reader it is another page, though the address has only got a question.
    document.querySelector('h1')?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [trying])
  if (!checked?.document || !(trying || begun)) return null
  return (
    <div hidden={!trying}>
      <Suspense fallback={<Spin />}>
        <PlayDesk
          document={checked.document}
          explained={explained}
          explain={explain}
          rehearse={rehearse}
          active={trying}
          onBack={() => setAsked({})}
        />
      </Suspense>
    </div>
  )
}
