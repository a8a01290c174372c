import { union } from '../compile/graph.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Values } from '../state.ts'
import { scopeRow } from './applies.ts'
import { lookAt } from './environment.ts'
import { finding } from './say.ts'

/**
 * Whether these facts would lead a running project another way: it never changes track silently, the finding carries
 * both articles and a person decides (§14).
 */
export function trackChange(
  env: Env,
  facts: Values,
  level: Finding['level'],
): { track: string; finding: Finding } | undefined {
  const { policy, outside, day } = env
  const { track, ...untracked } = env.state
  if (track === undefined) return undefined
  const under = (given: Values) =>
    scopeRow(lookAt(policy, { ...untracked, facts: { ...untracked.facts, ...given } }, outside, day))
  const row = under(facts)
  if (!row || row.track === track) return undefined
  const before = under({})
  const old = before?.track === track ? before : policy.scope.rows.find((one) => one.track === track)
  const title = (id: string) => policy.document.tracks[id]?.title ?? id
  const sentence = `办理路径由「${title(track)}」变为「${title(row.track)}」, 须由有权的人决定保持或改变`
  return {
    track: row.track,
    finding: finding('requires', '', union(old?.article ?? [], row.article), { title: sentence }, level),
  }
}
