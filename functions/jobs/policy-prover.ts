import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CheckReport } from '../core/policy/check.ts'
import type { Deps } from '../deps.ts'

/**
 * Proves policies in a thread, one at a time: a proof takes seconds of one core, and other requests go on meanwhile.
 * Undefined where the program is not bundled, so that there is no script to start a thread with.
 */
export function policyProver(): Deps['provePolicy'] {
  const script = new URL('./prove-policy.js', import.meta.url)
  if (!existsSync(fileURLToPath(script))) return undefined
  let last: Promise<unknown> = Promise.resolve()
  return (text, file) => {
    const proof = last.then(() => proved(script, text, file))
    last = proof.catch(() => undefined)
    return proof
  }
}

function proved(script: URL, text: string, file: string): Promise<CheckReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { text, file } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the proof of a policy ended without an answer')))
  })
}
