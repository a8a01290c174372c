import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ownFolder } from '../../db/open-files.ts'
import type { Deps } from '../deps.ts'
import { nodeDeps } from '../node.ts'
import { oversightStatus } from '../services/oversight/oversight-status.ts'
import { catchUp, rebuildOversight } from '../services/oversight/rebuild-oversight.ts'
import { remoteConfig, remoteDeps } from './remote-deps.ts'

const USAGE = `oversight pull [--data 目录]      读到各租户事件日志的末尾
oversight rebuild [--data 目录]   由各租户的事件日志重新生成
oversight status [--data 目录]    各租户读到哪里, 有没有读不下去的`

/** The program as it folds: with another version each log would be folded anew. */
const build = {
  version: programVersion(),
  revision: 'cli',
}

/**
 * `oversight pull|rebuild|status`: the superior jurisdictions' read model of a data folder that no server has open, or of
 * the remote databases. Exit code 1 when a tenant does not answer or cannot be read to its end.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string', default: '.data' } },
  })
  const run = positionals.length === 1 ? COMMANDS[positionals[0]!] : undefined
  if (!run) {
    console.error(USAGE)
    return 2
  }
  const log: Deps['log'] = (line) => console.error(JSON.stringify(line))
  const remote = remoteConfig(process.env)
  const data = resolve(values.data)
  const owner = remote ? undefined : ownFolder(data)
  try {
    const deps = remote ? { ...(await remoteDeps(remote, log)), build } : await nodeDeps({ data, log })
    try {
      await run(deps)
      return await report(deps)
    } finally {
      deps.databases.close()
    }
  } finally {
    owner?.release()
  }
}

function programVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}

const COMMANDS: Record<string, (deps: Deps) => Promise<unknown>> = {
  pull: catchUp,
  rebuild: rebuildOversight,
  status: async () => undefined,
}

async function report(deps: Deps): Promise<number> {
  const tenants = await oversightStatus(deps)
  for (const one of tenants) {
    const place = `${one.tenant}\t第 ${one.seq}/${one.head} 条\t项目 ${one.projects}\t截至 ${one.asOf || '-'}`
    const trouble = [one.parked ? `搁置 ${one.parked}` : '', one.error ?? ''].filter(Boolean).join('; ')
    console.log(trouble ? `${place}\t${trouble}` : place)
  }
  return tenants.some((one) => one.error !== undefined || one.parked > 0) ? 1 : 0
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
