import type { ReactNode } from 'react'

export type Tone = 'plain' | 'good' | 'busy' | 'warn' | 'bad' | 'faint'

/** A short state in a colour that keeps its contrast in every theme; the words alone say it too. */
export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`pill pill-${tone}`}>{children}</span>
}
