import { Conflict } from '../../db/ledger.ts'
import { append, type TenantAppend } from '../../db/tenant/append.ts'
import type { TenantContext } from './context.ts'
import { type Actor, answerRow, type Entry, eventActor } from './enter.ts'
import { AppError } from './errors.ts'

/** Requests of one turn are decided on the same state, so that of many on one stream each try lets one through. */
const ATTEMPTS = 8

/** Writes what a verb decided, with its answer under the caller's key and the session's last use, in one batch. */
export async function commit<T>(
  ctx: TenantContext,
  entry: Pick<Entry<Actor, T>, 'actor' | 'touch'>,
  write: Pick<TenantAppend, 'cases' | 'others' | 'projections'>,
  value: T,
): Promise<T> {
  await append(ctx.db, {
    act: { at: ctx.now, actor: eventActor(entry.actor), requestId: ctx.requestId },
    ...write,
    projections: [...(write.projections ?? []), ...entry.touch],
    ...(ctx.idempotency && { answer: answerRow(ctx, entry.actor, value) }),
  })
  return value
}

/**
 * Runs a verb again when its write lost a race: the second run decides on the newer state, or finds the answer that
 * the same key has just got. Throws `conflict` when it keeps losing.
 */
export async function retried<T>(verb: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await verb()
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      if (attempt >= ATTEMPTS) throw new AppError('conflict', '同一事项正被他人办理, 请稍后重试')
    }
  }
}
