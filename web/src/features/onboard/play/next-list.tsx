import { Alert, Button, Space } from 'antd'
import type { PlayedScenario } from '../../../../../functions/core/policy/play/play-scenario.ts'
import { DueTag } from '../../../shared/due/due-tag.tsx'
import { Findings } from '../../../shared/findings.tsx'
import { Pill } from '../../../shared/pill.tsx'
import type { PolicyWords } from '../../../shared/policy-words.ts'
import { Articles } from '../../../shared/why.tsx'
import type { Act } from './act-dialog.tsx'
import { usePlayText } from './play-texts.ts'

type Step = PlayedScenario['standing']['steps'][number]

/** A step, in the run of a procedure where it belongs to one. */
interface Placed {
  step: Step
  procedure?: string
  procedureTitle?: string
}

/** What can be done now, by whom and until when; what must wait, and for what. */
export function NextList(props: { played: PlayedScenario; words: PolicyWords; onAct: (act: Act) => void }) {
  const { p } = usePlayText()
  const { played, words, onAct } = props
  const { standing, on } = played
  const all: Placed[] = [
    ...standing.procedures
      .filter((one) => !one.result)
      .flatMap(({ id, title, steps }) =>
        steps.map((step) => ({ step, procedure: id, procedureTitle: title })),
      ),
    ...standing.steps.map((step) => ({ step })),
  ]
  const open = all.filter(({ step }) => step.state === 'open')
  const owed = open.filter(({ step }) => step.pending).sort(byDue)
  const optional = open.filter(({ step }) => !step.pending)
  const again = all.filter(({ step }) => step.state === 'done' && step.repeatable)
  const waits = all.filter(({ step }) => step.state === 'blocked').sort(byDue)
  const state = standing.ended
    ? p('projectEnded', { result: standing.ended.result })
    : standing.settled
      ? p('allDone')
      : played.lines.length === 0
        ? p('factsFirst')
        : p('nothingOpen')
  return (
    <div className="stack">
      {owed.length === 0 && (
        <Alert type={standing.settled || standing.ended ? 'success' : 'info'} showIcon title={state} />
      )}
      {owed.length > 0 && (
        <ul className="rules" aria-label={p('openNow')}>
          {owed.map((one) => (
            <StepLine key={keyOf(one)} placed={one} on={on} words={words} onAct={onAct} primary />
          ))}
        </ul>
      )}
      {optional.length > 0 && (
        <details open={owed.length === 0}>
          <summary>
            {p('optional')} {optional.length}
          </summary>
          <ul className="rules">
            {optional.map((one) => (
              <StepLine key={keyOf(one)} placed={one} on={on} words={words} onAct={onAct} />
            ))}
          </ul>
        </details>
      )}
      {waits.length > 0 && (
        <details open={waits.some(({ step }) => step.overdue)}>
          <summary>{p('waits', { n: waits.length })}</summary>
          <ul className="rules">
            {waits.map((one) => (
              <StepLine key={keyOf(one)} placed={one} on={on} words={words} onAct={onAct} />
            ))}
          </ul>
        </details>
      )}
      {again.length > 0 && (
        <details>
          <summary>{p('again', { n: again.length })}</summary>
          <ul className="rules">
            {again.map((one) => (
              <StepLine key={keyOf(one)} placed={one} on={on} words={words} onAct={onAct} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function StepLine(props: {
  placed: Placed
  on: string
  words: PolicyWords
  primary?: boolean
  onAct: (act: Act) => void
}) {
  const { t, p } = usePlayText()
  const { placed, on, words, primary, onAct } = props
  const { step, procedure, procedureTitle } = placed
  const label = step.state === 'blocked' ? p('actAnyway') : step.state === 'done' ? p('actAgain') : p('act')
  const opinions = (step.opinions ?? []).filter((one) => one.awaited).map((one) => one.from)
  const blocking = step.findings.filter((one) => one.level === 'block')
  return (
    <li>
      <div className="play-next">
        <div>
          <div className="rule-head">
            <strong>{step.title}</strong>
            {step.part && <Pill tone="faint">{step.part}</Pill>}
            {procedureTitle && <Pill tone="busy">{procedureTitle}</Pill>}
            {step.reopened && <Pill tone="warn">{t('cases.reopened')}</Pill>}
            {step.demanded && <Pill tone="warn">{t('cases.demanded')}</Pill>}
            <Articles article={step.article} />
          </div>
          <Space wrap size={[12, 2]} className="quiet">
            <span>{words.parties(step.awaiting ?? step.by, step.joint)}</span>
            {step.awaiting && (
              <span>{t('cases.awaiting', { party: words.parties(step.awaiting, true) })}</span>
            )}
            {step.dueOn && <DueTag on={step.dueOn} today={on} provisional={step.provisional} />}
            {step.opensOn && <span>{t('cases.opensOn', { on: step.opensOn })}</span>}
            {opinions.length > 0 && (
              <span>{p('opinionsOf', { parties: opinions.map((one) => words.party(one)).join('、') })}</span>
            )}
            {step.closesOn && <span>{t('cases.closesOn', { on: step.closesOn })}</span>}
          </Space>
          {step.state === 'blocked' && <Findings findings={blocking} />}
        </div>
        <Button
          type={primary ? 'primary' : step.state === 'blocked' ? 'text' : 'default'}
          size="small"
          aria-label={`${label}: ${step.title}`}
          onClick={() =>
            onAct({
              kind: 'step',
              step: step.id,
              title: step.title,
              ...(procedure ? { procedure } : {}),
              ...(step.part ? { part: step.part } : {}),
              ...(step.periods
                ? { periods: step.periods.filter((one) => !one.done).map((one) => one.id) }
                : {}),
            })
          }
        >
          {label}
        </Button>
      </div>
    </li>
  )
}

function byDue(a: Placed, b: Placed): number {
  return (a.step.dueOn ?? '9999') < (b.step.dueOn ?? '9999') ? -1 : a.step.dueOn === b.step.dueOn ? 0 : 1
}

function keyOf({ step, procedure }: Placed): string {
  return [procedure, step.id, step.part].join('/')
}
