import { DownloadOutlined, FolderOpenOutlined } from '@ant-design/icons'
import { Alert, Button, Input, Select, Space } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import type { PolicyDocument } from '../../../../../functions/core/policy/document/document.ts'
import type { Problem } from '../../../../../functions/core/policy/problem.ts'
import type { Scenario } from '../../../../../functions/core/policy/scenario.ts'
import { Section } from '../../../shared/page.tsx'
import type { Rehearse } from './play-calls.ts'
import { usePlayText } from './play-texts.ts'
import { type Rehearsal, type Run, scenarioOf } from './use-run.ts'

interface Opened {
  file: string
  scenarios: Scenario[]
  problems: Problem[]
}

/** A rehearsal kept as a file that the command line plays with the same answers, and played from such a file. */
export function ScenarioFile(props: {
  run: Run
  document: PolicyDocument
  rehearse: Rehearse
  rehearsal: Rehearsal
  onLoad: (scenario: Scenario) => Promise<unknown>
}) {
  const { p } = usePlayText()
  const { run, document, rehearse, rehearsal, onLoad } = props
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [over, setOver] = useState(false)
  const [opened, setOpened] = useState<Opened>()
  const load = (scenario: Scenario | undefined) => {
    if (!scenario) return
    setName(scenario.name ?? '')
    void onLoad(scenario)
  }
  const open = async (file: File | undefined) => {
    if (!file) return
    const content = await file.text()
    const read = await rehearsal.during(rehearse('read', { content, name: file.name }))
    if (!read) return
    setOpened({ file: file.name, ...read })
    load(read.scenarios[0])
  }
  const save = async () => {
    const given = name.trim() || `${document.policy.title} ${p('rehearsal')} ${run.start}`
    const scenario = { ...scenarioOf(run, true), name: given }
    const text = await rehearsal.during(rehearse('write', { scenario }))
    if (text === undefined) return
    const link = globalThis.document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    link.download = `rehearsal-${document.policy.jurisdiction.id}-${run.start}.yaml`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void open(event.dataTransfer.files[0])
  }
  return (
    <Section title={p('file')} className="play-file">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which does the same */}
      <div
        className={`stack play-drop ${over ? 'drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className="quiet">{p('fileHint')}</p>
        <Input
          value={name}
          aria-label={p('saveName')}
          placeholder={p('saveNameHint')}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <Space wrap>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            disabled={run.events.length === 0}
            onClick={() => void save()}
          >
            {p('save')}
          </Button>
          <Button icon={<FolderOpenOutlined aria-hidden />} onClick={() => input.current?.click()}>
            {p('open')}
          </Button>
          <input
            ref={input}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={p('open')}
            accept=".yaml,.yml"
            onChange={(event) => {
              void open(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </Space>
        <div aria-live="polite">
          {opened && opened.scenarios.length > 1 && (
            <Select
              className="play-choose"
              aria-label={p('several', { n: opened.scenarios.length })}
              defaultValue={0}
              options={opened.scenarios.map((one, n) => ({ value: n, label: one.name ?? String(n + 1) }))}
              onChange={(n) => load(opened.scenarios[n])}
            />
          )}
          {opened && opened.problems.length > 0 && (
            <Alert
              type="error"
              showIcon
              title={p('badFile', { name: opened.file })}
              description={
                <ul className="findings">
                  {opened.problems.slice(0, 8).map((one) => (
                    <li key={`${one.line}${one.column}${one.message}`}>
                      {p('place', { line: one.line, column: one.column })}: {one.message}
                      {one.fix && ` (${one.fix})`}
                    </li>
                  ))}
                </ul>
              }
            />
          )}
          {run.rest.projects && <p className="quiet">{p('manyProjects')}</p>}
        </div>
      </div>
    </Section>
  )
}
