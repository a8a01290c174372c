import { App } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useText } from './text.ts'

/** With this a page is left without being asked, because what was filled in has been kept. */
export const KEPT = { state: { kept: true } }

/** The same as a part of a page, for as long as it is shown; a page has one guard only. */
export function LeaveGuard() {
  useLeaveGuard(true)
  return null
}

/** Asks before a page with something unsaved is left. */
export function useLeaveGuard(dirty: boolean): void {
  const { t } = useText()
  const { modal } = App.useApp()
  const blocker = useBlocker(
    ({ nextLocation }) => dirty && !(nextLocation.state as { kept?: boolean } | null)?.kept,
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
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [dirty])
}
