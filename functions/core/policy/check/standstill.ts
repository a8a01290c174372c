import type { Player } from './player.ts'
import { type Block, blocksOf, type Ending } from './rescue.ts'

/** What kind of standstill it is; empty for a project, or a procedure in it, that never began because it may not. */
export function standstillOf(player: Player, ending: Ending): string {
  const blocks = blocksOf(player, ending.node)
  const { steps, stepIndex } = player.game.policy
  const begun = [...ending.node.executed].some(
    (id) => steps[stepIndex.get(id) ?? -1]?.owed.fixed === 'always',
  )
  const codes = new Set(blocks.flatMap(({ findings }) => findings.map((one) => one.code)))
  const isBarred = codes.has('requires') || codes.has('veto')
  if (!begun && isBarred && [...codes].every((code) => BARRED.has(code))) return ''
  if (unbegun(player, ending).some((procedure) => isInadmissible(player, procedure, blocks))) return ''
  return blocks
    .map(
      ({ step, findings }) => `${step.id}:${[...new Set(findings.map((one) => one.code))].sort().join(',')}`,
    )
    .join(' ')
}

const BARRED = new Set(['requires', 'veto', 'not-done', 'undetermined', 'outstanding'])

/** Procedures that were started and in which nothing was done. */
function unbegun(player: Player, { node }: Ending): string[] {
  const running = player.env(node).state.procedures.filter((one) => !one.result)
  return running
    .filter((one) => Object.values(one.steps).every((own) => own.runs.length === 0))
    .map((one) => one.procedure)
}

/** Whether a procedure cannot begin because of what was stated when it was started: an application that is not admitted. */
function isInadmissible({ game }: Player, procedure: string, blocks: Block[]): boolean {
  const own = blocks.filter(({ step }) => step.procedure === procedure)
  const first = own.filter(({ findings }) => findings.every((one) => one.code !== 'not-done'))
  const readsOwn = (names: string[]) =>
    names.some((name) => game.lens.variable(name, { procedure })?.procedure === procedure)
  return (
    first.length > 0 &&
    first.every(({ findings }) =>
      findings.some((one) => one.code === 'requires' && readsOwn(Object.keys(one.facts))),
    )
  )
}

/** Whether a run got stuck because a window of its plan's year has gone by. */
export function missesWindow(player: Player, ending: Ending): boolean {
  return blocksOf(player, ending.node).some(({ findings }) => findings.some((one) => one.code === 'window'))
}
