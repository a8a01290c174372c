/** Every way in which a request can fail other than by the law. `functions/http/problem.ts` gives each its status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'credentials'
  | 'forbidden'
  | 'not-found'
  | 'taken'
  | 'conflict'
  | 'stale'
  | 'precondition-required'
  | 'key-required'
  | 'key-reused'
  | 'too-large'
  | 'length-required'
  | 'unsupported-type'
  | 'too-many-tries'
  | 'policy-refused'
  | 'no-policy'
  | 'foreign-origin'
  | 'busy'

/** One thing wrong with an input, with a JSON pointer to it. */
export interface InputError {
  pointer: string
  detail: string
}

/** Thrown anywhere below a route, mapped to a problem document once. `detail` is shown to the caller. */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly detail: string,
    readonly extra: { errors?: InputError[]; problems?: unknown[]; retryAfter?: number } = {},
  ) {
    super(`${kind}: ${detail}`)
    this.name = 'AppError'
  }
}

/** The answer for what does not exist and for what another tenant or organisation holds: no difference is shown. */
export function notFound(): AppError {
  return new AppError('not-found', '没有这一项, 或者您不能查看它')
}
