import { ForwardOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Life } from '../../../../../functions/core/policy/play/whole-life.ts'
import type { Scenario } from '../../../../../functions/core/policy/scenario.ts'
import { Findings } from '../../../shared/findings.tsx'
import type { Rehearse } from './play-calls.ts'
import { usePlayText } from './play-texts.ts'
import { type Rehearsal, scenarioOf } from './use-run.ts'

/** One click plays a project from where it stands to the end of its life. */
export function WholeLife(props: {
  rehearsal: Rehearsal
  rehearse: Rehearse
  onLoad: (scenario: Scenario) => Promise<unknown>
}) {
  const { p } = usePlayText()
  const { rehearsal, rehearse, onLoad } = props
  const { run, played, busy } = rehearsal
  const [told, setTold] = useState<{ life: Life; n: number; from: string; to: string; of: number }>()
  const begun = run.shown > 0
  const live = async () => {
    const scenario = scenarioOf(run)
    const on = played?.on ?? run.start
    const life = await rehearsal.during(rehearse('live', { scenario, on }))
    if (!life) return
    const events = [...(scenario.events ?? []), ...life.events]
    await onLoad({ ...run.rest, facts: begun ? run.facts : life.facts, events, on: run.start })
    const [first, last] = [events[0], events.at(-1)]
    if (first && last) setTold({ life, n: events.length, from: first.on, to: last.on, of: events.length })
  }
  const shown = told && told.of === run.shown ? told : undefined
  return (
    <div className="stack">
      <div className="play-whole">
        <Button
          type="primary"
          icon={<ForwardOutlined aria-hidden />}
          loading={busy}
          disabled={begun && (played?.standing.settled || played?.standing.ended !== undefined)}
          onClick={() => void live()}
        >
          {begun ? p('wholeRest') : p('whole')}
        </Button>
        <span className="quiet">{p('wholeHint')}</span>
      </div>
      {shown && (
        <div aria-live="polite">
          <Alert
            type={shown.life.settled ? 'success' : 'warning'}
            showIcon
            title={shown.life.settled ? p('wholeDone', shown) : p('wholeStuck')}
            description={
              !shown.life.settled ? (
                <Findings findings={shown.life.stuck} />
              ) : played && played.standing.obligations.length > 0 ? (
                p('wholeLeft')
              ) : undefined
            }
          />
        </div>
      )}
    </div>
  )
}
