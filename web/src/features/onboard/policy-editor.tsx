import { InboxOutlined } from '@ant-design/icons'
import { Upload } from 'antd'
import { type Ref, useImperativeHandle, useMemo, useRef } from 'react'
import type { PolicyProblem } from '../../shared/api.ts'
import { useText } from '../../shared/text.ts'

export interface PolicyEditorHandle {
  goTo(line: number): void
}

const LINE_HEIGHT = 20

/** The policy's text with its line numbers; lines with problems are marked. */
export function PolicyEditor(props: {
  ref: Ref<PolicyEditorHandle>
  text: string
  problems: readonly PolicyProblem[]
  onChange: (text: string, file?: string) => void
}) {
  const { t } = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const { text, problems } = props
  const marks = useMemo(() => marksOf(problems), [problems])
  const lines = useMemo(() => text.split('\n').length, [text])
  useImperativeHandle(props.ref, () => ({
    goTo(line) {
      const box = area.current
      if (!box) return
      const start =
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0)
      const end = text.indexOf('\n', start)
      box.focus()
      box.setSelectionRange(start, end < 0 ? text.length : end)
      box.scrollTop = Math.max(0, (line - 6) * LINE_HEIGHT)
    },
  }))
  return (
    <div className="stack">
      <Upload.Dragger
        accept=".yaml,.yml"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((content) => props.onChange(content, file.name))
          return false
        }}
      >
        <p>
          <InboxOutlined aria-hidden /> {t('platform.dropPolicy')}
        </p>
      </Upload.Dragger>
      <div className="editor">
        <div className="editor-gutter" ref={gutter} aria-hidden>
          {Array.from({ length: Math.max(lines, 20) }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={i} className={marks.get(i + 1)}>
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          className="editor-text"
          aria-label={t('platform.policyText')}
          placeholder={t('platform.pastePolicy')}
          spellCheck={false}
          wrap="off"
          value={text}
          onChange={(event) => props.onChange(event.target.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
    </div>
  )
}

function marksOf(problems: readonly PolicyProblem[]): Map<number, string> {
  const marks = new Map<number, string>()
  for (const one of problems)
    if (one.line && marks.get(one.line) !== 'mark-error') marks.set(one.line, `mark-${one.severity}`)
  return marks
}
