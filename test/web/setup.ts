import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findChromium } from './chromium.ts'
import { servePortal } from './serve-portal.ts'

declare module 'vitest' {
  interface ProvidedContext {
    portal: string
    chromium: string
  }
}

/** Builds the portal, fills a folder with the demo and serves both; without a browser says what is skipped. */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = findChromium()
  provide('chromium', chromium ?? '')
  provide('portal', '')
  if (!chromium) {
    console.warn('没有 Chromium, 也不能安装(须为 root 且有 apt): 跳过 test/web 的全部浏览器测试')
    return undefined
  }
  const built = spawnSync('npm', ['run', '-s', 'build:web'], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the portal does not build: ${built.stderr}`)
  const folder = mkdtempSync(join(tmpdir(), 'portal-'))
  const served = await servePortal(folder, ['luan', 'lianyungang', 'gulou'])
  provide('portal', served.url)
  return async () => {
    await served.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
