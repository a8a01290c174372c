import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkPolicy } from '../../functions/core/policy/check.ts'
import type * as Prover from '../../functions/jobs/policy-prover.ts'
import { SMALL_POLICY } from '../core/small-policy.ts'

const root = join(import.meta.dirname, '../..')
// Beside the packages that the bundle leaves outside.
const out = join(root, 'dist', `prover-${process.pid}`)
let prover: typeof Prover

beforeAll(async () => {
  mkdirSync(out, { recursive: true })
  await build({
    entryPoints: ['policy-prover.ts', 'prove-policy.ts'].map((name) => join(root, 'functions/jobs', name)),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outdir: out,
    logLevel: 'error',
  })
  prover = await import(pathToFileURL(join(out, 'policy-prover.js')).href)
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

it('proves in a thread what the check proves in line, and leaves the loop to others', async () => {
  const prove = prover.policyProver()!
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 5)
  const [good, spoilt] = await Promise.all([
    prove(SMALL_POLICY, 'small.yaml'),
    prove(SMALL_POLICY.replace('by: lead', 'by: laed'), 'small.yaml'),
  ])
  clearInterval(timer)
  expect(good).toEqual(JSON.parse(JSON.stringify(checkPolicy(SMALL_POLICY, 'small.yaml'))))
  expect(spoilt.ok).toBe(false)
  expect(spoilt.problems[0]).toMatchObject({ severity: 'error', line: expect.any(Number) })
  expect(ticks).toBeGreaterThan(5)
})
