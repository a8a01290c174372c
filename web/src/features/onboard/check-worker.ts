import { z } from 'zod'
import { checkPolicy } from '../../../../functions/core/policy/check.ts'
import { policyDocument } from '../../../../functions/core/policy/document/document.ts'
import { loadPolicy } from '../../../../functions/core/policy/load.ts'
import type { Checked } from './use-check.ts'

// The editor's help comes from the very schema that the policy is read with.
postMessage({
  schema: z.toJSONSchema(policyDocument, { io: 'input', unrepresentable: 'any', reused: 'ref' }),
})

/** Proves a policy away from the page, which stays quick meanwhile. */
addEventListener('message', (event: MessageEvent<{ n: number; text: string; file: string }>) => {
  const { n, text, file } = event.data
  const report = checkPolicy(text, file)
  const head = loadPolicy(text, file).policy?.document.policy
  const checked: Checked = {
    ok: report.ok,
    problems: report.problems,
    coverage: report.coverage,
    readings: report.readings,
    head: head && {
      name: head.jurisdiction.name,
      title: head.title,
      number: head.number,
      effective: head.effective,
    },
  }
  postMessage({ n, checked })
})
