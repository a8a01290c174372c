import { Alert, Button } from 'antd'
import { lazy, Suspense } from 'react'
import { type Answered, answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useMe, useTenant } from '../../shared/me.ts'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

const GiveText = lazy(async () => ({ default: (await import('./give-text.tsx')).GiveText }))

type Route = (typeof api)[':tenant']['policy']['text']['$get']
export type RegulationData = Answered<Awaited<ReturnType<Route>>>

/** The regulation's own text for a version, as far as the jurisdiction has given it. */
export function useRegulation(hash: string): RegulationData | undefined {
  const tenant = useTenant()
  const { data } = useQuery({
    queryKey: ['regulation', tenant, hash],
    staleTime: 600_000,
    queryFn: () => answer(api[':tenant'].policy.text.$get({ param: { tenant }, query: { hash } })),
  })
  return data
}

/** Where the text comes from, or that it is missing; the administrator gives it here. */
export function Regulation(props: {
  policy: PolicyData
  regulation: RegulationData | undefined
  giving: boolean
  onGiving: (giving: boolean) => void
}) {
  const { t } = useText()
  const administrator = useMe().user.role === 'administrator'
  const { regulation } = props
  if (!regulation) return null
  const { given, missing } = regulation
  const act = administrator && (
    <Button size="small" onClick={() => props.onGiving(true)}>
      {t(given ? 'law.textReplace' : 'law.textGive')}
    </Button>
  )
  return (
    <>
      {given ? (
        <p className="quiet">
          {t('law.textGivenBy', { by: given.by, on: instantText(given.at) })}
          {missing.length > 0 && ` · ${t('law.textMissing', { list: missing.join('、') })}`} {act}
        </p>
      ) : (
        <Alert
          className="section-alert"
          type="info"
          showIcon
          title={t(administrator ? 'law.textNotGivenYou' : 'law.textNotGiven')}
          action={act || undefined}
        />
      )}
      {props.giving && administrator && (
        <Suspense fallback={null}>
          <GiveText policy={props.policy} given={given !== null} onClose={() => props.onGiving(false)} />
        </Suspense>
      )}
    </>
  )
}
