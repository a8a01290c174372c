import { type Position, START, type StreamAppend } from '../../../db/ledger.ts'
import { type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { registerEntryStatement } from '../../../db/tenant/batch-projections.ts'
import type { CaseEvent, ExecutedEvent } from '../../core/policy/command.ts'
import { entriesChanged } from '../../core/policy/engine/registers.ts'
import type { RegisterEntry } from '../../core/policy/model.ts'
import type { TenantContext } from '../context.ts'
import type { LoadedProject, Surroundings, TenantHome } from './case-reads.ts'

/** Where each register stands that has been written to, by its id. */
export type RegistersInHand = Map<string, Position>

type EntryCells = [
  register: string,
  id: string,
  name: string,
  level: string | null,
  from: string | null,
  to: string | null,
  organisation: string | null,
]

/**
 * Statement for what a step needs that writes to registers: where they stand, and the entries of all names that the
 * command, the project or its unit states. None where no version of the tenant writes to one.
 */
export function registersStatements(
  home: TenantHome,
  projectId: string,
  words: readonly string[],
): Statement[] {
  if (!home.deps.policies.writesRegisters(home.tenant)) return []
  const stated = sql`SELECT value FROM json_each(${JSON.stringify([...new Set(words)])}) UNION
    SELECT t.atom FROM streams s, json_tree(s.state) t WHERE t.type = 'text' AND s.stream IN ('project:' || ${projectId},
      'unit:' || (SELECT organisation_id FROM projects WHERE id = ${projectId}))`
  return [
    sql`SELECT (SELECT json_group_array(json_array(register, id, name, level, from_on, to_on, organisation))
        FROM (SELECT * FROM register_entries WHERE name IN (${stated}) ORDER BY register, id)) AS entries,
      (SELECT json_group_array(json_array(a.chain, a.n, a.hash, (SELECT max(version) FROM events WHERE stream = a.chain)))
        FROM (SELECT DISTINCT 'register:' || register AS chain FROM register_entries) r JOIN audit a ON a.chain = r.chain
        AND a.n = (SELECT max(n) FROM audit WHERE chain = r.chain)) AS heads`,
  ]
}

/** What `registersStatements` found; its entries go before the nameless ones among the surroundings. */
export function registersInHand(around: Surroundings, rows: readonly Row[] | undefined): RegistersInHand {
  const row = rows?.[0]
  if (!row) return new Map()
  const found = new Map<string, RegisterEntry[]>()
  for (const [register, id, name, level, from, to, organisation] of JSON.parse(
    text(row, 'entries'),
  ) as EntryCells[]) {
    const entry = {
      id,
      name,
      level: level ?? undefined,
      from: from ?? undefined,
      to: to ?? undefined,
      organisation: organisation ?? undefined,
    }
    found.set(register, [...(found.get(register) ?? []), entry])
  }
  for (const [register, named] of found) {
    const names = new Set(named.map((one) => one.name))
    const rest = around.registers.get(register)?.filter((one) => !names.has(one.name)) ?? []
    around.registers.set(register, [...named, ...rest])
  }
  const heads = JSON.parse(text(row, 'heads')) as [string, number, string, number][]
  return new Map(
    heads.map(([chain, n, hash, version]) => [chain.slice('register:'.length), { n, hash, version }]),
  )
}

/**
 * What executions wrote to registers, as events of their streams that name the execution as their cause. No row of another
 * case hangs on a register: it is looked at only when somebody acts.
 */
export function registersWritten(
  ctx: Pick<TenantContext, 'deps' | 'today'>,
  hand: { project: LoadedProject; around: Surroundings; registers: RegistersInHand },
  events: readonly CaseEvent[],
  action: string,
): { others: StreamAppend[]; projections: Statement[] } {
  const changes = new Map<string, { entries: RegisterEntry[]; events: StreamAppend['events'][number][] }>()
  const projections: Statement[] = []
  const writes = events.flatMap((event, i) => writesOf(event).map((write) => ({ write, i })))
  for (const { write, i } of writes) {
    const { register } = write
    const change = changes.get(register) ?? {
      entries: [...(hand.around.registers.get(register) ?? [])],
      events: [],
    }
    changes.set(register, change)
    for (const made of entriesChanged(change.entries, write)) {
      const entry = { ...made, id: made.id ?? ctx.deps.newId() }
      change.entries = [...change.entries.filter((one) => one.id !== entry.id), entry]
      const { id, name, level = null, from = null, to = null, organisation = null } = entry
      change.events.push({
        type: 'register-changed',
        on: ctx.today,
        payload: { register, entry: { id, name, level, from, to, organisation } },
        cause: `project:${hand.project.id}@${hand.project.position.version + 1 + i}`,
      })
      projections.push(registerEntryStatement(register, entry))
    }
  }
  const others = [...changes].map(([register, change]) => ({
    stream: `register:${register}`,
    position: hand.registers.get(register) ?? START,
    action,
    events: change.events,
  }))
  return { others, projections }
}

function writesOf(event: CaseEvent): NonNullable<ExecutedEvent['registers']> {
  return event.type === 'executed' ? (event.registers ?? []) : []
}
