import { integer, type Row, sql, text } from '../../../db/statement.ts'

/** Columns of a list by name: shown or not, where, and whether they stay in sight. */
export type Columns = Record<string, { show?: boolean; order?: number; fixed?: 'left' | 'right' }>

/** What a view shows: the filters as they stand in the address, and the columns. */
export interface ViewContent {
  name: string
  /** Whether everybody in the organisation has it. */
  shared: boolean
  query: string
  columns: Columns
}

/** A view kept under a name. */
export interface SavedView extends ViewContent {
  id: string
  /** Whether the person may change it; others of the organisation may use it. */
  mine: boolean
  /** Who made it. */
  by: string
  version: number
}

/** Columns of `views v` for `viewOf`. */
export const VIEW_COLUMNS = sql`v.id, v.user_id, (SELECT name FROM users WHERE id = v.user_id) AS by_name, v.name, v.shared, v.query,
  v.columns, v.version`

/** A row of `VIEW_COLUMNS` as the person with `userId` sees it. */
export function viewOf(row: Row, userId: string): SavedView {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    shared: integer(row, 'shared') === 1,
    query: text(row, 'query'),
    columns: JSON.parse(text(row, 'columns')) as Columns,
    mine: text(row, 'user_id') === userId,
    by: text(row, 'by_name'),
    version: integer(row, 'version'),
  }
}
