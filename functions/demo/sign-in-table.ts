import type { Database } from '../../db/database.ts'
import { integer, type Row, sql, text } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { shanghaiDay } from '../services/context.ts'
import { DEMO_PASSWORD, roleTitle } from './cast.ts'
import { DEMO_MARK } from './seed-demo.ts'

const MOST = 6

/** How to sign in to the demo and what there is to do; undefined when the data are not the demo's. */
export async function signInTable(deps: Deps): Promise<string | undefined> {
  const control = deps.databases.control()
  const [marks = [], tenants = [], people = []] = await control.read([
    sql`SELECT value FROM meta WHERE key = ${DEMO_MARK}`,
    sql`SELECT t.id, t.name, p.effective_on, p.text FROM tenants t JOIN policies p ON p.tenant_id = t.id ORDER BY t.id`,
    sql`SELECT login, name, role, division FROM platform_users ORDER BY role DESC, login`,
  ])
  if (!marks[0]) return undefined
  const lines = [
    `演示数据(以 ${text(marks[0], 'value')} 为当日生成)。以下账号仅供演示, 口令均为 ${DEMO_PASSWORD} (若未改)`,
    '每个单位都有经办人(下列登录名)、审核人(加 -reviewer)、负责人(-head)、管理员(-admin)、审计员(-auditor)。',
    '',
  ]
  for (const tenant of tenants) lines.push(...(await tenantLines(deps, tenant)), '')
  lines.push('平台(登录时不填租户)')
  lines.push(
    ...people.map((person) => row([text(person, 'login'), text(person, 'name'), '', platformTask(person)])),
  )
  return lines.join('\n')
}

async function tenantLines(deps: Deps, tenant: Row): Promise<string[]> {
  const id = text(tenant, 'id')
  const db = deps.databases.tenant(id)
  const chosen = isDayUnseen(text(tenant, 'text'))
    ? `, 解读未载施行日期, 演示定为 ${text(tenant, 'effective_on')}`
    : ''
  const [counts = []] = await db.read([
    sql`SELECT (SELECT count(*) FROM projects) AS projects,
      (SELECT count(*) FROM todos WHERE due_on < ${shanghaiDay(deps.now())}) AS overdue`,
  ])
  const head = `${text(tenant, 'name')}  租户 ${id}  项目 ${integer(counts[0]!, 'projects')} 个${chosen}`
  return [head, ...(await busiest(db)), ...(await onlookers(db))]
}

/** The handlers with most to do: first one of a unit, then the authorities. */
async function busiest(db: Database): Promise<string[]> {
  const [rows = []] = await db.read([
    sql`SELECT u.login, u.name, o.name AS organisation, count(*) AS open, min(t.sort_key || '|' || t.title || '|'
          || coalesce(p.title, b.title, '')) AS first,
        EXISTS (SELECT 1 FROM organisation_parties op WHERE op.organisation_id = o.id AND op.party = 'unit') AS unit
      FROM todos t JOIN organisations o ON o.id = t.organisation_id
      JOIN users u ON u.organisation_id = o.id AND u.role = 'handler'
      LEFT JOIN projects p ON p.id = t.subject LEFT JOIN batches b ON b.id = t.subject
      WHERE t.open = 1 GROUP BY u.id ORDER BY count(*) DESC, u.login`,
  ])
  const units = rows.filter((one) => integer(one, 'unit') === 1).slice(0, 2)
  const authorities = rows.filter((one) => integer(one, 'unit') === 0).slice(0, MOST - units.length)
  return [...units, ...authorities].map((one) => {
    const [, step, title] = text(one, 'first').split('|')
    const task = `待办 ${integer(one, 'open')} 件, 如「${step}」(${title})`
    return row([
      text(one, 'login'),
      text(one, 'name'),
      `${text(one, 'organisation')} ${roleTitle('handler')}`,
      task,
    ])
  })
}

async function onlookers(db: Database): Promise<string[]> {
  const [rows = []] = await db.read([
    sql`SELECT u.login, u.name, u.role, o.name AS organisation FROM users u JOIN organisations o ON o.id = u.organisation_id
      WHERE u.login = 'admin' OR u.role = 'auditor'
      ORDER BY u.login = 'admin' DESC, u.login LIKE 'audit-%' DESC, u.login LIMIT 2`,
  ])
  return rows.map((one) => {
    const role = text(one, 'role')
    const task = role === 'auditor' ? '查看全部项目和历史, 不办理' : '管理单位和人员'
    return row([
      text(one, 'login'),
      text(one, 'name'),
      `${text(one, 'organisation')} ${roleTitle(role)}`,
      task,
    ])
  })
}

function platformTask(person: Row): string {
  return text(person, 'role') === 'overseer'
    ? `查看 ${String(person.division)} 以下各辖区的汇总, 不含涉密项目`
    : '新增租户, 管理平台'
}

function isDayUnseen(policy: string): boolean {
  return /^\s+effective:\s*unseen\s*$/m.test(policy)
}

function row(cells: readonly [string, string, string, string]): string {
  const [login, name, place, task] = cells
  return `  ${padded(login, 24)}${padded(name, 12)}${padded(place, 36)}${task}`
}

/** Chinese characters take two columns of a terminal. */
function padded(cell: string, width: number): string {
  const taken = [...cell].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
  return cell + ' '.repeat(Math.max(1, width - taken))
}
