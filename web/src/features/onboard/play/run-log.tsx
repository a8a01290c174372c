import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  DeleteOutlined,
} from '@ant-design/icons'
import { Button, Space } from 'antd'
import type { PlayedLine } from '../../../../../functions/core/policy/play/play-scenario.ts'
import type { ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'
import { Findings } from '../../../shared/findings.tsx'
import { Section } from '../../../shared/page.tsx'
import { Pill } from '../../../shared/pill.tsx'
import { cited, type PolicyWords } from '../../../shared/policy-words.ts'
import { Articles } from '../../../shared/why.tsx'
import { eventText } from './event-text.ts'
import { usePlayText } from './play-texts.ts'
import type { Rehearsal } from './use-run.ts'

/** Every event of a rehearsal in its order: what was allowed, what was refused and by which article, what time brought. */
export function RunLog({ rehearsal, words }: { rehearsal: Rehearsal; words: PolicyWords }) {
  const { p } = usePlayText()
  const { run, played, busy, replay } = rehearsal
  const { events, shown } = run
  const lines = played?.lines ?? []
  const refused = lines.filter((one) => !one.accepted).length
  const ahead = shown < events.length
  const unmet = lines.filter((one) => one.unmet).length
  return (
    <Section
      title={p('log')}
      extra={
        <Space wrap>
          {lines.length > 0 && <span className="quiet">{p('logCount', { n: lines.length, refused })}</span>}
          {unmet > 0 && <Pill tone="warn">{p('unmet', { n: unmet })}</Pill>}
          {events.length > 1 && !ahead && (
            <Button size="small" disabled={busy} onClick={() => void replay({ ...run, shown: 0 })}>
              {p('step1')}
            </Button>
          )}
          {ahead && (
            <>
              <Button
                size="small"
                type="primary"
                disabled={busy}
                onClick={() => void replay({ ...run, shown: shown + 1 })}
              >
                {p('stepNext')}
              </Button>
              <Button
                size="small"
                disabled={busy}
                onClick={() => void replay({ ...run, shown: events.length })}
              >
                {p('stepAll')}
              </Button>
            </>
          )}
        </Space>
      }
    >
      {events.length === 0 && <p className="quiet">{p('logEmpty')}</p>}
      <ol className="play-log" aria-live="polite">
        {events.map((event, place) => (
          <LogLine
            // biome-ignore lint/suspicious/noArrayIndexKey: an event has no name but its place
            key={place}
            event={event}
            line={place < shown ? lines[place] : undefined}
            place={place}
            words={words}
            onRemove={() =>
              void replay({
                ...run,
                events: events.filter((_, n) => n !== place),
                shown: place < shown ? shown - 1 : shown,
              })
            }
          />
        ))}
      </ol>
    </Section>
  )
}

function LogLine(props: {
  event: ScenarioEvent
  /** How it was played; undefined while it was not. */
  line: PlayedLine | undefined
  place: number
  words: PolicyWords
  onRemove: () => void
}) {
  const { t, p } = usePlayText()
  const { event, line, words, place } = props
  const { title, by, outcome } = eventText(event, words, p)
  const isTime = Object.keys(event).every((key) => key === 'on' || key === 'note' || key === 'expect')
  const blocking = line?.findings.filter((one) => one.level === 'block') ?? []
  const notes = line?.findings.filter((one) => one.level === 'note') ?? []
  const look = line === undefined ? 'ahead' : isTime ? 'wait' : line.accepted ? 'good' : 'bad'
  const articles = articlesOf(event, words)
  return (
    <li className={`play-line play-${look}`}>
      <span className="play-mark" aria-hidden>
        {look === 'good' ? (
          <CheckCircleOutlined />
        ) : look === 'bad' ? (
          <CloseCircleOutlined />
        ) : (
          <ClockCircleOutlined />
        )}
      </span>
      <div className="play-what">
        {line && <BroughtLines line={line} />}
        <div className="play-head">
          {!isTime && <span className="number quiet">{event.on}</span>}
          <strong>{title}</strong>
          {event.project && <Pill tone="faint">{event.project}</Pill>}
          {line && !isTime && (
            <Pill tone={line.accepted ? 'good' : 'bad'}>{p(line.accepted ? 'accepted' : 'refused')}</Pill>
          )}
          {!line && <Pill tone="faint">{p('unplayed')}</Pill>}
          {outcome && <span>{outcome}</span>}
          {by && <span className="quiet">{by}</span>}
          {!(line && !line.accepted) && <Articles article={articles} />}
        </div>
        {line?.unmet && <Pill tone="warn">{p(`unmet-${line.unmet}`)}</Pill>}
        {line?.awaiting && (
          <div className="quiet">{p('awaiting', { party: words.parties(line.awaiting, true) })}</div>
        )}
        {line && !line.accepted && blocking.length > 0 && <Findings findings={blocking} />}
        {line?.stage && <Pill tone="busy">{p('stageMove', line.stage)}</Pill>}
        {line && line.owed.length > 0 && (
          <div className="quiet">
            {p('owedThen')}:{' '}
            {line.owed
              .map(
                (one) =>
                  `${one.title} (${words.parties(one.by, true)}${one.dueOn ? `, ${p('by', { on: one.dueOn })}` : ''})`,
              )
              .join('、')}
          </div>
        )}
        {notes.length > 0 && (
          <details>
            <summary className="quiet">{p('notes', { n: notes.length })}</summary>
            <Findings findings={notes} />
          </details>
        )}
        {event.note && <div className="quiet">{event.note}</div>}
      </div>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={`${p('remove', { n: place + 1 })}: ${title}`}
        title={t('cases.remove')}
        onClick={props.onRemove}
      />
    </li>
  )
}

/** What the days before the event brought by themselves. */
function BroughtLines({ line }: { line: PlayedLine }) {
  const { p } = usePlayText()
  return line.brought.map((one) => (
    <div key={`${one.kind}${one.title}${one.on}`} className="play-brought">
      <ClockCircleOutlined aria-hidden /> {p(`${one.kind}Then`, { title: one.title, on: one.on })}{' '}
      <Articles article={one.article} />
    </div>
  ))
}

/** The articles that an event rests on. */
function articlesOf(event: ScenarioEvent, words: PolicyWords): string[] {
  const { steps, procedures, merges, decisions, sanctions } = words.document
  if (event.decide) return cited(decisions?.[event.decide]?.article)
  if (event.sanction) return cited(sanctions?.[event.sanction]?.article)
  if (event.start) return cited(procedures?.[event.procedure ?? '']?.article)
  const step = event.step ?? event.withdraw ?? ''
  const within = Object.values(procedures ?? {}).find((one) => one.steps[step])?.steps[step]
  return cited((steps[step] ?? within ?? merges?.[step])?.article)
}
