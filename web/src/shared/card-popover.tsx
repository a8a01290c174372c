import { Popover } from 'antd'
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'

/** A card beside the button that opens it. It takes the focus, so that its links are the next to reach, and gives it back on Escape. */
export function CardPopover(props: {
  /** Names the card for who does not see it. */
  label: string
  title?: string
  content: ReactNode
  /** Where there is no room in the middle, such as at the edge of a table. */
  placement?: 'top' | 'topRight'
  children: ReactElement
}) {
  const [open, setOpen] = useState(false)
  const opener = useRef<Element>(null)
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: who follows a link of the card has left it
  useEffect(() => setOpen(false), [key])
  const take = (next: boolean) => {
    if (next) opener.current = document.activeElement
    setOpen(next)
  }
  const close = () => {
    setOpen(false)
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return (
    <Popover
      open={open}
      onOpenChange={take}
      trigger="click"
      title={props.title}
      placement={props.placement ?? 'top'}
      destroyOnHidden
      content={
        <HeldCard label={props.label} onClose={close}>
          {props.content}
        </HeldCard>
      }
    >
      {props.children}
    </Popover>
  )
}

function HeldCard(props: { label: string; onClose: () => void; children: ReactNode }) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    card.current?.focus({ preventScroll: true })
  }, [])
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    props.onClose()
  }
  return (
    <section className="why" aria-label={props.label} tabIndex={-1} ref={card} onKeyDown={close}>
      {props.children}
    </section>
  )
}
