import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** How many projects have met a rule. */
export function UseCount({
  kind,
  rule,
}: {
  kind: 'step' | 'decision' | 'procedure' | 'sanction'
  rule: string
}) {
  const { t } = useText()
  const tenant = useTenant()
  const { data } = useQuery({
    queryKey: ['rule-uses', tenant],
    staleTime: 60_000,
    queryFn: () => answer(api[':tenant'].policy.uses.$get({ param: { tenant } })),
  })
  if (!data) return null
  const projects = data.items.find((one) => one.kind === kind && one.rule === rule)?.projects ?? 0
  return projects > 0 ? (
    <Pill tone="good">{t('cases.usedBy', { n: projects })}</Pill>
  ) : (
    <Pill tone="faint">{t('cases.usedByNone')}</Pill>
  )
}
