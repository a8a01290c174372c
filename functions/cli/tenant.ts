import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ownFolder } from '../../db/open-files.ts'
import { sql } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { sweep } from '../jobs/sweep.ts'
import { nodeDeps } from '../node.ts'
import { AppError } from '../services/errors.ts'
import {
  addPlatformUser,
  ensurePlatformAdministrator,
} from '../services/people/ensure-platform-administrator.ts'
import { oneTimePassword } from '../services/people/password.ts'
import { controlStatements } from '../services/tenants/add-tenant.ts'
import { adoptInTenant, versionStatements } from '../services/tenants/adopt-policy.ts'
import { giveRegulationOutside } from '../services/tenants/give-regulation.ts'
import { provisionTenant } from '../services/tenants/provision-tenant.ts'
import { rebuildTenant } from '../services/tenants/rebuild-tenant.ts'
import { transferProjects } from '../services/tenants/transfer-projects.ts'
import { printRegulation } from './print-regulation.ts'
import { printRehearsal } from './print-rehearsal.ts'
import { remoteConfig, remoteDeps } from './remote-deps.ts'

const USAGE = `tenant prepare [--data 目录]
tenant add 办法.yaml [--name 名称] [--effective 日期] [--data 目录]
tenant adopt 租户 办法.yaml [--effective 日期] [--data 目录]
tenant rehearse 租户 办法.yaml [--effective 日期] [--all] [--json] [--data 目录]
tenant text 租户 条文.txt [--effective 日期] [--data 目录]
tenant list [--data 目录]
tenant rebuild 租户 [--data 目录]
tenant overseer 账号 --name 姓名 --division 行政区划代码 [--data 目录]
tenant sweep [--data 目录]`

interface Options {
  name?: string
  effective?: string
  division?: string
  all?: boolean
  json?: boolean
}

/**
 * `tenant prepare|add|adopt|rehearse|text|list|rebuild|overseer|sweep`: works on a data folder that no server has open, or on the remote
 * databases that CONTROL_URL, OVERSIGHT_URL and TENANT_URL name.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.data' },
      name: { type: 'string' },
      effective: { type: 'string' },
      division: { type: 'string' },
      all: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const [command, subject, more] = positionals
  const run = command === undefined ? undefined : COMMANDS[command]
  if (!run || positionals.length < run.length - 1) {
    console.error(USAGE)
    return 2
  }
  const log: Deps['log'] = (line) => console.error(JSON.stringify(line))
  const remote = remoteConfig(process.env)
  const data = resolve(values.data)
  const owner = remote ? undefined : ownFolder(data)
  try {
    const deps = remote ? await remoteDeps(remote, log) : await nodeDeps({ data, log })
    try {
      return await run(deps, values, subject ?? '', more ?? '')
    } finally {
      deps.databases.close()
    }
  } finally {
    owner?.release()
  }
}

const COMMANDS: Record<
  string,
  (deps: Deps, options: Options, subject: string, more: string) => Promise<number>
> = {
  async prepare(deps, _options) {
    const password = await ensurePlatformAdministrator(deps)
    console.log(password ? `平台管理员 admin, 初始密码 ${password} (只显示这一次)` : '平台已就绪')
    return 0
  },
  async add(deps, options, file) {
    const password = oneTimePassword(deps.randomBytes)
    const plan = {
      text: readFileSync(file, 'utf8'),
      file: basename(file),
      name: options.name,
      effectiveOn: options.effective,
      administrator: { login: 'admin', name: '管理员', password },
    }
    const act = { at: deps.now(), actor: { user: 'cli', name: '命令行' }, requestId: deps.newId() }
    const control = deps.databases.control()
    return refusalsShown(plan.file, async () => {
      const tenant = await provisionTenant(deps, act, plan, async (id) => {
        const [rows] = await control.read([sql`SELECT 1 AS one FROM tenants WHERE id = ${id}`])
        return rows?.length === 1
      })
      await control.write(controlStatements(tenant, plan, act))
      console.log(`${tenant.id} ${tenant.name}: 《${tenant.title}》自 ${tenant.effectiveOn} 起`)
      for (const { name, parties } of tenant.organisations) console.log(`  ${name} (${parties.join(', ')})`)
      console.log(`管理员 admin, 初始密码 ${password} (只显示这一次, 请登录后修改)`)
    })
  },
  async adopt(deps, options, id, file) {
    const plan = {
      tenant: id,
      text: readFileSync(file, 'utf8'),
      file: basename(file),
      effectiveOn: options.effective,
    }
    const act = { at: deps.now(), actor: { user: 'cli', name: '命令行' }, requestId: deps.newId() }
    return refusalsShown(plan.file, async () => {
      const adopted = await adoptInTenant(deps, act, plan)
      await deps.databases.control().write(await versionStatements(deps, act, plan, adopted))
      console.log(`${id}: 《${adopted.title}》自 ${adopted.effectiveOn} 起`)
      const { moved } = await transferProjects(deps, id)
      if (moved > 0) console.log(`按过渡规定转为适用新版的在办项目: ${moved} 个`)
    })
  },
  async rehearse(deps, options, id, file) {
    const plan = { tenant: id, text: readFileSync(file, 'utf8'), file: basename(file), limit: 50 }
    return refusalsShown(plan.file, () =>
      printRehearsal(
        deps,
        { ...plan, effectiveOn: options.effective, all: options.all },
        options.json ?? false,
      ),
    )
  },
  async text(deps, { effective }, tenant, file) {
    const act = { at: deps.now(), actor: { user: 'cli', name: '命令行' }, requestId: deps.newId() }
    return refusalsShown(basename(file), async () => {
      const text = readFileSync(file, 'utf8')
      printRegulation(await giveRegulationOutside(deps, act, { tenant, text, on: effective }))
    })
  },
  async list(deps, _options) {
    const [rows = []] = await deps.databases.control().read([
      sql`SELECT t.id, t.name, t.division, max(p.effective_on) AS since FROM tenants t
        LEFT JOIN policies p ON p.tenant_id = t.id GROUP BY t.id ORDER BY t.id`,
    ])
    for (const { id, name, division, since } of rows) console.log(`${id}\t${name}\t${division}\t${since}`)
    return 0
  },
  async rebuild(deps, _options, tenant) {
    const { streams, events } = await rebuildTenant(deps, tenant)
    console.log(`${tenant}: 由 ${events} 个事件重建 ${streams} 个对象`)
    return 0
  },
  async overseer(deps, { name, division }, login) {
    if (!name || !/^\d{6}$/.test(division ?? '')) {
      console.error(USAGE)
      return 2
    }
    const password = oneTimePassword(deps.randomBytes)
    await addPlatformUser(deps, { login, name, role: 'overseer', division, password })
    console.log(`${login}, 初始密码 ${password} (只显示这一次)`)
    return 0
  },
  async sweep(deps, _options) {
    await sweep(deps)
    return 0
  },
}

/** Runs an adoption; what refuses it is printed with its place in the file. */
async function refusalsShown(file: string, adopt: () => Promise<void>): Promise<number> {
  try {
    await adopt()
    return 0
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    console.error(error.detail)
    for (const problem of error.extra.problems ?? []) printProblem(file, problem)
    return 1
  }
}

function printProblem(file: string, problem: unknown): void {
  const { line, column, code, message, fix } = problem as Record<string, string | number | undefined>
  console.error(
    `${file}:${line ?? 1}:${column ?? 1} ${code} ${message}${fix === undefined ? '' : ` → ${fix}`}`,
  )
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  },
)
