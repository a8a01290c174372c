import { type Compiler, listOf, type Path } from './compiler.ts'

/**
 * Tables, computed facts and the track must not rest on themselves: looking one up would never end. Reported where the
 * circle is entered, with the way round it.
 */
export function refuseCircles(compiler: Compiler): void {
  const { document, tables } = compiler
  const reads = new Map<string, { path: Path; names: string[] }>()
  for (const [id, table] of tables)
    reads.set(id, { path: ['tables', id], names: table.rows.flatMap((row) => row.when?.reads ?? []) })
  for (const [id, text] of Object.entries(document.facts)) {
    const { sum, latest, earliest, max, count, copy, difference, ratio } = text
    const names = [sum, latest, earliest, max, count, copy, difference, ratio].flatMap((one) =>
      listOf<string>(one),
    )
    if (names.length > 0) reads.set(id, { path: ['facts', id], names })
  }
  reads.set('track', { path: ['scope'], names: compiler.trackGuards.flatMap((guard) => guard.reads) })
  const done = new Set<string>()
  const visit = (name: string, trail: string[]): void => {
    const at = trail.indexOf(name)
    if (at >= 0) {
      const circle = [...trail.slice(at), name].join(' → ')
      compiler.problem(reads.get(name)!.path, 'cycle', `「${name}」以自己为据: ${circle}`, '去掉其中一处引用')
      return
    }
    const found = reads.get(name)
    if (done.has(name) || !found) return
    for (const next of found.names) visit(next, [...trail, name])
    done.add(name)
  }
  for (const name of reads.keys()) visit(name, [])
}
