import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { parse } from 'yaml'
import { z } from 'zod'
import { type CheckReport, checkPolicy } from '../core/policy/check.ts'
import { diffPolicies } from '../core/policy/diff.ts'
import { policyDocument } from '../core/policy/document/document.ts'
import { explainFacts } from '../core/policy/explain.ts'
import { loadPolicy } from '../core/policy/load.ts'
import type { Policy } from '../core/policy/model.ts'
import { readScenarios } from '../core/policy/play/scenario-file.ts'
import { simulate } from '../core/policy/simulate.ts'
import { seededCalendar } from '../services/calendar.ts'
import { printCheck, printDiff, printExplanation, printSimulation } from './policy-print.ts'

/** The five tools on a policy file: check, explain, simulate, diff, schema. Exit 1 on an error in the policy, 2 on misuse. */

const USAGE = `用法:
  policy check FILE [--superior FILE] [--json]                      校验办法, 有错误时退出码为 1
  policy explain FILE --facts F.yaml [--on 2026-07-01] [--json]     对给定要素逐环节说明
  policy simulate FILE SCENARIO.yaml [--json]                       按日期推演事件
  policy diff OLD NEW [--json]                                      两个版本的差别
  policy schema [--out FILE]                                        编辑器用的 JSON Schema`

class Misuse extends Error {}

function option(args: string[], name: string): string | undefined {
  const at = args.indexOf(name)
  if (at < 0) return undefined
  const [, value] = args.splice(at, 2)
  if (value === undefined) throw new Misuse(`${name} 后缺少值`)
  return value
}

function flag(args: string[], name: string): boolean {
  const at = args.indexOf(name)
  if (at >= 0) args.splice(at, 1)
  return at >= 0
}

function readText(file: string | undefined): string {
  if (file === undefined) throw new Misuse('缺少文件')
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Misuse(`读不到文件 ${file}`)
  }
}

function print(json: boolean, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`)
}

/** The policy, or its problems printed and exit code 1. */
function policyOf(file: string | undefined, json: boolean): Policy | undefined {
  const text = readText(file)
  const { policy, problems } = loadPolicy(text, file!)
  if (policy) return policy
  const report: CheckReport = { ok: false, file: file!, problems, coverage: [], readings: [] }
  print(json, report, () => printCheck(report))
  process.exitCode = 1
  return undefined
}

function check(args: string[], json: boolean): void {
  const superior = option(args, '--superior')
  const [file] = args
  const report = checkPolicy(
    readText(file),
    file!,
    superior === undefined ? undefined : { text: readText(superior), file: superior },
  )
  print(json, report, () => printCheck(report))
  if (!report.ok) process.exitCode = 1
}

function explain(args: string[], json: boolean): void {
  const factsFile = option(args, '--facts')
  const on = option(args, '--on') ?? new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const policy = policyOf(args[0], json)
  if (!policy) return
  const raw = factsFile === undefined ? {} : readYaml(factsFile)
  const given = z.record(z.string(), z.unknown()).safeParse(raw ?? {})
  if (!given.success) throw new Misuse(`${factsFile}: 须是「要素: 值」`)
  const facts = 'facts' in given.data ? (given.data.facts as Record<string, unknown>) : given.data
  const explanation = explainFacts(policy, facts, seededCalendar, on)
  print(json, explanation, () => printExplanation(policy, explanation))
  if (explanation.findings.some((one) => one.level === 'block')) process.exitCode = 1
}

function play(args: string[], json: boolean): void {
  const policy = policyOf(args[0], json)
  if (!policy) return
  const { scenarios, problems } = readScenarios(readText(args[1]), args[1]!)
  if (problems.length > 0) {
    print(json, { problems }, () =>
      problems
        .map(
          ({ line, column, message, fix }) =>
            `${args[1]}:${line}:${column} ${message}${fix ? ` —— ${fix}` : ''}`,
        )
        .join('\n'),
    )
    process.exitCode = 1
    return
  }
  const results = scenarios.map((one) => ({ name: one.name, ...simulate(policy, one, seededCalendar) }))
  const [first] = results
  print(json, results.length === 1 ? first : results, () =>
    results
      .map((one) =>
        [...(results.length > 1 ? [`# ${one.name ?? ''}`] : []), printSimulation(policy, one)].join('\n'),
      )
      .join('\n\n'),
  )
}

function readYaml(file: string | undefined): unknown {
  const text = readText(file)
  try {
    return parse(text, { version: '1.2', schema: 'core' })
  } catch (error) {
    throw new Misuse(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : '不是 YAML'}`)
  }
}

function diff(args: string[], json: boolean): void {
  const before = policyOf(args[0], json)
  const after = before && policyOf(args[1], json)
  if (!before || !after) return
  const changes = diffPolicies(before, after)
  print(json, { changes }, () => printDiff(changes))
}

function schema(args: string[]): void {
  const out = option(args, '--out')
  const text = `${JSON.stringify({ title: '政务信息化项目管理办法', ...z.toJSONSchema(policyDocument, { io: 'input', unrepresentable: 'any', reused: 'ref' }) }, null, 2)}\n`
  if (out === undefined) process.stdout.write(text)
  else writeFileSync(out, text)
}

function main(argv: string[]): void {
  const [command, ...args] = argv
  const json = flag(args, '--json')
  switch (command) {
    case 'check':
      return check(args, json)
    case 'explain':
      return explain(args, json)
    case 'simulate':
      return play(args, json)
    case 'diff':
      return diff(args, json)
    case 'schema':
      return schema(args)
    default:
      throw new Misuse(command === undefined ? '缺少命令' : `没有命令「${command}」`)
  }
}

// Whoever reads only the beginning (`| head`) has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Misuse)) throw error
  process.stderr.write(`${error.message}\n\n${USAGE}\n`)
  process.exitCode = 2
}
