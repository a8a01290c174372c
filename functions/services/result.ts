/** A finding as it goes out: one reason, with its articles. */
export interface RefusalFinding {
  code: string
  level: 'block' | 'note'
  article: string[]
  facts: Record<string, string | number | boolean | null>
  message: string
  step?: string
  project?: string
}

/** What the law does not allow, with every reason at once. */
export interface Refusal {
  findings: RefusalFinding[]
}

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

/** The accepted result. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** The refused result. */
export function refused(findings: RefusalFinding[]): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { findings } }
}
