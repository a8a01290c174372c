import { type ReactNode, useRef } from 'react'
import { Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { CheckPanel } from './check-panel.tsx'
import { PolicyEditor, type PolicyEditorHandle } from './policy-editor.tsx'
import { TryButton, TryPolicy } from './try-policy.tsx'
import type { useCheck } from './use-check.ts'

const NO_PROBLEMS: never[] = []

/** A policy being written: its text, what the check says of it, a project tried on it; below the check what the page is for. */
export function PolicyDraft(props: {
  text: string
  check: ReturnType<typeof useCheck>
  trying: boolean
  confirmed: boolean
  onText: (text: string, file?: string) => void
  onConfirm: (confirmed: boolean) => void
  /** Stands above the check. */
  intro?: ReactNode
  children: ReactNode
}) {
  const { t } = useText()
  const editor = useRef<PolicyEditorHandle>(null)
  const { check, trying } = props
  const { checked, checking, schema } = check
  return (
    <>
      <div hidden={trying}>
        <div className="two even">
          <Section title={t('platform.policyText')}>
            <PolicyEditor
              ref={editor}
              text={props.text}
              problems={checked?.problems ?? NO_PROBLEMS}
              schema={schema}
              onChange={props.onText}
            />
          </Section>
          <div className="stack">
            {props.intro}
            <CheckPanel
              checked={checked}
              checking={checking}
              confirmed={props.confirmed}
              onConfirm={props.onConfirm}
              onGo={(line) => editor.current?.goTo(line)}
            />
            {checked?.document && <TryButton />}
            {props.children}
          </div>
        </div>
      </div>
      <TryPolicy check={check} trying={trying} />
    </>
  )
}
