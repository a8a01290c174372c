import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { Finding } from './api.ts'
import { useText } from './text.ts'
import { Articles, Why } from './why.tsx'

/** Reasons as sentences, each with its articles and what it rests on. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="findings">
      {distinct(findings).map((one) => (
        <FindingLine key={one.message} finding={one} />
      ))}
    </ul>
  )
}

/** Each sentence once: several conditions of a step may rest on the same unknown fact. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>()
  for (const one of findings) if (!first.has(one.message)) first.set(one.message, one)
  return [...first.values()]
}

/** One reason as a line of a list; what can be done about it follows. */
export function FindingLine({ finding, children }: { finding: Finding; children?: ReactNode }) {
  return (
    <li>
      <span>{withoutArticles(finding)}</span> <Articles article={finding.article} />
      <Why grounds={[finding]} label={finding.message} /> {children}
    </li>
  )
}

/** What refuses an act, and apart from it what is only to be minded. */
export function Verdict({ findings, title }: { findings: readonly Finding[]; title?: string }) {
  const { t } = useText()
  const blocking = findings.filter((one) => one.level === 'block')
  const notes = findings.filter((one) => one.level === 'note')
  return (
    <div className="stack" aria-live="polite">
      {blocking.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={title ?? t('cases.cannot')}
          description={<Findings findings={blocking} />}
        />
      )}
      {notes.length > 0 && (
        <Alert type="info" showIcon title={t('cases.notes')} description={<Findings findings={notes} />} />
      )}
    </div>
  )
}

/** The sentence ends with its articles in brackets; beside the buttons they would stand twice. */
function withoutArticles({ message, article }: Finding): string {
  const tail = `(${article.join('、')})`
  return message.endsWith(tail) ? message.slice(0, -tail.length) : message
}
