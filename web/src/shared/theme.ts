import { useSyncExternalStore } from 'react'

export const MODES = ['light', 'dark', 'contrast'] as const
export type Mode = (typeof MODES)[number]

const STORED = 'theme'
const listeners = new Set<() => void>()

function current(): Mode {
  const stored = localStorage.getItem(STORED)
  if (MODES.includes(stored as Mode)) return stored as Mode
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Puts the theme on the page, for the styles that are ours. */
export function showTheme(): void {
  document.documentElement.dataset.theme = current()
}

export function chooseTheme(mode: Mode): void {
  localStorage.setItem(STORED, mode)
  showTheme()
  for (const listener of listeners) listener()
}

export function useTheme(): Mode {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, current)
}
