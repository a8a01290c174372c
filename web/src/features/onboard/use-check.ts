import { useCallback, useEffect, useRef, useState } from 'react'
import type { CheckReport } from '../../../../functions/core/policy/check.ts'
import type { PolicyChange } from '../../../../functions/core/policy/diff.ts'
import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import type { Explanation } from '../../shared/explanation.ts'
import type { PlayRequest, Rehearse } from './play/play-calls.ts'
import type { Schema } from './schema-walk.ts'

/** What the check of a policy says. */
export interface Checked {
  ok: boolean
  problems: CheckReport['problems']
  coverage: CheckReport['coverage']
  readings: CheckReport['readings']
  /** The policy itself, where it can be read at all. */
  document?: PolicyDocument
  head?: { id: string; name: string; title: string; number?: string; effective: string }
}

interface Text {
  n: number
  text: string
  file: string
}

/** What the page asks of the worker. */
export type Asked =
  | (Text & { kind: 'check' })
  | (Text & { kind: 'explain'; facts: Record<string, unknown>; on: string })
  | (Text & { kind: 'compare'; before: string })
  | (Text & { kind: 'rehearse'; request: PlayRequest })

/** What the worker answers. */
export type Answer =
  | { kind: 'schema'; schema: Schema }
  | { kind: 'checked'; n: number; checked: Checked }
  | { kind: 'explained'; n: number; explained: Explanation }
  | { kind: 'compared'; n: number; changes: PolicyChange[] }
  | { kind: 'rehearsed'; n: number; answer: unknown }
  | { kind: 'failed'; n: number; reason: string }

/** The state of the policy at hand, and how to try facts on it. */
export interface Checking {
  checked: Checked | undefined
  checking: boolean
  schema: Schema | undefined
  explained: Explanation | undefined
  /** Asks what a project with these facts would go through on an ISO day. */
  explain: (facts: Record<string, unknown>, on: string) => void
  /** What changed against the version that was given, once both can be read. */
  changes: PolicyChange[] | undefined
  /** Plays scenarios on it; another text gives another function. */
  rehearse: Rehearse
}

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (reason: Error) => void
}

/** Checks the text a moment after each change, with the very code that the service checks it with. */
export function useCheck(text: string, file: string, before?: string): Checking {
  const worker = useRef<Worker | undefined>(undefined)
  const asked = useRef({ check: 0, explain: 0, compare: 0, rehearse: 0 })
  const waiting = useRef(new Map<number, Waiting>())
  const [checked, setChecked] = useState<Checked>()
  const [checking, setChecking] = useState(false)
  const [schema, setSchema] = useState<Schema>()
  const [explained, setExplained] = useState<Explanation>()
  const [changes, setChanges] = useState<PolicyChange[]>()
  useEffect(() => {
    const started = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'schema') setSchema(data.schema)
      else if (data.kind === 'explained') {
        if (data.n === asked.current.explain) setExplained(data.explained)
      } else if (data.kind === 'compared') {
        if (data.n === asked.current.compare) setChanges(data.changes)
      } else if (data.kind === 'rehearsed' || data.kind === 'failed') {
        const asker = waiting.current.get(data.n)
        waiting.current.delete(data.n)
        if (data.kind === 'rehearsed') asker?.resolve(data.answer)
        else asker?.reject(new Error(data.reason))
      } else if (data.n === asked.current.check) {
        setChecked(data.checked)
        setChecking(false)
      }
    }
    worker.current = started
    return () => started.terminate()
  }, [])
  useEffect(() => {
    if (text.trim() === '') {
      setChecked(undefined)
      return
    }
    setChecking(true)
    const timer = setTimeout(() => {
      asked.current.check += 1
      worker.current?.postMessage({ kind: 'check', n: asked.current.check, text, file } satisfies Asked)
      if (before === undefined) return
      asked.current.compare += 1
      const n = asked.current.compare
      worker.current?.postMessage({ kind: 'compare', n, text, file, before } satisfies Asked)
    }, 400)
    return () => clearTimeout(timer)
  }, [text, file, before])
  const explain = useCallback(
    (facts: Record<string, unknown>, on: string) => {
      asked.current.explain += 1
      const n = asked.current.explain
      worker.current?.postMessage({ kind: 'explain', n, text, file, facts, on } satisfies Asked)
    },
    [text, file],
  )
  const rehearse = useCallback(
    (kind: PlayRequest['kind'], ask: PlayRequest['ask']) => {
      asked.current.rehearse += 1
      const n = asked.current.rehearse
      const answer = new Promise<unknown>((resolve, reject) => waiting.current.set(n, { resolve, reject }))
      const request = { kind, ask } as PlayRequest
      worker.current?.postMessage({ kind: 'rehearse', n, text, file, request } satisfies Asked)
      return answer
    },
    [text, file],
  ) as Rehearse
  return { checked, checking, schema, explained, explain, changes, rehearse }
}
