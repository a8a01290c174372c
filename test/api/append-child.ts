import type { Database } from '../../db/database.ts'
import { START } from '../../db/ledger.ts'
import { openFiles } from '../../db/open-files.ts'
import { append } from '../../db/tenant/append.ts'

const WRITERS = 4

/** Appends to three streams at once, as fast as it can, and says each time what has been acknowledged. */
async function write(db: Database, writer: number): Promise<void> {
  const act = { at: new Date(), actor: { user: 'u', name: 'n' }, requestId: 'r' }
  const names = [1, 2, 3].map((n) => `project:${writer}-${n}`)
  let positions = names.map(() => START)
  for (let k = 1; ; k++) {
    const cases = names.map((stream, i) => ({
      stream,
      position: positions[i]!,
      action: 'test',
      events: [{ type: 'tested', on: '2026-01-01', payload: { k, text: '字'.repeat(300) } }],
      state: JSON.stringify({ k }),
    }))
    positions = await append(db, { act, cases })
    process.stdout.write(`${writer} ${k}\n`)
  }
}

/** Several writers, whose appends of one turn share a transaction. */
async function main(folder: string): Promise<void> {
  const databases = await openFiles(folder, () => new Date())
  await databases.createTenant('killed')
  const db = databases.tenant('killed')
  await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(db, i + 1)))
}

main(process.argv[2]!).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
