import type { Answered, api } from './api.ts'

/** What the rules say of a project that does not exist yet. */
export type Explanation = Answered<Awaited<ReturnType<(typeof api)[':tenant']['explain']['$post']>>>
