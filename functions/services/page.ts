import { AppError } from './errors.ts'

/** How a list is asked for: so many rows after the cursor that the page before gave. */
export interface PageRequest {
  limit: number
  after?: string
}

/** One page; `next` is the cursor of the following one, null at the end. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** The key columns of the last row, as an opaque text. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key columns that `encodeCursor` was given. Throws `malformed` for anything else. */
export function decodeCursor(cursor: string | undefined, columns: number): string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length === columns && key.every((part) => typeof part === 'string'))
      return key as string[]
  } catch {
    // falls through to the refusal
  }
  throw new AppError('malformed', '分页游标无效')
}

/** A page out of `limit + 1` rows: the extra row only tells that there is more. */
export function pageOf<R, T>(
  rows: readonly R[],
  request: PageRequest,
  item: (row: R) => T,
  key: (row: R) => string[],
): Page<T> {
  const shown = rows.slice(0, request.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(item),
    next: rows.length > request.limit && last ? encodeCursor(key(last)) : null,
  }
}
