import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { PolicyProblem } from '../../shared/api.ts'
import { completePolicy, hoverPolicy } from './policy-help.ts'
import type { Schema } from './schema-walk.ts'

export interface CodeAreaHandle {
  goTo(line: number): void
}

/** Colours of the page, so that the editor follows its theme. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--busy)' },
  { tag: tags.comment, color: 'var(--quiet)' },
  { tag: [tags.number, tags.bool, tags.keyword], color: 'var(--good)' },
  { tag: [tags.labelName, tags.typeName], color: 'var(--warn)' },
])

/** The policy's text with numbers, colours, its problems at their place, completion and help from the schema. */
export function CodeArea(props: {
  ref: Ref<CodeAreaHandle>
  text: string
  label: string
  hint: string
  problems: readonly PolicyProblem[]
  schema: Schema | undefined
  /** The editor's own words, by their English ones. */
  phrases: Record<string, string>
  onChange: (text: string) => void
}) {
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const { text, label, hint, phrases } = latest.current
    const attributes = new Compartment()
    const made = new EditorView({
      parent: holder.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.phrases.of(phrases),
          lineNumbers(),
          history(),
          closeBrackets(),
          yaml(),
          indentUnit.of('  '),
          syntaxHighlighting(colours),
          highlightSelectionMatches(),
          lintGutter(),
          autocompletion({
            icons: false,
            override: [(context) => completePolicy(latest.current.schema, context)],
          }),
          hoverTooltip((shown, offset) =>
            hoverPolicy(latest.current.schema, shown.state.doc.toString(), offset),
          ),
          // Tab leaves the editor, as everywhere on the page; indents are typed.
          keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
          attributes.of(
            EditorView.contentAttributes.of({
              'aria-label': label,
              'aria-placeholder': hint,
              role: 'textbox',
            }),
          ),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [])
  useEffect(() => {
    const shown = view.current
    if (!shown || shown.state.doc.toString() === props.text) return
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: props.text } })
  }, [props.text])
  useEffect(() => {
    const shown = view.current
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(shown.state, props.problems)))
  }, [props.problems])
  useImperativeHandle(props.ref, () => ({
    goTo(line) {
      const shown = view.current
      if (!shown) return
      const at = shown.state.doc.line(Math.min(Math.max(line, 1), shown.state.doc.lines))
      shown.dispatch({
        selection: { anchor: at.from, head: at.to },
        effects: EditorView.scrollIntoView(at.from, { y: 'center' }),
      })
      shown.focus()
    },
  }))
  return <div ref={holder} className="editor" />
}

function diagnosticsOf(state: EditorState, problems: readonly PolicyProblem[]): Diagnostic[] {
  return problems.flatMap(({ line, column, severity, message, fix }): Diagnostic[] => {
    if (!line || line > state.doc.lines) return []
    const at = state.doc.line(line)
    const from = Math.min(at.from + Math.max((column ?? 1) - 1, 0), at.to)
    const word = /^[\p{L}\p{N}._-]*/u.exec(state.doc.sliceString(from, at.to))![0]
    return [
      {
        from,
        to: Math.min(from + Math.max(word.length, 1), at.to),
        severity: severity === 'note' ? 'info' : severity,
        message: fix ? `${message} (${fix})` : message,
      },
    ]
  })
}
