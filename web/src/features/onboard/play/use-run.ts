import { useCallback, useRef, useState } from 'react'
import type { PlayedScenario } from '../../../../../functions/core/policy/play/play-scenario.ts'
import type { Scenario, ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import type { Rehearse } from './play-calls.ts'

/** A rehearsal as far as it has got: the first `shown` of its events are played. */
export interface Run {
  /** What a scenario file holds beside facts and events. */
  rest: Omit<Scenario, 'facts' | 'events' | 'on'>
  facts: Record<string, unknown>
  events: ScenarioEvent[]
  shown: number
  /** The day before any event. */
  start: string
}

/** The scenario that a run is, up to what is shown or with all that it holds. */
export function scenarioOf({ rest, facts, events, shown, start }: Run, whole = false): Scenario {
  const played = whole ? events : events.slice(0, shown)
  return { ...rest, facts, ...(played.length > 0 ? { events: played } : { on: start }) }
}

export interface Rehearsal {
  run: Run
  played: PlayedScenario | undefined
  busy: boolean
  failure: string | undefined
  /**
   * Takes a run, or what is made of the one last asked for, for the present one and plays it anew; shown unless another
   * was asked for meanwhile.
   */
  replay: (next: Run | ((latest: Run) => Run)) => Promise<PlayedScenario | undefined>
  /** Something that takes a while, such as a whole life. */
  during: <T>(work: Promise<T>) => Promise<T | undefined>
}

/** One rehearsal on a policy; every change plays it from its first day. */
export function useRun(rehearse: Rehearse, start: string): Rehearsal {
  const [run, setRun] = useState<Run>({ rest: {}, facts: {}, events: [], shown: 0, start })
  const [played, setPlayed] = useState<PlayedScenario>()
  const [waiting, setWaiting] = useState(0)
  const [failure, setFailure] = useState<string>()
  const turn = useRef(0)
  const latest = useRef(run)
  const during = useCallback(async <T>(work: Promise<T>): Promise<T | undefined> => {
    setWaiting((n) => n + 1)
    setFailure(undefined)
    try {
      return await work
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
      return undefined
    } finally {
      setWaiting((n) => n - 1)
    }
  }, [])
  const replay = useCallback(
    async (asked: Run | ((latest: Run) => Run)) => {
      const next = typeof asked === 'function' ? asked(latest.current) : asked
      turn.current += 1
      const mine = turn.current
      latest.current = next
      setRun(next)
      const answer = await during(rehearse('play', { scenario: scenarioOf(next) }))
      if (mine === turn.current && answer) setPlayed(answer)
      return answer
    },
    [rehearse, during],
  )
  return { run, played, busy: waiting > 0, failure, replay, during }
}
