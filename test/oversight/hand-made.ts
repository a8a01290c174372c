import { catchUp } from '../../functions/services/oversight/rebuild-oversight.ts'
import { addPlatform, PASSWORD, POLICY, type World } from '../api/harness.ts'
import { foundFrom } from './province.ts'
import type { Scribe } from './scribe.ts'
import {
  approve,
  contract,
  declare,
  firstReview,
  life,
  list,
  pay,
  procure,
  propose,
  reject,
  review,
  startPayment,
  supervise,
} from './steps.ts'

const PLACES = [
  ['tianning', '天宁', '320402', ', superior: "320400"'],
  ['lianyungang', '连云港', '320700', ', superior: "320000"'],
  ['gulou', '鼓楼', '320106', ', superior: "320100"'],
  ['luan', '六安', '341500', ', superior: "340000"'],
  ['jiyuan', '济源', '419001', ', superior: "410000"'],
  // A division without a stated superior, and one whose stated superior is not what its code says.
  ['changshu', '常熟', '320581', ''],
  ['zone', '飞地', '320999', ', superior: "340000"'],
] as const

const OVERSEERS = {
  jiangsu: '320000',
  anhui: '340000',
  henan: '410000',
  changzhou: '320400',
  county: '320402',
}

/** Six projects whose numbers are known, and a secret one. */
export async function handMade(world: World): Promise<Map<string, Scribe>> {
  const scribes = new Map<string, Scribe>()
  for (const [id, name, division, superior] of PLACES) {
    const text = POLICY.replace(
      'id: hedong, name: 河东市, division: "990100", level: city, superior: "990000"',
      `id: ${id}, name: ${name}, division: "${division}", level: city${superior}`,
    )
    scribes.set(id, await foundFrom(world, text, 'policy.yaml'))
  }
  const [tianning, lianyungang, luan] = ['tianning', 'lianyungang', 'luan'].map((id) => scribes.get(id)!)
  const reviewed = [declare('2026-06-15'), firstReview('2026-07-01'), review('2026-07-11')]
  const planned = [
    ...reviewed,
    propose('2026-07-20'),
    approve('2026-08-10', '580万元'),
    list('2026-12-20', '560万元'),
  ]
  await life(tianning!, '甲', '2026-06-15', { estimate: '600万元' }, ...planned)
  await life(tianning!, '乙', '2026-06-15', { estimate: '100万元' }, declare('2026-06-15'))
  await life(
    lianyungang!,
    '丙',
    '2026-06-15',
    { estimate: '700万元' },
    ...planned,
    supervise('2027-01-10'),
    procure('2027-02-10'),
    contract('2027-03-01', '550万元', '2027-09-30'),
    startPayment('2027-03-20'),
    pay('2027-03-20', '165万元'),
  )
  await life(
    lianyungang!,
    '丁',
    '2026-06-15',
    { estimate: '50万元' },
    declare('2026-06-20'),
    reject('2026-07-05'),
  )
  await life(lianyungang!, '戊', '2026-06-15', { estimate: '30万元', planYear: 2028, nature: 'maintenance' })
  await life(luan!, '己', '2026-06-15', { estimate: '800万元' }, declare('2026-06-15'))
  await life(lianyungang!, '秘', '2026-06-15', { secret: true }, declare('2026-06-15'))
  world.clock.now = new Date('2027-04-01T02:00:00.000Z')
  await catchUp(world.deps)
  return scribes
}

/** Signs in an overseer of each division; gives the tokens by login. */
export async function overseers(world: World): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {}
  for (const [login, division] of Object.entries(OVERSEERS)) {
    await addPlatform(world, { login, name: login, role: 'overseer', division })
    const answer = await world.call('POST', '/api/session', { json: { login, password: PASSWORD } })
    tokens[login] = answer.body.token
  }
  return tokens
}
