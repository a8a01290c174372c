import { InboxOutlined } from '@ant-design/icons'
import { Spin, Upload } from 'antd'
import { lazy, type Ref, Suspense } from 'react'
import type { PolicyProblem } from '../../shared/api.ts'
import { useText } from '../../shared/text.ts'
import type { CodeAreaHandle } from './code-area.tsx'
import type { Schema } from './schema-walk.ts'

export type PolicyEditorHandle = CodeAreaHandle

const CodeArea = lazy(async () => ({ default: (await import('./code-area.tsx')).CodeArea }))

const PHRASES = [
  'Find',
  'Replace',
  'next',
  'previous',
  'all',
  'match case',
  'regexp',
  'by word',
  'replace',
  'replace all',
  'close',
] as const

/** Where a policy is dropped, pasted and edited. */
export function PolicyEditor(props: {
  ref: Ref<PolicyEditorHandle>
  text: string
  problems: readonly PolicyProblem[]
  schema: Schema | undefined
  onChange: (text: string, file?: string) => void
}) {
  const { t } = useText()
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
      <Suspense fallback={<Spin />}>
        <CodeArea
          ref={props.ref}
          text={props.text}
          label={t('platform.policyText')}
          hint={t('platform.pastePolicy')}
          problems={props.problems}
          schema={props.schema}
          phrases={Object.fromEntries(PHRASES.map((one) => [one, t(`platform.editor-${one}`)]))}
          onChange={(text) => props.onChange(text)}
        />
      </Suspense>
      <p className="quiet">{t('platform.editorHint')}</p>
    </div>
  )
}
