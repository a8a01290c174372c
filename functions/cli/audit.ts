import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkRecord, type RecordVerdict } from '../services/audit/check-record.ts'
import { checkSummary } from '../services/audit/check-summary.ts'
import { type ProjectRecord, RECORD_FORMAT } from '../services/audit/record.ts'
import { type Anchors, readAnchors, type Verdict, verifyFile } from './audit-verify.ts'

const USAGE = 'audit verify [--data 目录] [租户] | audit verify --record 档案文件'

/**
 * `audit verify`: checks every audit chain of the data folder against its events, its states and the heads that the
 * control database keeps; with `--record`, one exported record by itself. Names the first bad entry; exit code 1 then.
 */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string', default: '.data' }, record: { type: 'string' } },
  })
  const [command, tenant] = positionals
  if (command !== 'verify') {
    console.error(USAGE)
    return 2
  }
  if (values.record !== undefined) return verifyRecord(values.record)
  const folder = resolve(values.data)
  const control = join(folder, 'control.db')
  if (!existsSync(control)) {
    console.error(`${folder} 不是数据目录`)
    return 2
  }
  const anchors = readAnchors(control)
  const files = tenantFiles(folder).filter((file) => !tenant || basename(file, '.db') === tenant)
  if (tenant && !files.length) {
    console.error(`没有租户 ${tenant}`)
    return 2
  }
  const missing = [...anchors.keys()].filter(
    (id) => (!tenant || id === tenant) && !files.some((file) => basename(file, '.db') === id),
  )
  const checked = [
    ...(tenant ? [] : [report('(平台)', verifyFile(control, new Map()))]),
    ...files.map((file) => report(basename(file, '.db'), verifyFile(file, anchorsOf(anchors, file)))),
  ]
  for (const id of missing) console.log(`${id}: 数据库不见了`)
  return checked.every(Boolean) && !missing.length ? 0 : 1
}

/** An exported record needs no database: everything that it is checked against is in it. */
function verifyRecord(path: string): number {
  let record: ProjectRecord | null
  try {
    record = JSON.parse(readFileSync(path, 'utf8')) as ProjectRecord | null
  } catch (error) {
    console.error(`${path} 读不出: ${error instanceof Error ? error.message : error}`)
    return 2
  }
  if (record?.format !== RECORD_FORMAT) {
    console.error(`${path} 不是项目档案(${RECORD_FORMAT})`)
    return 2
  }
  let verdict: RecordVerdict
  let forged: string | undefined
  try {
    verdict = checkRecord(record)
    if (!verdict.bad) forged = checkSummary(record)
  } catch (error) {
    console.error(`${path} 不完整: ${error instanceof Error ? error.message : error}`)
    return 2
  }
  const { bad, entries, events, files, head } = verdict
  const name = `${record.tenant} ${record.project.title}`
  if (bad) console.log(`${name}: 不符 ${bad.chain} 第 ${bad.n} 条: ${bad.reason}`)
  else if (forged) console.log(`${name}: 不符, 链完整而摘要被改动: ${forged}`)
  else
    console.log(
      `${name}: 相符, ${entries} 条审计, ${events} 个事件, ${files} 个文件, 链头 ${head?.n} ${head?.hash}`,
    )
  return bad || forged ? 1 : 0
}

function report(name: string, verdict: Verdict): boolean {
  if (verdict.bad)
    console.log(`${name}: 不符 ${verdict.bad.chain} 第 ${verdict.bad.n} 条: ${verdict.bad.reason}`)
  else
    console.log(`${name}: 相符, ${verdict.chains} 条链, ${verdict.entries} 条审计, ${verdict.events} 个事件`)
  return !verdict.bad
}

function tenantFiles(folder: string): string[] {
  const tenants = join(folder, 'tenants')
  if (!existsSync(tenants)) return []
  return readdirSync(tenants)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .map((name) => join(tenants, name))
}

function anchorsOf(anchors: Map<string, Anchors>, file: string): Anchors {
  return anchors.get(basename(file, '.db')) ?? new Map()
}

process.exitCode = main()
