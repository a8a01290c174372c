import { retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { type DeskView, putDown, type TodoRef, takeTodo } from './todo-in-hand.ts'

export interface UrgeTodo extends TodoRef {
  /** Whose to-do it is. */
  organisationId: string
  note?: string
}

/** Reminds another organisation of its to-do in a project that the person's own has a part in; once a day. */
export async function urgeTodo(ctx: TenantContext, input: UrgeTodo): Promise<DeskView> {
  const { subject, item, organisationId, note } = input
  return retried(async () => {
    const hand = await takeTodo(ctx, { subject, item }, organisationId)
    if (hand.entry.answered) return hand.entry.answered
    if (organisationId === hand.entry.actor.organisationId)
      throw new AppError('forbidden', '这是本单位自己的待办, 可以转交同事, 不能催办')
    if (!hand.todo.open) throw new AppError('conflict', '这一事项的条件未齐, 对方现在还不能办理')
    if (hand.desk.urgedOn === ctx.today)
      throw new AppError('conflict', '这一待办今天已经催办过, 明天可以再催')
    return putDown(ctx, { subject, item }, hand, { type: 'urged', note })
  })
}
