import { addDays } from '../core/values/day.ts'
import type { Deps } from '../deps.ts'
import { type CastMember, DEMO_PASSWORD } from './cast.ts'
import type { DemoTenant } from './demo-files.ts'
import { demoPasswordHash, foundTenant } from './found-demo.ts'
import { answerOf, openOffice, type Send } from './office.ts'
import type { Scene } from './play.ts'
import type { DemoClock } from './seed-demo.ts'

/**
 * A jurisdiction with its organisations and people, before anything has happened in it. Everything after that goes
 * through `send`: people sign in with their passwords, anew each day.
 */
export async function openCity(
  deps: Deps,
  clock: DemoClock,
  tenant: DemoTenant,
  base: string,
  send: Send,
): Promise<{ scene: Scene; effectiveOn: string }> {
  const first = tenant.life.acts.find((act) => act.on)?.on ?? ''
  clock.now = new Date(`${addDays(first, -30)}T01:00:00.000Z`)
  const cast = await foundTenant(deps, tenant, await demoPasswordHash(deps))
  const tokens = new Map<string, string>()
  let day = ''
  let keys = 0
  const signIn = async (member: CastMember): Promise<string> => {
    const json = { tenant: member.tenant, login: member.login, password: DEMO_PASSWORD }
    const { status, body } = await answerOf(
      await send(
        new Request(`${base}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(json),
        }),
      ),
    )
    if (status !== 201 || !body.token)
      throw new Error(`${member.login} cannot sign in: ${status} ${body.detail ?? ''}`)
    return body.token
  }
  const office = openOffice({
    base,
    send,
    newKey: () => `demo-${tenant.id}-${++keys}`,
    async token(member) {
      const known = tokens.get(member.id)
      if (known) return known
      const token = await signIn(member)
      tokens.set(member.id, token)
      return token
    },
    day: () => day,
    async goTo(wanted) {
      if (wanted === day) return
      day = wanted
      tokens.clear()
      clock.now = new Date(`${day}T01:00:00.000Z`)
    },
  })
  const scene = { cast, office, projects: new Map(), batches: new Map() }
  const { effective } = tenant.policy.document.policy
  const effectiveOn = tenant.dayUnseen ? tenant.demo.effectiveOn! : effective
  return { scene, effectiveOn }
}
