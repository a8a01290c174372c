import { InboxOutlined } from '@ant-design/icons'
import { App, Input, Upload } from 'antd'
import { useText } from '../text.ts'
import { readTextFile } from './read-text-file.ts'

const ACCEPTED = /\.(txt|md|markdown)$/i

/** Where the text of a regulation is dropped or pasted. */
export function TextDrop(props: { text: string; onChange: (text: string) => void; rows?: number }) {
  const { t } = useText()
  const { message } = App.useApp()
  return (
    <div className="stack">
      <Upload.Dragger
        accept=".txt,.md,.markdown"
        showUploadList={false}
        beforeUpload={(file) => {
          void readTextFile(file).then(props.onChange)
          return false
        }}
        onDrop={({ dataTransfer }) => {
          if ([...dataTransfer.files].some((file) => !ACCEPTED.test(file.name)))
            void message.warning(t('law.textOnly'))
        }}
      >
        <p>
          <InboxOutlined aria-hidden /> {t('law.textDrop')}
        </p>
      </Upload.Dragger>
      <Input.TextArea
        aria-label={t('law.regulationText')}
        placeholder={t('law.textPaste')}
        rows={props.rows ?? 12}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}
