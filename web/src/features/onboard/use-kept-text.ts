import { useEffect, useState } from 'react'

/**
 * A text being written that outlives a reload, in this tab alone: a policy belongs to nobody's account before it is
 * adopted. Where the browser keeps nothing, it is a plain state. An empty text, or the first one, is not kept;
 * `drop` forgets it once it has been taken.
 */
export function useKeptText(
  name: string,
  first: string,
): [text: string, set: (next: string) => void, drop: () => void] {
  const key = `text:${name}`
  const [text, setText] = useState(() => read(key) ?? first)
  useEffect(() => {
    const timer = setTimeout(() => write(key, text === first ? '' : text), 300)
    return () => clearTimeout(timer)
  }, [key, text, first])
  return [text, setText, () => write(key, '')]
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Full or forbidden: the text is still on the page.
  }
}
