import type { Lens } from './check/lens.ts'
import { literalText } from './diff-literals.ts'
import { conditions, type Said, type Sides } from './diff-say.ts'
import { same } from './diff-values.ts'
import { citations } from './diff-words.ts'

/** What an outcome brings about, or a sanction bars: a list of which each item names a step, a sanction or a plan. */

interface Piece {
  name: string
  raw: Record<string, unknown>
}

const NAMES = ['step', 'sanction', 'from', 'plan', 'procedure', 'to']

function piecesOf(raw: unknown): Piece[] {
  return (raw === undefined ? [] : [raw].flat()).map((one) => {
    const map = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : { step: one }
    const key = NAMES.find((name) => typeof map[name] === 'string')
    return { name: key === undefined ? '' : String(map[key]), raw: map }
  })
}

/** What came, what went, and what is said otherwise of the same name; a condition alone is said by itself. */
export function pieces(from: unknown, to: unknown, sides: Sides): Said[] {
  const [old, now] = [piecesOf(from), piecesOf(to)]
  const left = [...old]
  const take = (fits: (one: Piece) => boolean): Piece | undefined => {
    const at = left.findIndex(fits)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const text = ({ raw }: Piece, lens: Lens) =>
    literalText(raw, { lens, scope: sides.scope, nameOf: sides.nameOf })
  const kept = now.map((piece) => take((one) => same(one.raw, piece.raw)))
  const said = now.flatMap((piece, i): Said[] => {
    if (kept[i]) return []
    const was = take(({ name }) => name === piece.name)
    const own = piece.raw.article === undefined ? {} : { article: citations(piece.raw.article) }
    if (!was) return [{ kind: 'added', message: text(piece, sides.after), after: piece.raw, ...own }]
    const rest = ({ raw: { when: _, ...others } }: Piece) => others
    if (!same(rest(was), rest(piece)))
      return [
        {
          message: `${text(was, sides.before)} → ${text(piece, sides.after)}`,
          before: was.raw,
          after: piece.raw,
          ...own,
        },
      ]
    return conditions(was.raw.when, piece.raw.when, sides).map((one) => ({
      ...one,
      message: `「${sides.nameOf(piece.name)}」的适用条件: ${one.message}`,
      ...own,
    }))
  })
  const gone = left.map(
    (piece): Said => ({ kind: 'removed', message: text(piece, sides.before), before: piece.raw }),
  )
  if (said.length + gone.length > 0) return [...said, ...gone]
  return [{ message: '次序有改动', before: from, after: to }]
}
