import './opinions.css'
import { Button } from 'antd'
import { useState } from 'react'
import { DueWhy } from '../due/due-why.tsx'
import { isOfficer, useMe } from '../me.ts'
import { Pill } from '../pill.tsx'
import { usePolicy } from '../policy-data.ts'
import { useText } from '../text.ts'
import { Articles } from '../why.tsx'
import { type GiveOpinions, OpinionForm } from './opinion-form.tsx'
import { type AskedOpinion, Word } from './word.tsx'

/** What was remarked, as the log has it, the latest last. */
export interface Remarked {
  from: string
  aspect?: string
  value: string
  remark?: string
  on: string
}

/** The bodies that are asked, each with what it said of every aspect; whoever still has to speak does so here. */
export function OpinionList(props: {
  opinions: readonly AskedOpinion[]
  /** The parties that the reader's organisation holds. */
  mine: readonly string[]
  today: string
  /** Whether opinions are still taken. */
  taken: boolean
  give: GiveOpinions
  remarks?: readonly Remarked[]
}) {
  return (
    <ul className="opinions">
      {props.opinions.map((one) => (
        <Body key={`${one.from} ${one.on.join()}`} {...props} one={one} />
      ))}
    </ul>
  )
}

function Body(props: Parameters<typeof OpinionList>[0] & { one: AskedOpinion }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const [again, setAgain] = useState(false)
  const { one, taken } = props
  const name = data?.words.party(one.from) ?? one.from
  const may = taken && isOfficer(me) && props.mine.includes(one.from)
  const said = one.aspects.filter(({ value }) => value).length
  const asks = may && (again || !one.value)
  return (
    <li>
      <div className="opinion-head">
        <strong>{name}</strong>
        {one.value || said === 0 ? (
          <Word value={one.value} />
        ) : (
          <Pill tone="warn">{t('cases.opinionPart', { said, of: one.aspects.length })}</Pill>
        )}
        {one.dueOn && !one.value && (
          <DueWhy on={one.dueOn} today={props.today} label={name} due={one.due} article={one.article} />
        )}
        <Articles article={one.article} />
        {may && one.value && !again && (
          <Button size="small" type="link" onClick={() => setAgain(true)}>
            {t('cases.opinionChange')}
          </Button>
        )}
      </div>
      {asks ? (
        <OpinionForm
          one={one}
          name={name}
          anew={again}
          give={async (...said) => {
            await props.give(...said)
            setAgain(false)
          }}
        />
      ) : (
        <Said {...props} />
      )}
    </li>
  )
}

function Said({ one, remarks = [] }: { one: AskedOpinion; remarks?: readonly Remarked[] }) {
  const remarkOf = (aspect: string | undefined): string | undefined =>
    remarks.findLast(
      (said) =>
        said.from === one.from &&
        (said.aspect === undefined || aspect === undefined || said.aspect === aspect),
    )?.remark
  if (one.aspects.every(({ value }) => !value)) {
    if (one.aspects.length > 0) return <span className="quiet">{one.on.join('、')}</span>
    const remark = one.value && remarkOf(undefined)
    return remark ? <p className="opinion-remark">{remark}</p> : null
  }
  return (
    <ul className="opinion-aspects">
      {one.aspects.map(({ aspect, value }) => (
        <li key={aspect}>
          <span>{aspect}</span>
          <Word value={value} />
          {value && <span className="opinion-remark">{remarkOf(aspect)}</span>}
        </li>
      ))}
    </ul>
  )
}
