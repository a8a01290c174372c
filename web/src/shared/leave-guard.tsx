import { App } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useText } from './text.ts'

/** With this a page is left without being asked, because what was filled in has been kept. */
export const KEPT = { state: { kept: true } }

/** Parts of the page that have something unsaved. The router lets one place hold a page, so all of them are asked there. */
const unsaved = new Set<symbol>()

/** Has the guard ask before the page is left, for as long as the part that calls it has something unsaved. */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return
    const part = Symbol('part')
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    unsaved.add(part)
    addEventListener('beforeunload', warn)
    return () => {
      unsaved.delete(part)
      removeEventListener('beforeunload', warn)
    }
  }, [dirty])
}

/** Asks once before a page is left of which any part has something unsaved. Stands in the frame of all pages. */
export function LeaveGuard() {
  const { t } = useText()
  const { modal } = App.useApp()
  const blocker = useBlocker(
    ({ nextLocation }) => unsaved.size > 0 && !(nextLocation.state as { kept?: boolean } | null)?.kept,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    modal.confirm({
      title: t('general.leaveTitle'),
      content: t('general.leaveForm'),
      okText: t('general.leave'),
      cancelText: t('general.stay'),
      // Staying loses nothing, so it is what Enter does.
      autoFocusButton: 'cancel',
      okButtonProps: { danger: true, type: 'default' },
      cancelButtonProps: { type: 'primary' },
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    })
  }, [blocker, modal, t])
  return null
}
