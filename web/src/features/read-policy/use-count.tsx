import { createContext, type ReactNode, useContext } from 'react'
import { Link } from 'react-router'
import { ruleBook } from '../../../../functions/core/policy/touch/rule-book.ts'
import { articleKey } from '../../../../functions/core/policy/touch/rule-key.ts'
import { answer, api } from '../../shared/api.ts'
import { isAuthority, type Me, useMe, useTenant } from '../../shared/me.ts'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** While the service is still counting, it is asked again so soon. */
const ASK_AGAIN_MS = 3_000

interface Uses {
  policy: PolicyData
  /** By key of the rule; undefined until they are known. */
  projects: ReadonlyMap<string, number> | undefined
}

const UsesContext = createContext<Uses | undefined>(undefined)

/** Knows for everything inside how many projects each rule of the policy has met, and says what the numbers are. */
export function CountedUses({ policy, children }: { policy: PolicyData; children: ReactNode }) {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { data } = useQuery({
    queryKey: ['rule-uses', tenant, policy.hash],
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data?.complete === false ? ASK_AGAIN_MS : false),
    queryFn: () =>
      answer(api[':tenant'].policy.uses.$get({ param: { tenant }, query: { hash: policy.hash } })),
  })
  const projects = data && new Map(data.items.map((one) => [one.rule, one.projects]))
  return (
    <UsesContext.Provider value={{ policy, projects }}>
      <p className="uses-hint">
        {t(seesAll(me) ? 'law.usesHintOpen' : 'law.usesHint')}
        {data?.complete === false && ` ${t('law.usesBehind')}`}
      </p>
      {children}
    </UsesContext.Provider>
  )
}

/** How many projects the rule at a path of the document has met, leading to their list for those who see all projects. */
export function UseCount({ path, words }: { path: string; words?: boolean }) {
  const uses = useContext(UsesContext)
  const rule = uses && ruleBook(uses.policy.document).rules.get(path)
  return rule ? <KeyCount rule={rule.key} words={words} /> : null
}

/** How many projects the rules that cite a unit of the text have met, each once; nothing where no rule does. */
export function ArticleCount({ unit }: { unit: string }) {
  const uses = useContext(UsesContext)
  if (!uses || !ruleBook(uses.policy.document).articles.has(unit)) return null
  return <KeyCount rule={articleKey(uses.policy.hash, unit)} words />
}

/** Units see only their own projects: a list that does not match the number would puzzle them. */
function seesAll(me: Me): boolean {
  return isAuthority(me) || me.user.role === 'auditor'
}

/** How many projects the rule with a key has met. */
export function KeyCount({ rule, words }: { rule: string; words?: boolean }) {
  const { t } = useText()
  const me = useMe()
  const projects = useContext(UsesContext)?.projects
  if (!projects) return null
  const n = projects.get(rule) ?? 0
  const told = t(n > 0 ? 'law.touched' : 'law.touchedNone', { n })
  const shown = words ? told : n
  const named = words ? {} : { title: told, 'aria-label': told }
  if (n === 0 || !seesAll(me))
    return (
      <span className={n === 0 ? 'use use-none' : 'use'} role={words ? undefined : 'img'} {...named}>
        {shown}
      </span>
    )
  return (
    <Link className="use" to={`/projects?rule=${encodeURIComponent(rule)}`} {...named}>
      {shown}
    </Link>
  )
}
