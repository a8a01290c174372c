import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'

/** Line and column (from 1) of the node at a path of a YAML document; of its key when the value is absent. */
export function locate(
  document: Document,
  lines: LineCounter,
  path: (string | number)[],
): { line: number; column: number } {
  let node: Node | null | undefined = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part)) as
        | Pair<Node, Node>
        | undefined
      if (!pair) break
      offset = pair.key?.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(part)] as Node | undefined
      offset = node?.range?.[0] ?? offset
    } else break
  }
  const at = lines.linePos(offset)
  return { line: at.line, column: at.col }
}
