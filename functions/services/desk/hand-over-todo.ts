import { sql, text } from '../../../db/statement.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import { retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { type DeskView, putDown, type TodoRef, takeTodo } from './todo-in-hand.ts'

export interface HandOverTodo extends TodoRef {
  /** The colleague. */
  to: string
  note?: string
}

/**
 * Passes a to-do of the person's organisation to a colleague who acts for it too. It says who sees to it; every
 * officer of the organisation may still act.
 */
export async function handOverTodo(ctx: TenantContext, input: HandOverTodo): Promise<DeskView> {
  const { subject, item, to, note } = input
  return retried(async () => {
    const hand = await takeTodo(ctx, { subject, item }, undefined, [
      sql`SELECT name FROM users WHERE id = ${to} AND organisation_id = ${ownOrganisation(ctx)} AND status = 'active'
        AND role IN ('handler', 'reviewer', 'head')`,
    ])
    if (hand.entry.answered) return hand.entry.answered
    const colleague = hand.rest[0]?.[0]
    if (!colleague)
      throw new AppError('malformed', '只能转交本单位在用的经办、审核或负责人', {
        errors: [{ pointer: '#/to', detail: '不是本单位可以办理的人员' }],
      })
    if (hand.holder?.id === to) throw new AppError('conflict', '这一待办已经在此人手上')
    return putDown(ctx, { subject, item }, hand, {
      type: 'handed-over',
      to,
      toName: text(colleague, 'name'),
      note,
    })
  })
}

/** Takes a to-do of the organisation in hand, if no colleague has it. */
export async function claimTodo(ctx: TenantContext, ref: TodoRef): Promise<DeskView> {
  const { subject, item } = ref
  return retried(async () => {
    const hand = await takeTodo(ctx, { subject, item }, undefined)
    if (hand.entry.answered) return hand.entry.answered
    const { holder } = hand
    if (holder?.id === hand.entry.actor.userId) throw new AppError('conflict', '这一待办已经在您手上')
    if (holder) throw new AppError('conflict', `这一待办已由 ${holder.name} 认领`)
    return putDown(ctx, { subject, item }, hand, { type: 'claimed' })
  })
}

/** Puts a to-do that one has in hand back for the colleagues; the head of the organisation may for everyone. */
export async function giveBackTodo(ctx: TenantContext, ref: TodoRef & { note?: string }): Promise<DeskView> {
  const { subject, item, note } = ref
  return retried(async () => {
    const hand = await takeTodo(ctx, { subject, item }, undefined)
    if (hand.entry.answered) return hand.entry.answered
    const { holder } = hand
    if (!holder) throw new AppError('conflict', '这一待办没有人认领')
    const { userId, role } = hand.entry.actor
    if (holder.id !== userId && role !== 'head')
      throw new AppError('forbidden', `这一待办在 ${holder.name} 手上, 由其本人或负责人退回`)
    return putDown(ctx, { subject, item }, hand, { type: 'given-back', note })
  })
}
