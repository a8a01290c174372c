import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { ApiError } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import { uploadFile } from '../../shared/upload.ts'

interface Chosen {
  id: string
  name: string
}

/** What the service takes, for the dialog that chooses a file. */
const KINDS = '.pdf,.ofd,.docx,.xlsx,.pptx,.doc,.xls,.wps,.zip,.png,.jpg,.jpeg,.txt,.csv'

/** Answers that speak of the file itself: empty, too large, of a kind that is not taken, not what its name says. */
const OF_THE_FILE = new Set([400, 413, 415, 422])

/** A file dropped or chosen; it is sent at once, with its progress. */
export function FileInput(props: {
  title: string
  value?: Chosen
  onChange: (file: Chosen | undefined) => void
}) {
  const { t } = useText()
  const tenant = useTenant()
  const input = useRef<HTMLInputElement>(null)
  const [percent, setPercent] = useState<number>()
  const [failed, setFailed] = useState<{ name: string; error: unknown }>()
  const [over, setOver] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file) return
    setFailed(undefined)
    setPercent(0)
    try {
      const stored = await uploadFile(tenant, file, setPercent)
      props.onChange({ id: stored.id, name: stored.name })
    } catch (error) {
      setFailed({ name: file.name, error })
    } finally {
      setPercent(undefined)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  if (props.value)
    return (
      <div className="file-chosen">
        <PaperClipOutlined aria-hidden />
        <a href={`/api/${tenant}/materials/${props.value.id}`} download>
          {props.value.name}
        </a>
        <Button
          type="link"
          size="small"
          onClick={() => props.onChange(undefined)}
          aria-label={`${t('cases.remove')}: ${props.value.name}`}
        >
          {t('cases.remove')}
        </Button>
      </div>
    )
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which does the same */}
      <div
        className={`drop ${over ? 'drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button
          icon={<UploadOutlined aria-hidden />}
          onClick={() => input.current?.click()}
          loading={percent !== undefined}
          aria-label={`${t('cases.drop')}: ${props.title}`}
        >
          {percent === undefined ? t('cases.drop') : t('cases.uploading', { n: percent })}
        </Button>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={props.title}
          accept={KINDS}
          onChange={(event) => {
            void take(event.target.files?.[0])
            // The same file may be chosen again after it was refused or taken away.
            event.target.value = ''
          }}
        />
      </div>
      {percent !== undefined && <Progress percent={percent} size="small" aria-label={props.title} />}
      {failed && <Failed {...failed} />}
    </div>
  )
}

/** What is wrong with the file in one line that names it; a failure of the sending as everywhere else. */
function Failed({ name, error }: { name: string; error: unknown }) {
  const { t } = useText()
  const problem = error instanceof ApiError ? error.problem : undefined
  if (!problem?.detail || !OF_THE_FILE.has(problem.status)) return <ProblemAlert error={error} />
  return (
    <div role="alert" className="not-taken">
      {t('project.fileNotTaken', { name, why: problem.detail })}
    </div>
  )
}
