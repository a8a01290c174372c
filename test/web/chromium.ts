import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The distribution's Chromium with its Chinese fonts, installed where we may; undefined where there is none. */
export function findChromium(): string | undefined {
  const found = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
  if (found && hasChineseFont()) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 240_000 }
    spawnSync('apt-get', ['update'], options)
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options)
  }
  return PLACES.find((path) => existsSync(path)) ?? found
}

function hasChineseFont(): boolean {
  const listed = spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: QUIET })
}
