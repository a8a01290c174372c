import type { Deps } from '../deps.ts'
import {
  type RehearsalPlan,
  type RehearsedProject,
  rehearseInTenant,
} from '../services/tenants/rehearse-policy.ts'

const STATES = { excluded: '不适用', blocked: '尚不能办', open: '可以办', done: '已办' } as const
const STAYS = {
  'no-transition': '新版没有过渡规定',
  'other-version': '所适用的版本不在过渡之列',
  past: '已办过过渡规定所指的环节',
  stage: '所处阶段不在过渡之列',
  'would-end': '转过去项目即告终止, 须由人处理',
} as const

/** Plays a change of rules on all running projects of a tenant and prints what would change, project by project. */
export async function printRehearsal(deps: Deps, plan: RehearsalPlan, json: boolean): Promise<void> {
  const items: RehearsedProject[] = []
  let [looked, on, effectiveOn] = [0, '', '']
  for (let after: string | undefined; ; ) {
    const page = await rehearseInTenant(deps, { ...plan, after })
    looked += page.looked
    ;({ on, effectiveOn } = page)
    items.push(...page.items)
    if (page.next === null) break
    after = page.next
  }
  if (json) return console.log(JSON.stringify({ effectiveOn, on, looked, items }))
  console.log(`自 ${effectiveOn} 起施行, 按 ${on} 看在办项目 ${looked} 个`)
  for (const item of items) printOne(item)
  const moving = items.filter((item) => item.moves).length
  console.log(`转为适用新版的 ${moving} 个, 其余 ${looked - moving} 个仍按原版本`)
}

function printOne({ project, moves, stays, stage, ended, steps, duties }: RehearsedProject): void {
  const how =
    moves === 'unbound' ? '尚未定版, 随之适用新版' : stays ? `仍按原版本: ${STAYS[stays]}` : '转为适用新版'
  console.log(`\n${project.title} (${project.id}) ${how}`)
  if (stage.before !== stage.after) console.log(`  阶段: ${stage.beforeTitle} → ${stage.afterTitle}`)
  if (ended.before !== ended.after) console.log(`  终止: ${ended.before ?? '否'} → ${ended.after ?? '否'}`)
  for (const { title, before, after } of steps) {
    const look = (one: typeof before): string =>
      one ? `${STATES[one.state]}${one.dueOn ? `(${one.dueOn} 前)` : ''}` : '没有这一环节'
    console.log(`  ${title}: ${look(before)} → ${look(after)}`)
  }
  for (const { title, before, after } of duties) {
    const look = (one: typeof before): string =>
      one ? (one.dueOn ? `${one.dueOn} 前办理${one.overdue ? '(逾期)' : ''}` : '应办') : '无'
    console.log(`  待办 ${title}: ${look(before)} → ${look(after)}`)
  }
}
