import { Pill } from '../pill.tsx'
import { useText } from '../text.ts'

/** Whether a material must be handed in, may be, or hangs on facts; or that an earlier step has given it. */
export function RequiredPill(props: { present: boolean; required: 'yes' | 'no' | 'undetermined' }) {
  const { t } = useText()
  const { present, required } = props
  const asked =
    required === 'yes' ? 'cases.required' : required === 'no' ? 'cases.optional' : 'cases.undetermined'
  return (
    <Pill tone={present ? 'good' : required === 'yes' ? 'warn' : 'faint'}>
      {t(present ? 'cases.fromEarlier' : asked)}
    </Pill>
  )
}
