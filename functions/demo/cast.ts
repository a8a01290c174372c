import { createHash } from 'node:crypto'
import type { Policy } from '../core/policy/model.ts'
import type { Role } from '../services/enter.ts'

/** One password for everybody of the demo. It is printed at every start, so it protects nothing. */
export const DEMO_PASSWORD = 'demo-pass-2026'

/** An organisation of a demo tenant. */
export interface CastOrganisation {
  id: string
  name: string
  parties: string[]
}

/** A person of the demo. */
export interface CastMember {
  tenant: string
  id: string
  login: string
  name: string
  role: Role
  organisation: CastOrganisation
}

/** Everybody of one tenant, with the policy by which they act. */
export interface Cast {
  tenant: string
  policy: Policy
  organisations: CastOrganisation[]
  members: CastMember[]
}

const ROLES: { role: Role; title: string; suffix: string }[] = [
  { role: 'handler', title: '经办人', suffix: '' },
  { role: 'reviewer', title: '审核人', suffix: '-reviewer' },
  { role: 'head', title: '负责人', suffix: '-head' },
  { role: 'administrator', title: '管理员', suffix: '-admin' },
  { role: 'auditor', title: '审计员', suffix: '-auditor' },
]

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'
const GIVEN = [
  '敏',
  '静',
  '伟',
  '磊',
  '洋',
  '婷',
  '志强',
  '晓东',
  '雪梅',
  '建平',
  '丽华',
  '海涛',
  '文博',
  '思远',
  '佳怡',
  '国栋',
]

/** What a role is called. */
export function roleTitle(role: string): string {
  return ROLES.find((one) => one.role === role)?.title ?? role
}

/** One person of each role in every organisation; logins say what the organisation is: `finance-head`, `unit2`. */
export function castOf(
  tenant: string,
  policy: Policy,
  organisations: CastOrganisation[],
  newId: () => string,
): Cast {
  let units = 0
  const members = organisations.flatMap((organisation) => {
    const isUnit = organisation.parties.includes('unit')
    const base = isUnit ? `unit${++units}` : organisation.parties[0]!
    return ROLES.map(({ role, suffix }) => {
      const login = `${base}${suffix}`
      return { tenant, id: newId(), login, name: personName(`${tenant} ${login}`), role, organisation }
    })
  })
  return { tenant, policy, organisations, members }
}

/** The same name for the same seed, so that every demo has the same people. */
function personName(seed: string): string {
  const hash = createHash('sha256').update(seed).digest()
  const surname = [...SURNAMES][hash.readUInt16BE(0) % SURNAMES.length]!
  return surname + GIVEN[hash.readUInt16BE(2) % GIVEN.length]!
}

/**
 * The organisation that acts for a party in a project of `unit`: a party that is the same body as another, decides
 * through an office or is recorded by another acts through that one.
 */
export function organisationFor(cast: Cast, party: string, unit: CastOrganisation): CastOrganisation {
  const rule = cast.policy.document.parties[party]
  if (!rule) throw new Error(`${cast.tenant}: no party ${party}`)
  const via = rule.same ?? rule.collective?.office ?? (rule.external ? rule.recordedBy : undefined)
  if (via !== undefined && via !== party) return organisationFor(cast, via, unit)
  if (party === 'unit') return unit
  const found = cast.organisations.find((one) => one.parties.includes(party))
  if (!found) throw new Error(`${cast.tenant}: nobody holds ${party}`)
  return found
}

/** Whether an organisation may speak for several parties, so that it must say for which. */
export function holdsSeveral(cast: Cast, organisation: CastOrganisation): boolean {
  const parties = Object.keys(cast.policy.document.parties).filter((party) => {
    const rule = cast.policy.document.parties[party]!
    if (rule.from && party !== 'unit') return false
    return (
      organisationFor(cast, party, organisation.parties.includes('unit') ? organisation : NOBODY) ===
      organisation
    )
  })
  return parties.length > 1
}

const NOBODY: CastOrganisation = { id: '', name: '', parties: [] }

/** The person of a role in an organisation. */
export function memberOf(cast: Cast, organisation: CastOrganisation, role: Role): CastMember {
  return cast.members.find((one) => one.organisation === organisation && one.role === role)!
}

/** The unit with this number, from 1. */
export function unitOf(cast: Cast, number: number): CastOrganisation {
  const unit = cast.organisations.filter((one) => one.parties.includes('unit'))[number - 1]
  if (!unit) throw new Error(`${cast.tenant}: no unit ${number}`)
  return unit
}
