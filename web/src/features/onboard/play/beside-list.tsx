import { Button, DatePicker, Radio, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { PlayedScenario } from '../../../../../functions/core/policy/play/play-scenario.ts'
import type { ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import { takeOnEnter } from '../../../shared/inputs/day-picker.tsx'
import { Pill } from '../../../shared/pill.tsx'
import type { PolicyWords } from '../../../shared/policy-words.ts'
import { Articles, Why } from '../../../shared/why.tsx'
import type { Act } from './act-dialog.tsx'
import { usePlayText } from './play-texts.ts'

type Standing = PlayedScenario['standing']

/** What can be done beside the steps: decisions, procedures to start, sanctions to lift, time to pass. */
export function BesideList(props: {
  played: PlayedScenario
  words: PolicyWords
  onEvent: (event: ScenarioEvent) => void
  onAct: (act: Act) => void
}) {
  const { p } = usePlayText()
  const { played, words, onEvent, onAct } = props
  const { standing, on } = played
  const decisions = standing.decisions.filter((one) => one.value === undefined)
  return (
    <>
      {decisions.length > 0 && !standing.ended && (
        <details open={standing.obligations.some((one) => one.decision)}>
          <summary>
            {p('decide')} {decisions.length}
          </summary>
          <ul className="rules">
            {decisions.map((one) => (
              <Decision key={one.id} decision={one} on={on} words={words} onEvent={onEvent} />
            ))}
          </ul>
        </details>
      )}
      {standing.startable.length > 0 && (
        <details>
          <summary>
            {p('starts')} {standing.startable.length}
          </summary>
          <ul className="rules">
            {standing.startable.map((one) => {
              const blocking = one.findings.filter((found) => found.level === 'block')
              return (
                <li key={one.procedure}>
                  <div className="play-next">
                    <div className="rule-head">
                      <strong>{one.title}</strong>
                      <Articles article={one.article} />
                      {blocking.length > 0 && <Why grounds={blocking} label={one.title} />}
                    </div>
                    <Button
                      size="small"
                      disabled={blocking.length > 0}
                      aria-label={`${p('start')}: ${one.title}`}
                      onClick={() => onAct({ kind: 'start', procedure: one.procedure, title: one.title })}
                    >
                      {p('start')}
                    </Button>
                  </div>
                </li>
              )
            })}
          </ul>
        </details>
      )}
      {standing.sanctions.length > 0 && (
        <details open>
          <summary>
            {p('sanctions')} {standing.sanctions.length}
          </summary>
          <ul className="rules">
            {standing.sanctions.map((one) => {
              const by = words.document.sanctions?.[one.id]?.lifted?.by
              return (
                <li key={`${one.id}${one.on}`}>
                  <div className="play-next">
                    <div className="rule-head">
                      <strong>{one.title}</strong>
                      <span className="number quiet">{one.on}</span>
                      <Articles article={one.article} />
                    </div>
                    {by && (
                      <Button
                        size="small"
                        aria-label={`${p('lift')}: ${one.title}`}
                        onClick={() =>
                          onEvent({ on, sanction: one.id, act: 'lift', by, reason: p('rehearsal') })
                        }
                      >
                        {p('lift')}
                      </Button>
                    )}
                  </div>
                </li>
              )
            })}
          </ul>
        </details>
      )}
      <TimePassing standing={standing} on={on} onEvent={onEvent} />
    </>
  )
}

function Decision(props: {
  decision: Standing['decisions'][number]
  on: string
  words: PolicyWords
  onEvent: (event: ScenarioEvent) => void
}) {
  const { t, p } = usePlayText()
  const { decision, on, words, onEvent } = props
  const [value, setValue] = useState(decision.default)
  return (
    <li>
      <div className="rule-head">
        <strong>{decision.title}</strong>
        <span className="quiet">{words.party(decision.by)}</span>
        <Articles article={decision.article} />
        {decision.default && <Pill tone="faint">{t('cases.byDefault')}</Pill>}
      </div>
      <Space wrap>
        <Radio.Group
          aria-label={decision.title}
          value={value}
          onChange={(event) => setValue(event.target.value as string)}
          options={Object.entries(decision.options).map(([id, label]) => ({ value: id, label }))}
        />
        <Button
          size="small"
          disabled={value === undefined}
          aria-label={`${p('decideDo')}: ${decision.title}`}
          onClick={() => onEvent({ on, decide: decision.id, value, by: decision.by, reason: p('rehearsal') })}
        >
          {p('decideDo')}
        </Button>
      </Space>
    </li>
  )
}

/** Days go by and nobody does anything: what falls due, what lapses. */
function TimePassing(props: { standing: Standing; on: string; onEvent: (event: ScenarioEvent) => void }) {
  const { p } = usePlayText()
  const { standing, on, onEvent } = props
  const [chosen, setChosen] = useState<Dayjs>()
  const dues = standing.obligations.flatMap((one) => (one.dueOn && one.dueOn >= on ? [one.dueOn] : [])).sort()
  const [due] = dues
  const go = (day: Dayjs) => {
    setChosen(undefined)
    onEvent({ on: day.format('YYYY-MM-DD') })
  }
  return (
    <fieldset className="play-time">
      <legend>{p('time')}</legend>
      <Space wrap>
        <DatePicker
          aria-label={p('timeTo')}
          placeholder={p('timeTo')}
          value={chosen ?? null}
          minDate={dayjs(on)}
          onChange={(day) => setChosen(day ?? undefined)}
          onKeyDown={takeOnEnter}
        />
        <Button disabled={!chosen} onClick={() => chosen && go(chosen)}>
          {p('timeGo')}
        </Button>
        <Button onClick={() => go(dayjs(on).add(1, 'month'))}>{p('timeMonth')}</Button>
        {due && <Button onClick={() => go(dayjs(due).add(1, 'day'))}>{p('timeDue', { on: due })}</Button>}
      </Space>
    </fieldset>
  )
}
