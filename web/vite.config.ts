import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')
const REFERENCE = join(root, '../node_modules/@scalar/api-reference/dist/browser/standalone.js')

/** The reference page's script beside the portal, and every script and style compressed once. */
const finish: Plugin = {
  name: 'finish',
  apply: 'build',
  closeBundle() {
    copyFileSync(REFERENCE, join(dist, 'reference.js'))
    for (const name of readdirSync(join(dist, 'assets'))) {
      if (!/\.(js|css|svg)$/.test(name)) continue
      const path = join(dist, 'assets', name)
      const bytes = readFileSync(path)
      if (bytes.length < 1024) continue
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
    }
  },
}

export default defineConfig({
  root,
  plugins: [react(), finish],
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8787' } },
})
