/** Prints rows under a header, columns aligned. */
export function printTable(title: string, header: string[], rows: (string | number)[][]): void {
  const cells = [header, ...rows.map((row) => row.map(String))]
  const widths = header.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))))
  console.log(`\n${title}`)
  for (const [i, row] of cells.entries()) {
    console.log(`  ${row.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join('  ')}`)
    if (i === 0) console.log(`  ${widths.map((size) => '-'.repeat(size)).join('  ')}`)
  }
}

/** Han characters take two columns. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[ᄀ-￯]/.test(char) ? 2 : 1), 0)
}

/** A rate with thousands separators. */
export function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en-US')
}

/** Calls a second of each contender, interleaved in rounds so that a noisy machine hits all alike; the median round counts. */
export async function rates(
  contenders: Record<string, { run: (times: number) => void | Promise<void>; times: number }>,
  rounds = 7,
): Promise<Record<string, number>> {
  const seen: Record<string, number[]> = {}
  for (const { run, times } of Object.values(contenders)) await run(Math.ceil(times / 2))
  for (let round = 0; round < rounds; round += 1)
    for (const [name, { run, times }] of Object.entries(contenders)) {
      const from = process.hrtime.bigint()
      await run(times)
      const seconds = Number(process.hrtime.bigint() - from) / 1e9
      seen[name] = [...(seen[name] ?? []), times / seconds]
    }
  return Object.fromEntries(
    Object.entries(seen).map(([name, list]) => [
      name,
      list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!,
    ]),
  )
}
