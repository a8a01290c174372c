import { join } from 'node:path'
import { readDemoTenants } from '../../functions/demo/demo-files.ts'
import { prepareDemoFolder } from '../../functions/demo/demo-folder.ts'
import { openForSeeding, startNode } from '../../functions/node.ts'

/** A day on which declarations are open, so that every journey can be walked. */
export const TODAY = new Date('2026-06-15T09:00:00+08:00')
export const PASSWORD = 'demo-pass-2026'

/** Serves the portal with the demo as it stands on `TODAY`, of all jurisdictions or of those named. */
export async function servePortal(
  folder: string,
  only?: readonly string[],
): Promise<{ url: string; close: () => Promise<void> }> {
  const data = join(folder, 'data')
  const tenants = readDemoTenants().filter((one) => !only || only.includes(one.id))
  await prepareDemoFolder(data, TODAY, openForSeeding, tenants)
  const began = Date.now()
  const now = (): Date => new Date(TODAY.getTime() + Date.now() - began)
  return startNode({ data, port: 0, now, log: () => undefined })
}
