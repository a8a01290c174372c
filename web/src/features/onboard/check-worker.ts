import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { z } from 'zod'
import { checkPolicy } from '../../../../functions/core/policy/check.ts'
import { diffPolicies } from '../../../../functions/core/policy/diff.ts'
import { policyDocument } from '../../../../functions/core/policy/document/document.ts'
import { loadPolicy } from '../../../../functions/core/policy/load.ts'
import type { Policy } from '../../../../functions/core/policy/model.ts'
import { seedCalendar } from '../../../../functions/core/values/seed-calendar.ts'
import { explainWith } from './explain-policy.ts'
import { answerPlay } from './play/answer-play.ts'
import type { Schema } from './schema-walk.ts'
import type { Answer, Asked } from './use-check.ts'

/** Proves and tries a policy away from the page, which stays quick meanwhile. */

const say = (message: Answer) => postMessage(message)
const calendar = seedCalendar(chineseDays)

// The editor's help comes from the very schema that the policy is read with.
say({
  kind: 'schema',
  schema: z.toJSONSchema(policyDocument, { io: 'input', unrepresentable: 'any', reused: 'ref' }) as Schema,
})

let last: { text: string; file: string; policy: Policy | undefined } | undefined

/** The policy of a text; asked again about the same text it is not read again. */
function policyIn(text: string, file: string): Policy | undefined {
  if (last?.text !== text || last.file !== file) last = { text, file, policy: loadPolicy(text, file).policy }
  return last.policy
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { n, text, file } = data
  const policy = policyIn(text, file)
  if (data.kind === 'explain') {
    if (policy) say({ kind: 'explained', n, explained: explainWith(policy, data.facts, calendar, data.on) })
    return
  }
  if (data.kind === 'rehearse') {
    try {
      if (!policy) throw new Error('the policy cannot be read')
      say({ kind: 'rehearsed', n, answer: answerPlay(policy, calendar, data.request) })
    } catch (error) {
      say({ kind: 'failed', n, reason: error instanceof Error ? error.message : String(error) })
    }
    return
  }
  if (data.kind === 'compare') {
    const before = loadPolicy(data.before, file).policy
    if (before && policy) say({ kind: 'compared', n, changes: diffPolicies(before, policy) })
    return
  }
  const report = checkPolicy(text, file)
  const head = policy?.document.policy
  say({
    kind: 'checked',
    n,
    checked: {
      ok: report.ok,
      problems: report.problems,
      coverage: report.coverage,
      readings: report.readings,
      document: policy?.document,
      head: head && {
        id: head.jurisdiction.id,
        name: head.jurisdiction.name,
        title: head.title,
        number: head.number,
        effective: head.effective,
      },
    },
  })
})
