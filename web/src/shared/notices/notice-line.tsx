import { Link } from 'react-router'
import { instantText } from '../days.ts'
import { DueReasonButton } from '../due/due-asked.tsx'
import { Pill, type Tone } from '../pill.tsx'
import { useText } from '../text.ts'
import type { Notice, NoticeCategory } from './notices.ts'
import { useNoticeWords } from './notices.ts'

const TONES: Record<NoticeCategory, Tone> = {
  returned: 'warn',
  result: 'plain',
  sanction: 'bad',
  received: 'busy',
  copy: 'faint',
  urged: 'warn',
  handed: 'busy',
  'due-soon': 'warn',
  overdue: 'bad',
}

/** One notice: its kind, what happened, in which project, when; `reasons` lets ask why a day is the day. */
export function NoticeLine(props: { notice: Notice; onOpen?: (notice: Notice) => void; reasons?: boolean }) {
  const { notice, onOpen } = props
  const { t } = useText()
  const words = useNoticeWords()(notice)
  const about = notice.project?.title ?? notice.batch?.title
  const text = (
    <>
      {!notice.read && <span className="unread-dot" aria-hidden />}
      {words.said}
      {!notice.read && <span className="visually-hidden">({t('desk.unread')})</span>}
    </>
  )
  return (
    <div className={`notice ${notice.read ? '' : 'notice-unread'}`}>
      <Pill tone={TONES[notice.category]}>{t(`desk.${notice.category}`)}</Pill>
      <div className="notice-what">
        {words.to ? (
          <Link to={words.to} onClick={() => onOpen?.(notice)}>
            {text}
          </Link>
        ) : (
          text
        )}
        {props.reasons && words.due && <DueReasonButton {...words.due} />}
        {words.note && <div>{words.note}</div>}
        <div className="quiet notice-foot">
          {about && <span>{about}</span>}
          <span className="number">{instantText(notice.at)}</span>
        </div>
      </div>
    </div>
  )
}
