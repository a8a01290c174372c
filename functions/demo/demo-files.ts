import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { z } from 'zod'
import { loadPolicy } from '../core/policy/load.ts'
import type { Policy } from '../core/policy/model.ts'
import { type Life, life, type Samples, samples, type TenantDemo, tenantDemo } from './story.ts'

/** The policies that ship, wherever the program was bundled to. */
const TENANTS = ['../tenants', '../../tenants', '../../../tenants']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((folder) => existsSync(folder))!

/** A jurisdiction of the demo: its policy and the data that lie beside it in `demo/`. */
export interface DemoTenant {
  id: string
  name: string
  superior: string | undefined
  policyText: string
  policyFile: string
  policy: Policy
  /** The policy's text does not show from which day it is in force. */
  dayUnseen: boolean
  demo: TenantDemo
  samples: Samples
  life: Life
}

/** Every jurisdiction that has demo data. */
export function readDemoTenants(folder = TENANTS): DemoTenant[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'demo')))
    .map((entry) => entry.name)
    .sort()
    .map((id) => readDemoTenant(join(folder, id)))
}

export function readDemoTenant(folder: string): DemoTenant {
  const policyFile = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .at(-1)!
  const policyText = readFileSync(join(folder, policyFile), 'utf8')
  const { policy, problems } = loadPolicy(policyText, policyFile)
  if (!policy) throw new Error(problems.map((one) => `${one.file}:${one.line} ${one.message}`).join('\n'))
  const { jurisdiction, effective } = policy.document.policy
  return {
    id: jurisdiction.id,
    name: jurisdiction.name,
    superior: jurisdiction.superior,
    policyText,
    policyFile,
    policy,
    dayUnseen: effective === 'unseen',
    demo: read(folder, 'tenant.yaml', tenantDemo),
    samples: read(folder, 'samples.yaml', samples),
    life: read(folder, 'life.yaml', life),
  }
}

function read<T extends z.ZodType>(folder: string, name: string, shape: T): z.infer<T> {
  const file = join(folder, 'demo', name)
  const parsed = shape.safeParse(parse(readFileSync(file, 'utf8'), { schema: 'core', version: '1.2' }))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`)
  throw new Error(`${file}\n${problems.join('\n')}`)
}
