import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = dirname(fileURLToPath(import.meta.url))
const stamp = join(root, 'dist', '.built-from')

/** Builds the portal into `web/dist` unless what stands there was built from the very same files. */
async function buildPortal(): Promise<void> {
  const sources = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  // A test runner's own mode would put the development build of the libraries into the portal.
  process.env.NODE_ENV = 'production'
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(stamp, sources)
}

/** Everything that goes into the portal: its own files, the core that it shares with the server, the versions. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const folders = [join(root, 'src'), join(root, 'public'), join(root, '../functions/core')]
  const files = folders.filter((folder) => existsSync(folder)).flatMap(filesUnder)
  for (const file of [...files.sort(), join(root, 'index.html'), join(root, 'vite.config.ts')])
    hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.update(readFileSync(join(root, '../package-lock.json'))).digest('hex')
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

await buildPortal()
