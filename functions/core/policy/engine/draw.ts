/** Drawing lots (§11): from a pool and a seed always the same names, so that anybody can draw them again from the log. */

/** Numbers below one from a seed of hexadecimal digits (sfc32). */
function numbers(seed: string): () => number {
  const word = (i: number): number => Number.parseInt(seed.slice(i * 8, i * 8 + 8) || '1', 16) >>> 0
  let [a, b, c, d] = [word(0), word(1), word(2), word(3)]
  const next = (): number => {
    const t = (((a + b) >>> 0) + d) >>> 0
    d = (d + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + t) >>> 0
    return t
  }
  for (let i = 0; i < 16; i++) next()
  return next as () => number
}

/** The order of the names in a pool, the same on every machine. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** So many names of the pool, each equally likely, in the order drawn. The pool counts in the order of its names. */
export function drawFrom(pool: readonly string[], count: number, seed: string): string[] {
  const next = numbers(seed)
  const left = [...pool].sort(byName)
  const drawn: string[] = []
  while (drawn.length < count && left.length > 0) {
    // What would favour the first names is drawn again.
    const fair = Math.floor(2 ** 32 / left.length) * left.length
    let at = next()
    while (at >= fair) at = next()
    drawn.push(...left.splice(at % left.length, 1))
  }
  return drawn
}
