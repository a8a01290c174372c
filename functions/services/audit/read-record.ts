import { integer, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import { takeInHand } from '../cases/case-command.ts'
import { writtenFacts } from '../cases/written-facts.ts'
import type { TenantContext } from '../context.ts'
import { isMember } from '../enter.ts'
import type { AuditRow, EventRow } from './chain-check.ts'
import { checkRecord, type RecordVerdict } from './check-record.ts'
import { type ProjectRecord, RECORD_FORMAT, type RecordChain } from './record.ts'

/** How the audit chain of a project stands, checked now. */
export interface Verification extends RecordVerdict {
  chain: string
  /** The head that was copied out of the tenant's database, and when. */
  anchor: RecordChain['anchor']
  checkedAt: string
}

/** One project's record with all its chains, for whoever may see the project: one read of the tenant, one of the anchors. */
export async function readRecord(ctx: TenantContext, projectId: string): Promise<ProjectRecord> {
  const own = `project:${projectId}`
  const chains = sql`SELECT ${own} UNION ALL SELECT 'material:' || material_id FROM material_uses WHERE project_id = ${projectId}`
  const { hand, rest } = await takeInHand(ctx, {
    projectId,
    may: isMember,
    input: undefined,
    more: [
      sql`SELECT stream, version, type, effective_on, recorded_at, actor, cause, payload FROM events
        WHERE stream IN (${chains}) ORDER BY stream, version`,
      sql`SELECT chain, n, prev, hash, algorithm, entry FROM audit WHERE chain IN (${chains}) ORDER BY chain, n`,
      sql`SELECT DISTINCT m.id, m.name, m.size, m.sha256 FROM material_uses u
        JOIN materials m ON m.id = u.material_id WHERE u.project_id = ${projectId} ORDER BY m.id`,
      sql`SELECT hash, effective_on, text FROM policies ORDER BY effective_on`,
      sql`SELECT o.name FROM projects p JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ${projectId}`,
    ],
  })
  const [events = [], entries = [], files = [], policies = [], organisation = []] = rest
  const names = [own, ...files.map((row) => `material:${text(row, 'id')}`)]
  const anchors = await anchorsOf(ctx, names)
  const { project, adopted, around, outside } = hand
  const { version, n, hash } = project.position
  return {
    format: RECORD_FORMAT,
    tenant: ctx.tenant,
    madeAt: ctx.now.toISOString(),
    project: {
      id: project.id,
      title: project.title,
      organisationId: project.organisationId,
      organisation: organisation[0] ? text(organisation[0], 'name') : '',
      policy: adopted.hash,
    },
    facts: writtenFacts(adopted.policy, project.state.facts),
    unit: writtenFacts(adopted.policy, outside.unit.facts),
    policies: policies.map((row) => ({
      hash: text(row, 'hash'),
      effectiveOn: text(row, 'effective_on'),
      title: around.versions.find((one) => one.hash === row.hash)?.policy.document.policy.title ?? '',
      text: text(row, 'text'),
    })),
    chains: names.map((chain) => ({
      chain,
      events: events.filter((row) => row.stream === chain).map(eventOf),
      entries: entries.filter((row) => row.chain === chain).map(entryOf),
      head: chain === own ? { version, n, hash } : null,
      anchor: anchors.get(chain) ?? null,
    })),
    files: files.map((row) => ({
      id: text(row, 'id'),
      name: text(row, 'name'),
      size: integer(row, 'size'),
      sha256: text(row, 'sha256'),
    })),
  }
}

/** Verifies the project's record as it stands in the database now. */
export async function verifyProject(ctx: TenantContext, projectId: string): Promise<Verification> {
  const record = await readRecord(ctx, projectId)
  const [own] = record.chains
  return {
    ...checkRecord(record),
    chain: own!.chain,
    anchor: own!.anchor,
    checkedAt: record.madeAt,
  }
}

async function anchorsOf(
  ctx: TenantContext,
  chains: readonly string[],
): Promise<Map<string, NonNullable<RecordChain['anchor']>>> {
  const [rows = []] = await ctx.deps.databases.control().read([
    sql`SELECT chain, n, hash, seen_at FROM anchors WHERE tenant_id = ${ctx.tenant}
      AND chain IN (SELECT value FROM json_each(${JSON.stringify(chains)}))`,
  ])
  return new Map(
    rows.map((row) => [
      text(row, 'chain'),
      { n: integer(row, 'n'), hash: text(row, 'hash'), seenAt: text(row, 'seen_at') },
    ]),
  )
}

function eventOf(row: Row): EventRow {
  return {
    stream: text(row, 'stream'),
    version: integer(row, 'version'),
    type: text(row, 'type'),
    effective_on: text(row, 'effective_on'),
    recorded_at: text(row, 'recorded_at'),
    actor: text(row, 'actor'),
    cause: optionalText(row, 'cause') ?? null,
    payload: text(row, 'payload'),
  }
}

function entryOf(row: Row): AuditRow {
  return {
    chain: text(row, 'chain'),
    n: integer(row, 'n'),
    prev: text(row, 'prev'),
    hash: text(row, 'hash'),
    algorithm: text(row, 'algorithm'),
    entry: text(row, 'entry'),
  }
}
