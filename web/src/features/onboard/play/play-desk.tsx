import { Alert, App, Button, Space, Spin, Tabs } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PolicyDocument } from '../../../../../functions/core/policy/document/document.ts'
import type { Scenario, ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import { AwaitsPanel } from '../../../shared/awaits-panel.tsx'
import { todayInOffice } from '../../../shared/days.ts'
import type { Explanation } from '../../../shared/explanation.ts'
import { Findings } from '../../../shared/findings.tsx'
import { Section } from '../../../shared/page.tsx'
import { PolicyAtHand, type PolicyData } from '../../../shared/policy-data.ts'
import { PolicyWords } from '../../../shared/policy-words.ts'
import { StageBar } from '../../../shared/stage-bar.tsx'
import { type Act, ActDialog } from './act-dialog.tsx'
import { BesideList } from './beside-list.tsx'
import { FactsForm } from './facts-form.tsx'
import { NextList } from './next-list.tsx'
import type { Rehearse } from './play-calls.ts'
import { usePlayText } from './play-texts.ts'
import { RunLog } from './run-log.tsx'
import { ScenarioFile } from './scenario-file.tsx'
import { useRun } from './use-run.ts'
import { WholeLife } from './whole-life.tsx'
import './play.css'

/**
 * A project played on a policy that is not adopted yet: its facts, what comes next, each act allowed or refused by the
 * very code that will judge the real ones. It stays while the text is mended, and is played anew on what was mended.
 */
export function PlayDesk(props: {
  document: PolicyDocument
  explained: Explanation | undefined
  explain: (facts: Record<string, unknown>, on: string) => void
  rehearse: Rehearse
  /** Whether it is looked at. */
  active: boolean
  onBack: () => void
}) {
  const { p } = usePlayText()
  const { document, explained, explain, rehearse, active, onBack } = props
  const atHand = useMemo(() => policyAtHand(document), [document])
  const { words } = atHand
  const { modal } = App.useApp()
  const rehearsal = useRun(rehearse, firstDay(document.policy.effective))
  const { run, played, busy, failure, replay } = rehearsal
  const [act, setAct] = useState<Act>()
  const next = useRef<HTMLDivElement>(null)
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    if (!active) return
    void replay((latest) => {
      explain(latest.facts, latest.start)
      return latest
    })
  }, [active, replay, explain])
  const state = useCallback(
    (facts: Record<string, unknown>, start: string) => {
      explain(facts, start)
      return replay((latest) => ({ ...latest, facts, start }))
    },
    [explain, replay],
  )
  const load = (scenario: Scenario) => {
    const { facts, events = [], on, ...rest } = withUnitFacts(scenario, document)
    const start = events[0]?.on ?? on ?? run.start
    explain(facts, start)
    return replay({ rest, facts, events, shown: events.length, start })
  }
  const add = async (event: ScenarioEvent) => {
    const answer = await replay((latest) => ({
      ...latest,
      events: [...latest.events.slice(0, latest.shown), event, ...latest.events.slice(latest.shown)],
      shown: latest.shown + 1,
    }))
    return answer?.lines.at(-1)
  }
  const openAct = (chosen: Act) => {
    opener.current = globalThis.document.activeElement
    setAct(chosen)
  }
  const startOver = () => {
    void modal.confirm({
      title: p('overAsk'),
      onOk: () => void replay((latest) => ({ ...latest, events: [], shown: 0 })),
    })
  }
  const undo = () => {
    const { events, shown } = run
    void replay({ ...run, events: events.filter((_, place) => place !== shown - 1), shown: shown - 1 })
  }
  return (
    <PolicyAtHand value={atHand}>
      <p className="play-lead">{p('lead')}</p>
      <div className="play">
        <div>
          <FactsForm
            run={run}
            explained={explained}
            document={document}
            rehearsal={rehearsal}
            rehearse={rehearse}
            onState={state}
          />
          <ScenarioFile
            run={run}
            document={document}
            rehearse={rehearse}
            rehearsal={rehearsal}
            onLoad={load}
          />
        </div>
        <div>
          <Section
            title={p('rehearsal')}
            extra={
              <Space wrap>
                {busy && <Spin size="small" />}
                <Button disabled={run.shown === 0} onClick={undo}>
                  {p('undo')}
                </Button>
                <Button disabled={run.events.length === 0} onClick={startOver}>
                  {p('over')}
                </Button>
                <Button onClick={onBack}>{p('back')}</Button>
              </Space>
            }
          >
            <WholeLife rehearsal={rehearsal} rehearse={rehearse} onLoad={load} />
            {failure && <Alert type="error" showIcon title={p('failed', { reason: failure })} />}
            {played && played.findings.length > 0 && (
              <Alert
                type="error"
                showIcon
                title={p('factsWrong')}
                description={<Findings findings={played.findings} />}
              />
            )}
          </Section>
          {played && <StageBar seen={played.standing} />}
          <Tabs
            className="section"
            items={[
              {
                key: 'play',
                label: p('playTab'),
                children: played && (
                  <>
                    <div className="section-head" ref={next} tabIndex={-1}>
                      <h2>{p('next')}</h2>
                      <span className="quiet number">{p('today', { on: played.on })}</span>
                    </div>
                    <div className="stack">
                      <NextList played={played} words={words} onAct={openAct} />
                      <BesideList
                        played={played}
                        words={words}
                        onAct={openAct}
                        onEvent={(event) => void add(event)}
                      />
                    </div>
                  </>
                ),
              },
              {
                key: 'way',
                label: p('wayTab'),
                children: <AwaitsPanel explanation={explained} error={undefined} />,
              },
            ]}
          />
          <RunLog rehearsal={rehearsal} words={words} />
        </div>
      </div>
      <ActDialog
        act={act}
        run={run}
        today={played?.on ?? run.start}
        words={words}
        rehearse={rehearse}
        onAct={add}
        onClose={() => setAct(undefined)}
        onClosed={() => {
          // The button that opened it may have gone with what was done.
          const button = opener.current
          if (button instanceof HTMLElement && button.isConnected) button.focus({ preventScroll: true })
          else next.current?.focus({ preventScroll: true })
        }}
      />
    </PolicyAtHand>
  )
}

/** The unit's facts among those that the form shows; what else a file says of the unit stays beside them. */
function withUnitFacts(
  { facts, unit, ...rest }: Scenario,
  document: PolicyDocument,
): Scenario & { facts: Record<string, unknown> } {
  const stated = Object.entries(unit?.facts ?? {})
  const own = stated.filter(([id]) => document.facts[id]?.of === 'unit')
  const others = stated.filter(([id]) => document.facts[id]?.of !== 'unit')
  const left = {
    ...(others.length > 0 ? { facts: Object.fromEntries(others) } : {}),
    ...(unit?.sanctions ? { sanctions: unit.sanctions } : {}),
  }
  return {
    ...rest,
    facts: { ...Object.fromEntries(own), ...facts },
    ...(Object.keys(left).length > 0 ? { unit: left } : {}),
  }
}

/** Today, or the day on which the policy comes into force where that is later. */
function firstDay(effective: string): string {
  const today = todayInOffice()
  return effective !== 'unseen' && effective > today ? effective : today
}

function policyAtHand(document: PolicyDocument): PolicyData {
  const { effective } = document.policy
  return {
    versions: [],
    hash: '',
    effectiveOn: effective,
    effectiveChosen: effective === 'unseen',
    text: '',
    document,
    words: new PolicyWords(document),
  }
}
