import type { Policy } from '../../../../../functions/core/policy/model.ts'
import { playForm } from '../../../../../functions/core/policy/play/play-form.ts'
import { playScenario } from '../../../../../functions/core/policy/play/play-scenario.ts'
import { readScenarios } from '../../../../../functions/core/policy/play/scenario-file.ts'
import { liveOn, sampleProjects } from '../../../../../functions/core/policy/play/whole-life.ts'
import { writeScenario } from '../../../../../functions/core/policy/play/write-scenario.ts'
import type { Calendar } from '../../../../../functions/core/values/workdays.ts'
import type { PlayRequest } from './play-calls.ts'

/** Answers a request of a rehearsal; runs in the worker. */
export function answerPlay(policy: Policy, calendar: Calendar, request: PlayRequest): unknown {
  switch (request.kind) {
    case 'play':
      return playScenario(policy, request.ask.scenario, calendar)
    case 'form':
      return playForm(policy, request.ask.scenario, calendar, request.ask.place)
    case 'live':
      return liveOn(policy, request.ask.scenario, calendar, request.ask.on)
    case 'samples':
      return sampleProjects(policy, calendar, request.ask.on)
    case 'read':
      return readScenarios(request.ask.content, request.ask.name)
    case 'write': {
      const { scenario } = request.ask
      return writeScenario(scenario, playScenario(policy, scenario, calendar).lines)
    }
    default:
      return request satisfies never
  }
}
