import { App, Button } from 'antd'
import type { Case, CaseStep } from '../../shared/case-data.ts'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Section } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { useAttest } from './api.ts'
import type { StepPlace } from './step-page.tsx'

/** Bodies that must witness the step. */
export function AttestCard({ seen, step, at }: { seen: Case; step: CaseStep; at: StepPlace }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const { message } = App.useApp()
  const attest = useAttest(at)
  const mine =
    isOfficer(me) && step.state === 'open'
      ? (step.witness ?? []).filter((party) => seen.mine.includes(party))
      : []
  return (
    <Section title={t('cases.attest')}>
      <p>{step.witness?.map((party) => data?.words.party(party)).join('、')}</p>
      {mine.map((party) => (
        <Button
          key={party}
          type="primary"
          loading={attest.isPending}
          onClick={() => attest.mutate(party, { onSuccess: () => void message.success(t('cases.attested')) })}
        >
          {t('cases.attest')}
        </Button>
      ))}
      <ProblemAlert error={attest.error} />
    </Section>
  )
}
