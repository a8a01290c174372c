import type { PlayForm, PlayPlace } from '../../../../../functions/core/policy/play/play-form.ts'
import type { PlayedScenario } from '../../../../../functions/core/policy/play/play-scenario.ts'
import type { Life, SampleProject } from '../../../../../functions/core/policy/play/whole-life.ts'
import type { Problem } from '../../../../../functions/core/policy/problem.ts'
import type { Scenario } from '../../../../../functions/core/policy/scenario.ts'

/** What a rehearsal asks of the worker, and what each is answered with. */
interface PlayCalls {
  /** Plays a scenario anew. */
  play: { ask: { scenario: Scenario }; answer: PlayedScenario }
  /** What an act asks for after a scenario. */
  form: { ask: { scenario: Scenario; place: PlayPlace }; answer: PlayForm | undefined }
  /** Goes on to the end of the project from an ISO day. */
  live: { ask: { scenario: Scenario; on: string }; answer: Life }
  samples: { ask: { on: string }; answer: SampleProject[] }
  /** Reads the text of a scenario file. */
  read: { ask: { content: string; name: string }; answer: { scenarios: Scenario[]; problems: Problem[] } }
  /** Writes a scenario, with what came of its events. */
  write: { ask: { scenario: Scenario }; answer: string }
}

export type PlayKind = keyof PlayCalls
export type PlayAsk<K extends PlayKind> = PlayCalls[K]['ask']
export type PlayAnswer<K extends PlayKind> = PlayCalls[K]['answer']

/** One request to the worker, of whatever kind. */
export type PlayRequest = { [K in PlayKind]: { kind: K; ask: PlayAsk<K> } }[PlayKind]

/** Asks the worker about the policy at hand. */
export type Rehearse = <K extends PlayKind>(kind: K, ask: PlayAsk<K>) => Promise<PlayAnswer<K>>
