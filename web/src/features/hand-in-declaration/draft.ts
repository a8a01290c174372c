import { useEffect, useRef } from 'react'

const name = (place: string) => `draft:declaration:${place}`

/** What was filled in last and not yet handed in, on this computer. */
export function readDraft<T>(place: string): T | undefined {
  const kept = localStorage.getItem(name(place))
  try {
    return kept ? (JSON.parse(kept) as T) : undefined
  } catch {
    return undefined
  }
}

/** Keeps a draft a moment after each change; the function given back forgets it. */
export function useDraft(place: string, values: { title?: string; facts?: object }): () => void {
  const dropped = useRef(false)
  const text = JSON.stringify(values)
  useEffect(() => {
    const filled = Object.values({ ...values.facts, title: values.title }).some(
      (value) => value !== undefined,
    )
    if (!filled || dropped.current) return
    const timer = setTimeout(() => localStorage.setItem(name(place), text), 400)
    return () => clearTimeout(timer)
  }, [place, text, values])
  return () => {
    localStorage.removeItem(name(place))
  }
}
