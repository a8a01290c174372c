import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { remoteDeps } from '../../functions/cli/remote-deps.ts'
import { ensurePlatformAdministrator } from '../../functions/services/people/ensure-platform-administrator.ts'
import { startHrana } from './hrana-server.ts'

const HRANA_PORT = 8890

/** `npm run dev:edge`: the Worker in workerd by wrangler, against libSQL files served over Hrana. */
async function main(): Promise<void> {
  const hrana = await startHrana({ folder: resolve('.data/edge'), port: HRANA_PORT })
  const config = {
    controlUrl: `${hrana.url}/dev/control/`,
    oversightUrl: `${hrana.url}/dev/oversight/`,
    tenantUrl: `${hrana.url}/dev/{tenant}/`,
    adminUrl: hrana.url,
  }
  const password = await ensurePlatformAdministrator(await remoteDeps(config, () => undefined))
  console.log(`libSQL ${hrana.url}${password ? `\n平台管理员: admin / ${password}  (只显示这一次)` : ''}`)
  console.log(
    `命令行: CONTROL_URL=${config.controlUrl} OVERSIGHT_URL=${config.oversightUrl} TENANT_URL='${config.tenantUrl}' DATABASE_ADMIN_URL=${hrana.url} npm run -s tenant -- add 办法.yaml`,
  )
  const wrangler = spawn('npx', ['wrangler', 'dev', ...process.argv.slice(2)], { stdio: 'inherit' })
  wrangler.on('exit', (code) => {
    hrana.close().then(
      () => process.exit(code ?? 0),
      () => process.exit(1),
    )
  })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
