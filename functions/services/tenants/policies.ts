import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { loadPolicy } from '../../core/policy/load.ts'
import type { CountRule, Policy } from '../../core/policy/model.ts'
import { DirectoryCache } from './directory.ts'

const KEPT = 100

/** A policy version as adopted: from which day, and its text compiled. */
export interface AdoptedPolicy {
  hash: string
  effectiveOn: string
  policy: Policy
  text: string
}

/**
 * Compiled policies by tenant and text hash. Pure data, so it may outlive a request on any runtime; a hash never
 * changes its meaning, so nothing here goes stale.
 */
export class PolicyCache {
  #tenants = new Map<string, Map<string, AdoptedPolicy>>()

  /** What else changes rarely, kept beside. */
  readonly directories = new DirectoryCache()

  /** Hashes of the tenant's versions whose text need not be read again, as a JSON array. */
  known(tenant: string): string {
    return JSON.stringify([...(this.#tenants.get(tenant)?.keys() ?? [])])
  }

  /** Statement for the tenant's versions; texts that are known here stay in the database. */
  statement(tenant: string): Statement {
    return sql`SELECT hash, effective_on, CASE WHEN hash IN (SELECT value FROM json_each(${this.known(tenant)})) THEN NULL ELSE text END AS text
      FROM policies ORDER BY effective_on`
  }

  /** Over what the tenant's versions count other projects, as far as they are known here; undefined when none is. */
  counting(tenant: string): Set<CountRule['over']> | undefined {
    const known = this.#tenants.get(tenant)
    if (!known) return undefined
    return new Set([...known.values()].flatMap(({ policy }) => policy.counts.map((count) => count.over)))
  }

  /** Whether a version keeps parties apart, as far as they are known here; while none is, one may. */
  keepsApart(tenant: string): boolean {
    const known = this.#tenants.get(tenant)
    if (!known) return true
    return [...known.values()].some(({ policy }) => policy.aparts.length > 0 || policy.bodies.size > 0)
  }

  /** Whether a project may go into another, as far as the versions are known here; while none is, one may. */
  absorbs(tenant: string): boolean {
    const known = this.#tenants.get(tenant)
    return !known || [...known.values()].some(({ policy }) => absorbing(policy))
  }

  /** Whether executing a step may write to a register, as far as the versions are known here; while none is, one may. */
  writesRegisters(tenant: string): boolean {
    const known = this.#tenants.get(tenant)
    if (!known) return true
    return [...known.values()].some(({ policy }) =>
      policy.steps.some((step) => step.outcomes.some((outcome) => outcome.registers.length > 0)),
    )
  }

  /** The versions that `statement` found, oldest first. */
  versions(tenant: string, rows: readonly Row[]): AdoptedPolicy[] {
    const known = this.#tenants.get(tenant) ?? new Map<string, AdoptedPolicy>()
    this.#tenants.delete(tenant)
    this.#tenants.set(tenant, known)
    if (this.#tenants.size > KEPT) this.#tenants.delete(this.#tenants.keys().next().value!)
    return rows.map((row) => {
      const hash = text(row, 'hash')
      const adopted = known.get(hash) ?? compile(tenant, hash, text(row, 'effective_on'), text(row, 'text'))
      known.set(hash, adopted)
      return adopted
    })
  }

  /** A version whose text is at hand, for readers that are not in the tenant; keeps nothing new. */
  compiled(tenant: string, version: Pick<AdoptedPolicy, 'hash' | 'effectiveOn' | 'text'>): AdoptedPolicy {
    const known = this.#tenants.get(tenant)?.get(version.hash)
    return known ?? compile(tenant, version.hash, version.effectiveOn, version.text)
  }
}

/** The version in force on a day: the newest that has begun and has not expired. */
export function versionOn(versions: readonly AdoptedPolicy[], day: string): AdoptedPolicy | undefined {
  const begun = versions.filter((version) => version.effectiveOn <= day).at(-1)
  const expires = begun?.policy.document.policy.expires
  return expires !== undefined && expires < day ? undefined : begun
}

/** A version that a record carries, compiled outside of any cache. */
export function compileAdopted(
  tenant: string,
  version: Pick<AdoptedPolicy, 'hash' | 'effectiveOn' | 'text'>,
): AdoptedPolicy {
  return compile(tenant, version.hash, version.effectiveOn, version.text)
}

function compile(tenant: string, hash: string, effectiveOn: string, source: string): AdoptedPolicy {
  const { policy } = loadPolicy(source, `${tenant}/${effectiveOn}.yaml`)
  if (!policy) throw new Error(`the adopted policy ${hash} of ${tenant} does not compile`)
  return { hash, effectiveOn, policy: { ...policy, effective: effectiveOn }, text: source }
}

/** Whether a policy lets a project go into another. */
export function absorbing(policy: Policy): boolean {
  return policy.steps.some((step) => step.outcomes.some((outcome) => outcome.absorbed))
}
