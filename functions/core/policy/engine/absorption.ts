import type { AbsorbedEvent, CaseEvent } from '../command.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'

/** The project that an execution puts this one into; what stands against it goes into the findings (§10). */
export function absorbedInto(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  into: Finding[],
): { id: string; title: string } | undefined {
  const rule = outcome.absorbed
  const id = rule && env.overlay?.records[rule.record]
  if (typeof id !== 'string') return undefined
  const { projects } = env.outside
  const known = projects && Object.hasOwn(projects, id) ? projects[id] : undefined
  const limit =
    stepState(env, step)?.reopened?.by !== undefined
      ? '本环节正因程序退回重办, 不能在此并入'
      : id === env.state.id
        ? '不能并入本项目自己'
        : projects && !known
          ? '没有这个项目'
          : known?.ended
            ? `「${known.title}」已经终止, 不能并入`
            : undefined
  if (limit)
    into.push(finding('record', step.id, outcome.article, { record: rule!.title, name: rule!.record, limit }))
  return { id, title: known?.title ?? id }
}

/** What the projects that others went into are told of it, each in its own log. */
export function absorptions(
  project: string,
  title: string,
  events: readonly CaseEvent[],
  isOwn: (into: string) => boolean,
): { into: string; event: AbsorbedEvent }[] {
  return events.flatMap((event) =>
    event.type === 'executed' && event.absorbedBy
      ? [
          {
            into: event.absorbedBy.id,
            event: {
              type: 'absorbed' as const,
              on: event.entered,
              project,
              title,
              by: event.by,
              own: isOwn(event.absorbedBy.id),
            },
          },
        ]
      : [],
  )
}
