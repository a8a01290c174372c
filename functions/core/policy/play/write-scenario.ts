import { Document, isMap, isSeq, type Node } from 'yaml'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import type { PlayedEvent } from '../simulate.ts'

const FIRST_KEYS = ['name', 'article', 'note', 'unit', 'registers', 'facts'] as const

/**
 * Writes a scenario as a file that `simulate` plays with the same answers (§20): one event a line. `played`, in the order
 * of the events, adds what was refused and why, so that the file can stand among the golden tests as it is.
 */
export function writeScenario(scenario: Scenario, played: readonly PlayedEvent[] = []): string {
  const events = scenario.events?.map((event, n) => expecting(event, played[n]))
  const rest: Partial<Scenario> = { ...scenario, events: undefined }
  const ordered: Record<string, unknown> = {}
  for (const key of FIRST_KEYS) if (rest[key] !== undefined) ordered[key] = rest[key]
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) ordered[key] = value
  if (events) ordered.events = events
  const document = new Document(ordered, { version: '1.2', schema: 'core', aliasDuplicateObjects: false })
  if (isMap(document.contents))
    for (const { key, value } of document.contents.items) {
      const name = String(key)
      if (name === 'events' && isSeq(value)) for (const item of value.items) flow(item as Node)
      else flow(value as Node)
    }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function flow(node: Node | null): void {
  if (isMap(node) || isSeq(node)) node.flow = true
}

/** The event with what must come of it; what is not stated is left out. */
function expecting(event: ScenarioEvent, played: PlayedEvent | undefined): ScenarioEvent {
  const { expect: _, ...act } = event
  const stated = Object.fromEntries(
    Object.entries(act).filter(([, value]) => value !== undefined && !isNothing(value)),
  ) as ScenarioEvent
  if (!played) return event.expect ? { ...stated, expect: event.expect } : stated
  if (played.accepted)
    return played.awaiting?.length ? { ...stated, expect: { awaiting: played.awaiting } } : stated
  const blocking = played.findings.filter((one) => one.level === 'block')
  const codes = [...new Set(blocking.map((one) => one.code))]
  const articles = [...new Set(blocking.flatMap((one) => one.article))]
  return { ...stated, expect: { refused: true, codes, ...(articles.length ? { articles } : {}) } }
}

/** Empty lists and maps say nothing, but for the facts with which a procedure is started. */
function isNothing(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
