import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { openCity } from '../demo/city.ts'
import { readDemoTenants } from '../demo/demo-files.ts'
import { type LivedLife, liveLife } from '../demo/live.ts'
import { headingOf, summaryOf, toldAct } from '../demo/tell.ts'
import { startNode } from '../node.ts'

/**
 * Plays one project of each jurisdiction through its whole life over HTTP, against a server of its own on a temporary
 * folder. Exit 1 when anything is decided otherwise than its story expects. Arguments: ids of jurisdictions, default all.
 */
async function main(wanted: readonly string[]): Promise<number> {
  const tenants = readDemoTenants().filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  if (!tenants.length) {
    console.error(`没有这样的辖区: ${wanted.join(' ')}`)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  const clock = { now: new Date() }
  const server = await startNode({ data: folder, port: 0, now: () => clock.now, log: () => undefined })
  const began = Date.now()
  const told: string[] = []
  const all: LivedLife[] = []
  try {
    console.log(
      `服务 ${server.url}, 数据在临时目录, 演示后即删除。每一步都由相应单位的人员登录后经 HTTP 办理。`,
    )
    for (const tenant of tenants) {
      const { scene, effectiveOn } = await openCity(server.deps, clock, tenant, server.url, (request) =>
        fetch(request),
      )
      console.log(headingOf(tenant, effectiveOn))
      const lived = await liveLife(tenant, scene, (one) => console.log(toldAct(scene, one)))
      const summary = summaryOf(tenant, lived)
      console.log(summary)
      told.push(summary)
      all.push(lived)
    }
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const sum = (count: (one: LivedLife) => number): number => all.reduce((total, one) => total + count(one), 0)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(`\n${told.join('\n')}`)
  console.log(
    `   合计: 办理 ${sum((one) => one.accepted)} 次, 不予办理 ${sum((one) => one.refused)} 次, 用时 ${seconds} 秒`,
  )
  const surprises = all.flatMap((one) => one.surprises)
  for (const surprise of surprises) console.error(`与预期不符: ${surprise}`)
  return surprises.length ? 1 : 0
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
