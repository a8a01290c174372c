import { useEffect, useRef, useState } from 'react'
import { type Answered, ApiError, answer, api, keyed, newKey } from '../../shared/api.ts'
import { type Conflict, conflictOf } from '../../shared/conflict/conflict.ts'
import { useTenant } from '../../shared/me.ts'
import { useQuery } from '../../shared/query.ts'

const drafts = api[':tenant'].drafts

/** What a declaration has so far. */
export interface Declared {
  title?: string
  facts?: Record<string, unknown>
}

type Draft = Answered<Awaited<ReturnType<(typeof drafts)[':id']['$get']>>>

/** The name of the title among the facts, which no fact can have. */
export const TITLE = 'draft.title'

/** Asked for instead of a draft's id by who begins another declaration beside those that are kept. */
export const ANOTHER = 'new'

/** The draft that is asked for, else the person's newest; null where there is none and for `ANOTHER`. */
export function useStoredDraft(asked: string | undefined) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['draft', tenant, asked ?? 'newest'],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Draft | null> => {
      if (asked === ANOTHER) return null
      const list = asked
        ? [{ id: asked, kind: 'declaration' }]
        : (await answer(drafts.$get({ param: { tenant }, query: { limit: '10' } }))).items
      const found = list.find((one) => one.kind === 'declaration')
      return found ? answer(drafts[':id'].$get({ param: { tenant, id: found.id } })) : null
    },
  })
}

interface Kept {
  id?: string
  version: number
  content: Declared
}

/**
 * Keeps a draft on the server a moment after each change, one saving after the other. When it was saved elsewhere
 * meanwhile, what does not clash is merged through `merge`, the rest is `conflict` until `solved`.
 */
export function useAutosave(
  stored: Draft | null,
  values: Declared,
  merge: (values: Declared) => void,
): {
  savedAt?: Date
  failed: boolean
  conflict?: Conflict
  solved: () => void
  drop: () => Promise<void>
} {
  const tenant = useTenant()
  const kept = useRef<Kept>({ id: stored?.id, version: stored?.version ?? 0, content: stored?.content ?? {} })
  const queue = useRef(Promise.resolve())
  const dropped = useRef(false)
  const [savedAt, setSavedAt] = useState<Date>()
  const [failed, setFailed] = useState(false)
  const [conflict, setConflict] = useState<Conflict>()
  const text = JSON.stringify(values)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the values is a change of their text
  useEffect(() => {
    const known = JSON.stringify(kept.current.content)
    if (conflict || dropped.current || !isFilled(values) || same(text, known)) return
    const timer = setTimeout(() => {
      queue.current = queue.current.then(() => save(values))
    }, 600)
    return () => clearTimeout(timer)
  }, [text, conflict])
  const save = async (content: Declared): Promise<void> => {
    if (dropped.current) return
    const json = { title: (content.title ?? '').trim().slice(0, 200), content: { ...content } }
    try {
      const { id, version } = kept.current
      const done = id
        ? await answer(
            drafts[':id'].$put({ param: { tenant, id }, json }, { headers: { 'if-match': `"${version}"` } }),
          )
        : await answer(
            drafts.$post({ param: { tenant }, json: { kind: 'declaration', ...json } }, keyed(newKey())),
          )
      kept.current = { id: done.id, version: done.version, content }
      // A reload comes back to this declaration; the router need not know, or it would load the page anew.
      if (!id) history.replaceState(history.state, '', `?draft=${done.id}`)
      setSavedAt(new Date())
      setFailed(false)
    } catch (error) {
      await meet(error, content)
    }
  }
  const meet = async (error: unknown, mine: Declared): Promise<void> => {
    const status = error instanceof ApiError ? error.problem.status : 0
    const { id } = kept.current
    if (status === 404) kept.current = { version: 0, content: {} }
    if (status !== 412 || !id) return setFailed(true)
    const theirs = await answer(drafts[':id'].$get({ param: { tenant, id } }))
    const found = conflictOf(flat(kept.current.content), flat(mine), flat(theirs.content))
    kept.current = { id, version: theirs.version, content: theirs.content }
    if (found.clashes.length > 0) setConflict(found)
    else merge(unflat(found.merged))
  }
  return {
    savedAt,
    failed,
    conflict,
    solved: () => setConflict(undefined),
    drop: async () => {
      dropped.current = true
      await queue.current
      const { id } = kept.current
      if (id) await answer(drafts[':id'].$delete({ param: { tenant, id } })).catch(() => undefined)
      kept.current = { version: 0, content: {} }
      setSavedAt(undefined)
      dropped.current = false
    },
  }
}

function flat({ title, facts }: Declared): Record<string, unknown> {
  return { ...facts, ...(title === undefined ? {} : { [TITLE]: title }) }
}

/** A declaration from its fields with the title among them. */
export function unflat({ [TITLE]: title, ...facts }: Record<string, unknown>): Declared {
  return { ...(typeof title === 'string' ? { title } : {}), facts }
}

function isFilled({ title, facts }: Declared): boolean {
  return Object.values({ ...facts, title }).some((value) => value !== undefined && value !== '')
}

function same(a: string, b: string): boolean {
  const sorted = (text: string) => JSON.stringify(Object.entries(flat(JSON.parse(text))).sort())
  return sorted(a) === sorted(b)
}
