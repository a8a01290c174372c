import { Alert, Button, Radio } from 'antd'
import { useState } from 'react'
import { useText } from '../text.ts'
import type { Conflict } from './conflict.ts'
import { factText } from './fact-text.ts'

/** Mine and theirs field by field, to be chosen from; gives back the merged values. */
export function ConflictPanel(props: {
  conflict: Conflict
  title?: string
  nameOf: (id: string) => { title: string; options?: Record<string, string> }
  onSolve: (values: Record<string, unknown>) => void
}) {
  const { t } = useText()
  const { conflict } = props
  const [chosen, setChosen] = useState<Record<string, 'mine' | 'theirs'>>({})
  const whole = conflict.clashes.every((one) => chosen[one.id])
  const solve = () =>
    props.onSolve({
      ...conflict.merged,
      ...Object.fromEntries(conflict.clashes.map((one) => [one.id, one[chosen[one.id] ?? 'mine']])),
    })
  return (
    <Alert
      className="section-alert"
      type="warning"
      showIcon
      title={props.title ?? t('project.conflictTitle')}
      description={
        <div className="stack">
          <p>{t('project.conflictHint')}</p>
          <div className="table-wrap">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col" />
                  <th scope="col">{t('project.wasBefore')}</th>
                  <th scope="col">
                    {t('project.mine')} / {t('project.theirs')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {conflict.clashes.map((one) => {
                  const { title, options } = props.nameOf(one.id)
                  return (
                    <tr key={one.id}>
                      <th scope="row">{title}</th>
                      <td className="quiet">{factText(one.before, options, t)}</td>
                      <td>
                        <Radio.Group
                          aria-label={title}
                          value={chosen[one.id]}
                          onChange={(event) => setChosen({ ...chosen, [one.id]: event.target.value })}
                          options={(['mine', 'theirs'] as const).map((side) => ({
                            value: side,
                            label: `${t(`project.${side}`)}: ${factText(one[side], options, t)}`,
                          }))}
                        />
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
          <div>
            <Button type="primary" disabled={!whole} onClick={solve}>
              {t('project.conflictUse')}
            </Button>
          </div>
        </div>
      }
    />
  )
}
