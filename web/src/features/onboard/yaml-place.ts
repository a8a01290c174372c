/** Where a place in a YAML text stands: the keys above it, and whether a key or a value is being written there. */
export interface Place {
  /** Keys from the top; `*` for an item of a list. */
  path: string[]
  /** What is being written: a key of the innermost map, or the value under the last key of the path. */
  writes: 'key' | 'value'
  /** The piece of it that stands before the place. */
  begun: string
}

interface Level {
  indent: number
  key: string
}

interface Flow {
  list: boolean
  key: string | undefined
}

const KEY = /^("[^"]*"|'[^']*'|[^\s:#{}[\],][^:#{}[\],]*?)\s*:(?=\s|$)/

/**
 * The place at `offset` of a text that may be half written, so it is read by its indents and brackets rather than by a
 * parser that wants it whole.
 */
export function placeAt(text: string, offset: number): Place {
  const blocks: Level[] = []
  const flows: Flow[] = []
  const lines = text.slice(0, offset).split('\n')
  for (const line of lines.slice(0, -1)) if (!/^\s*(#|$)/.test(line)) readLine(line, blocks, flows)
  return readLine(lines.at(-1) ?? '', blocks, flows)
}

function readLine(line: string, blocks: Level[], flows: Flow[]): Place {
  if (flows.length > 0) return readFlow(line, blocks, flows)
  let column = line.length - line.trimStart().length
  let rest = line.slice(column)
  const item = () => /^-(\s+|$)/.exec(rest)
  // A list may stand at the column of the key that it belongs to.
  const belongs = (level: Level) =>
    level.indent < column || (level.indent === column && item() && level.key !== '*')
  while (blocks.length > 0 && !belongs(blocks.at(-1)!)) blocks.pop()
  for (let dash = item(); dash; dash = item()) {
    blocks.push({ indent: column, key: '*' })
    column += dash[0].length
    rest = rest.slice(dash[0].length)
  }
  const key = KEY.exec(rest)
  if (!key && !/^[{[]/.test(rest)) return { path: blocks.map((one) => one.key), writes: 'key', begun: rest }
  if (key) {
    blocks.push({ indent: column, key: unquoted(key[1]!) })
    rest = rest.slice(key[0].length)
  }
  return readFlow(rest, blocks, flows)
}

/** Reads on within a value: brackets open and close, names become keys. */
function readFlow(rest: string, blocks: Level[], flows: Flow[]): Place {
  let begun = ''
  let quote = ''
  for (let i = 0; i < rest.length; i += 1) {
    const sign = rest[i]!
    const top = flows.at(-1)
    if (quote) {
      if (sign === quote) quote = ''
      begun += sign
    } else if (sign === '"' || sign === "'") {
      quote = sign
      begun += sign
    } else if (sign === '#' && /\s/.test(rest[i - 1] ?? ' ')) break
    else if (sign === '{' || sign === '[') {
      flows.push({ list: sign === '[', key: undefined })
      begun = ''
    } else if (sign === '}' || sign === ']') {
      flows.pop()
      begun = ''
    } else if (sign === ',' && top) {
      top.key = undefined
      begun = ''
    } else if (sign === ':' && top && !top.list && top.key === undefined && /\s|$/.test(rest[i + 1] ?? ' ')) {
      top.key = unquoted(begun.trim())
      begun = ''
    } else begun += sign
  }
  const top = flows.at(-1)
  const path = blocks.map((one) => one.key)
  for (const flow of flows)
    if (flow.list) path.push('*')
    else if (flow.key !== undefined) path.push(flow.key)
  const writes = top && !top.list && top.key === undefined ? 'key' : 'value'
  return { path, writes, begun: begun.trimStart() }
}

function unquoted(key: string): string {
  return key.replace(/^["']|["']$/g, '')
}
