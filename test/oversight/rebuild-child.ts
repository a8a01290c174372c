import { nodeDeps } from '../../functions/node.ts'
import { rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'

/** Rebuilds the read model of a folder over and over, until it is killed. */
async function main(data: string, now: Date): Promise<void> {
  const deps = await nodeDeps({ data, now: () => now, log: () => {} })
  process.stdout.write('begun\n')
  for (;;) {
    await rebuildOversight(deps)
    await new Promise(setImmediate)
  }
}

main(process.argv[2]!, new Date(process.argv[3]!)).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
