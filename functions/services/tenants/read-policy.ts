import { type PolicyGraph, policyGraph } from '../../core/policy/graph-view.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { type AdoptedPolicy, versionOn } from './policies.ts'

/** The versions of a tenant's policy and the one asked for, as its author wrote it. */
export interface PolicyView {
  versions: {
    hash: string
    effectiveOn: string
    effectiveChosen: boolean
    title: string
    number: string | null
  }[]
  hash: string
  effectiveOn: string
  /** The text does not show its day: whoever adopted it chose the day. */
  effectiveChosen: boolean
  text: string
  document: Record<string, unknown>
}

/** The policy in force on `on` (default today), or the version with `hash`. */
export async function readPolicy(
  ctx: TenantContext,
  query: { on?: string; hash?: string },
): Promise<PolicyView> {
  const { policies } = ctx.deps
  const { rows } = await enter(ctx, isMember, [policies.statement(ctx.tenant)])
  const versions = policies.versions(ctx.tenant, rows[0] ?? [])
  const found = query.hash
    ? versions.find((version) => version.hash === query.hash)
    : versionOn(versions, query.on ?? ctx.today)
  if (!found) throw notFound()
  return {
    versions: versions.map(({ hash, effectiveOn, policy }) => ({
      hash,
      effectiveOn,
      effectiveChosen: isChosen(policy),
      title: policy.document.policy.title,
      number: policy.document.policy.number ?? null,
    })),
    ...viewOf(found),
  }
}

/** A version as it is shown by itself. */
export function viewOf({ hash, effectiveOn, policy, text }: AdoptedPolicy): Omit<PolicyView, 'versions'> {
  return { hash, effectiveOn, effectiveChosen: isChosen(policy), text, document: policy.document }
}

/** The relations of a version as a graph: of the one with `hash`, default of the one in force today. */
export async function readPolicyGraph(
  ctx: TenantContext,
  query: { hash?: string },
): Promise<PolicyGraph & { hash: string }> {
  const { policies } = ctx.deps
  const { rows } = await enter(ctx, isMember, [policies.statement(ctx.tenant)])
  const versions = policies.versions(ctx.tenant, rows[0] ?? [])
  const found = query.hash
    ? versions.find((version) => version.hash === query.hash)
    : versionOn(versions, ctx.today)
  if (!found) throw notFound()
  return { hash: found.hash, ...policyGraph(found.policy) }
}

function isChosen(policy: Policy): boolean {
  return policy.document.policy.effective === 'unseen'
}
