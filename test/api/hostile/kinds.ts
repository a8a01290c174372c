/** What the routes need to be called: a project just opened, a plan being made, an entry of a register, a file. */
export interface Stage {
  project: string
  declared: string
  /** Its last act is the preliminary review, and nothing else is done with it. */
  reviewed: string
  change: string
  batch: string
  entry: string
  file: string
  draft: string
}

/** One route with a request that is right, and who may not send it. */
export interface HostileRoute {
  route: string
  scope: 'tenant' | 'platform'
  path: (stage: Stage) => string
  /** Party or role that may; on the platform `boss`. */
  who: string
  json?: unknown
  body?: string
  /** Whether it must carry an Idempotency-Key. */
  keyed: boolean
  headers?: Record<string, string>
  /** Others of the same tenant, with the status that they get. */
  wrong?: Record<string, number>
  /** Whether two at once may both succeed. */
  twice?: boolean
}

export const NO_ID = '00000000-0000-7000-8000-000000000000'
export const member = (
  route: string,
  path: (stage: Stage) => string,
  wrong?: Record<string, number>,
): HostileRoute => ({
  route,
  scope: 'tenant',
  path,
  who: 'unit',
  keyed: false,
  wrong,
})
export const projectRead = { 'other-unit': 404 }

/** Every route of the service that a person signs in for. */
