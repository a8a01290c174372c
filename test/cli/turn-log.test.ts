import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { turnLog } from '../../functions/jobs/turn-log.ts'

const now = () => new Date('2026-07-01T01:00:00Z')
const line = (n: number) => ({ level: 'info' as const, event: 'request', n })
const text = (n: number) => `{"at":"2026-07-01T01:00:00.000Z","level":"info","event":"request","n":${n}}\n`

it('writes the lines of a turn at once and in order', async () => {
  const written: string[] = []
  const log = turnLog(now, (one) => written.push(one))
  log(line(1))
  log(line(2))
  expect(written).toEqual([])
  await new Promise((next) => setTimeout(next, 5))
  log(line(3))
  await new Promise((next) => setTimeout(next, 5))
  expect(written).toEqual([text(1) + text(2), text(3)])
})

it('loses no line of a process that ends, be it by an error', () => {
  const module = fileURLToPath(new URL('../../functions/jobs/turn-log.ts', import.meta.url))
  const program = `import { turnLog } from ${JSON.stringify(module)}
    const log = turnLog(() => new Date('2026-07-01T01:00:00Z'), (text) => process.stdout.write(text))
    log({ level: 'info', event: 'request', n: 1 })
    if (process.argv.at(-1) === 'fail') throw new Error('failed')
    process.exit(0)`
  const run = (how: string) => {
    try {
      return execFileSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', program, '--', how],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }
  expect(run('end')).toBe(text(1))
  expect(run('fail')).toBe(text(1))
})
