import { Empty } from 'antd'
import type { ReactNode } from 'react'
import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { cited, type PolicyWords } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { conditionText } from './condition-text.ts'
import { UseCount } from './use-count.tsx'

type Bars = NonNullable<PolicyDocument['sanctions']>[string]['bars']

/** What people decide with a reason, what bars a project, what breaches lead to, and what no fact decides. */
export function Discretion({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const { decisions, vetoes, sanctions, norms } = policy.document
  if (!decisions && !vetoes && !sanctions && !norms) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} />
  return (
    <>
      <Rules title={t('cases.discretion')} path="decisions" rules={decisions} policy={policy}>
        {(id, one) => (
          <>
            <div className="rule-line">
              {Object.entries(one.options).map(([option, title]) => (
                <Pill key={option} tone={option === one.default ? 'busy' : 'faint'}>
                  {option === one.default ? t('cases.inPrinciple', { option: title }) : title}&nbsp;
                  <UseCount path={`decisions.${id}.options.${option}`} />
                </Pill>
              ))}
            </div>
            {one.reading && <div className="rule-line quiet">{one.reading}</div>}
          </>
        )}
      </Rules>
      <Rules title={t('law.vetoes')} path="vetoes" rules={vetoes} policy={policy}>
        {(_, one) => (
          <>
            <LabelLine label={t('law.rule-when')}>{conditionText(one.when, policy.words)}</LabelLine>
            <LabelLine label={t('law.bars')}>
              {one.bars.map((bar) => barText(bar, policy.words)).join('; ')}
            </LabelLine>
            {one.lifted && (
              <LabelLine label={t('law.lifted')}>{liftedText(one.lifted, policy.words)}</LabelLine>
            )}
          </>
        )}
      </Rules>
      <Rules title={t('cases.sanctionsOf')} path="sanctions" rules={sanctions} policy={policy}>
        {(id, one) => (
          <>
            <LabelLine label={t('law.bars')}>
              {one.bars.map((bar, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place in the document is what it is called by
                <span key={i} className="rule-item">
                  {barText(bar, policy.words)}&nbsp;
                  <UseCount path={`sanctions.${id}.bars.${i}`} />
                </span>
              ))}
            </LabelLine>
            {one.lifted && (
              <LabelLine label={t('law.lifted')}>{liftedText(one.lifted, policy.words)}</LabelLine>
            )}
          </>
        )}
      </Rules>
      <Rules title={t('law.norms')} path="norms" rules={norms} policy={policy}>
        {(_, one) =>
          one.at && (
            <LabelLine label={t('law.shownAt')}>
              {one.at.map((step) => `「${policy.words.step(step)}」`).join('')}
            </LabelLine>
          )
        }
      </Rules>
    </>
  )
}

interface Named {
  title: string
  by?: string
  binds?: string | string[]
  article?: unknown
}

function Rules<T extends Named>(props: {
  title: string
  path: string
  rules: Record<string, T> | undefined
  policy: PolicyData
  children: (id: string, rule: T) => ReactNode
}) {
  const { words } = props.policy
  const rules = Object.entries(props.rules ?? {})
  if (rules.length === 0) return null
  return (
    <section className="step-stage">
      <h2>{props.title}</h2>
      <ul className="rules">
        {rules.map(([id, one]) => (
          <li key={id}>
            <div className="rule-head">
              <strong>{one.title}</strong>
              <span className="quiet">{words.parties([one.by ?? one.binds ?? []].flat())}</span>
              <UseCount path={`${props.path}.${id}`} words />
              <Articles article={cited(one.article)} />
            </div>
            {props.children(id, one)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function LabelLine({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="rule-line">
      <span className="quiet rule-label">{label}</span>
      <span className="rule-cites">{children}</span>
    </div>
  )
}

/** 「立项审批」不得批准 (…). */
function barText({ step, stage, outcome, when }: Bars[number], words: PolicyWords): string {
  const what = step ? `「${words.step(step)}」` : `${words.stage(stage ?? '')}阶段的环节`
  const named = step && outcome ? `的结果「${words.outcome(step, outcome) ?? outcome}」` : ''
  return `${what}${named}${when ? ` (${conditionText(when, words)})` : ''}`
}

function liftedText(lifted: object, words: PolicyWords): string {
  const { when, by, after, ...condition } = lifted as { when?: object; by?: string; after?: string }
  return [
    by && `由${words.party(by)}解除`,
    after && `「${words.step(after)}」办结后`,
    when && conditionText(when, words),
    conditionText(condition, words),
  ]
    .filter(Boolean)
    .join('; ')
}
