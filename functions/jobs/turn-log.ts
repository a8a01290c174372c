import { setImmediate } from 'node:timers'
import type { Deps } from '../deps.ts'

/**
 * Logs one JSON line a call, with the time, through `write`, once for all lines of a turn of the event loop: writing to
 * standard output waits for it. What is logged before the process ends is still written, but for `kill -9` in that turn.
 */
export function turnLog(now: Deps['now'], write: (text: string) => void): Deps['log'] {
  let waiting = ''
  const flush = (): void => {
    const text = waiting
    waiting = ''
    if (text !== '') write(text)
  }
  process.once('exit', flush)
  return (line) => {
    if (waiting === '') setImmediate(flush)
    waiting += `${JSON.stringify({ at: now().toISOString(), ...line })}\n`
  }
}
