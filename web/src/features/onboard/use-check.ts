import { useEffect, useRef, useState } from 'react'
import type { CheckReport } from '../../../../functions/core/policy/check.ts'
import type { Schema } from './schema-walk.ts'

/** What the check of a policy says. */
export interface Checked {
  ok: boolean
  problems: CheckReport['problems']
  coverage: CheckReport['coverage']
  readings: CheckReport['readings']
  head?: { name: string; title: string; number?: string; effective: string }
}

/** Checks the text a moment after each change, with the very code that the service checks it with. */
export function useCheck(
  text: string,
  file: string,
): { checked: Checked | undefined; checking: boolean; schema: Schema | undefined } {
  const worker = useRef<Worker | undefined>(undefined)
  const asked = useRef(0)
  const [checked, setChecked] = useState<Checked>()
  const [checking, setChecking] = useState(false)
  const [schema, setSchema] = useState<Schema>()
  useEffect(() => {
    const started = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = (event: MessageEvent<{ schema: Schema } | { n: number; checked: Checked }>) => {
      if ('schema' in event.data) return setSchema(event.data.schema)
      if (event.data.n !== asked.current) return
      setChecked(event.data.checked)
      setChecking(false)
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
      asked.current += 1
      worker.current?.postMessage({ n: asked.current, text, file })
    }, 400)
    return () => clearTimeout(timer)
  }, [text, file])
  return { checked, checking, schema }
}
