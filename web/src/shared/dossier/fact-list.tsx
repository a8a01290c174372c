import { factText } from '../conflict/fact-text.ts'
import { usePolicy } from '../policy-data.ts'
import { cited } from '../policy-words.ts'
import { useText } from '../text.ts'
import { Articles } from '../why.tsx'

/** What is known of a project or its unit, by the names of the policy version that it runs under. */
export function FactList(props: { facts: Record<string, unknown>; hash: string; compact?: boolean }) {
  const { facts, hash, compact } = props
  const { t } = useText()
  const { data } = usePolicy(hash)
  const shown = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  return (
    <dl className={compact ? 'fact-list compact' : 'fact-list'}>
      {shown.map(([id, value]) => {
        const rule = data?.document.facts[id]
        return (
          <div key={id}>
            <dt>{rule?.title ?? id}</dt>
            <dd>
              {factText(value, rule?.options, t)} {!compact && <Articles article={cited(rule?.article)} />}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
