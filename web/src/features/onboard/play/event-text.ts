import type { ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import type { PolicyWords } from '../../../shared/policy-words.ts'
import type { PlayKey } from './play-texts.ts'

/** What an event of a scenario is, in one line; who does it, and with what outcome. */
export function eventText(
  event: ScenarioEvent,
  words: PolicyWords,
  p: (key: PlayKey, values?: Record<string, unknown>) => string,
): { title: string; by: string; outcome?: string } {
  const by = [event.by ?? []].flat()
  const who = words.parties(by, by.length > 1)
  const step = event.step ? stepTitle(event.step, words) : ''
  const line = (title: string, outcome?: string) => ({ title, by: who, outcome })
  const { document } = words
  if (event.adopt) return line(p('adoptLine'))
  if (event.decide) {
    const rule = document.decisions?.[event.decide]
    const value = rule?.options[String(event.value)] ?? String(event.value)
    return line(p('decideLine', { title: rule?.title ?? event.decide, value }))
  }
  if (event.sanction) {
    const title = document.sanctions?.[event.sanction]?.title ?? event.sanction
    return line(p(event.act === 'lift' ? 'liftLine' : 'imposeLine', { title }))
  }
  if (event.withdraw) return line(p('withdrawLine', { title: stepTitle(event.withdraw, words) }))
  if (event.announce) return line(p('announceLine', { title: stepTitle(event.announce, words) }))
  if (event.batch) {
    const title = document.procedures?.[event.batch]?.title ?? event.batch
    return line(p('batchLine', { title, step }))
  }
  if (event.act === 'opinion') return line(p('opinionLine', { title: step }))
  if (event.act === 'witness') return line(p('witnessLine', { title: step }))
  if (event.act === 'draw') return line(p('drawLine', { title: step }))
  if (event.start)
    return line(
      p('startLine', { title: document.procedures?.[event.procedure ?? '']?.title ?? event.procedure }),
    )
  if (event.step) return line(step, event.outcome && words.outcome(event.step, event.outcome))
  if (event.facts) return line(p('factsLine'))
  return line(p('timeLine', { on: event.on }))
}

function stepTitle(id: string, words: PolicyWords): string {
  return words.document.merges?.[id]?.title ?? words.step(id)
}
