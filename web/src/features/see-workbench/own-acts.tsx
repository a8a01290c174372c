import { Empty } from 'antd'
import { Link } from 'react-router'
import { type Answered, answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useTenant } from '../../shared/me.ts'
import { Pages, usePages } from '../../shared/pages.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { type TextKey, useText } from '../../shared/text.ts'

type Act = Answered<Awaited<ReturnType<(typeof api)[':tenant']['me']['acts']['$get']>>>['items'][number]

const SAID: Record<string, TextKey> = {
  started: 'desk.actStarted',
  confirmed: 'desk.actConfirmed',
  opinion: 'desk.actOpinion',
  witnessed: 'desk.actWitnessed',
  decided: 'desk.actDecided',
}

/** What the person began or did, the newest first. */
export function OwnActs({ kind }: { kind: 'begun' | 'done' }) {
  const { t } = useText()
  const tenant = useTenant()
  const pages = usePages(['acts', tenant, kind], (after) =>
    answer(api[':tenant'].me.acts.$get({ param: { tenant }, query: { kind, limit: '30', after } })),
  )
  return (
    <Pages pages={pages}>
      {(items) =>
        items.length === 0 ? (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(kind === 'done' ? 'desk.noneDone' : 'desk.noneBegun')}
          />
        ) : (
          <ul className="todos">
            {items.map((one) => (
              <ActLine key={one.seq} act={one} />
            ))}
          </ul>
        )
      }
    </Pages>
  )
}

function ActLine({ act }: { act: Act }) {
  const { t } = useText()
  const { data } = usePolicy()
  const { project, batch } = act
  const words = data?.words
  const what = act.what && nameOf(act, data)
  const outcome = act.what && act.outcome && words?.outcome(act.what, act.outcome)
  const said =
    act.type === 'opened'
      ? t(batch ? 'desk.actOpenedPlan' : 'desk.actOpened')
      : act.type === 'executed'
        ? what
        : t(SAID[act.type] ?? 'desk.actConfirmed', { what })
  const to = project ? `/projects/${project.id}` : batch ? `/plans/${batch.id}` : undefined
  return (
    <li className="act">
      <div className="todo-what">
        <span className="todo-title">{said}</span>
        {outcome && <Pill>{outcome}</Pill>}
        <div className="quiet">
          {to && (
            <Link to={to} className="quiet-link">
              {project?.title ?? batch?.title}
            </Link>
          )}
          {project && ` · ${words?.stage(project.stage) ?? stageName(project.stage)}`}
        </div>
      </div>
      <span className="quiet number">{instantText(act.at)}</span>
    </li>
  )
}

/** The step, procedure or decision in the policy's words. */
function nameOf({ type, what }: Act, data: ReturnType<typeof usePolicy>['data']): string {
  const { document } = data ?? {}
  if (what === null) return ''
  if (type === 'started') return document?.procedures?.[what]?.title ?? what
  if (type === 'decided') return document?.decisions?.[what]?.title ?? what
  return data?.words.step(what) ?? what
}
