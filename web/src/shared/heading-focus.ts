let wanted = false

/** Called when another page has been gone to: the focus belongs on the heading of what is shown next. */
export function wantHeading(): void {
  wanted = true
}

/** Puts the focus on a page's heading where that is wanted, unless the page has a field of its own in focus already. */
export function focusHeading(heading: HTMLElement | null): void {
  if (!wanted || !heading) return
  wanted = false
  const now = document.activeElement
  if (now?.matches('input, textarea, [role=dialog], [role=dialog] *')) return
  heading.focus({ preventScroll: true })
}
