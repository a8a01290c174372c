import type { ProColumns } from '@ant-design/pro-components'
import { Link } from 'react-router'
import { EXCEPTION_TITLES } from '../../../../functions/core/case/exceptions.ts'
import { Amount } from '../../shared/amount.tsx'
import { CardPopover } from '../../shared/card-popover.tsx'
import { instantText } from '../../shared/days.ts'
import { DueReasonButton } from '../../shared/due/due-asked.tsx'
import { DueTag } from '../../shared/due/due-tag.tsx'
import { Findings } from '../../shared/findings.tsx'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import type { TextKey } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import type { Columns, Item, Totals } from './api.ts'
import type { Area, Order } from './filters.ts'

type T = (key: TextKey, values?: Record<string, unknown>) => string
type Sum = Exclude<keyof Totals, 'count'>

/** Amount columns with their field, so that the sum row can follow whatever order they are in. */
export const AMOUNTS: Record<string, Sum> = {
  estimate: 'estimateFen',
  approved: 'approvedFen',
  budget: 'budgetFen',
  contract: 'contractFen',
  paid: 'paidFen',
  final: 'finalFen',
}

/**
 * Columns that each way of looking begins with, in their order: as many as a screen of 1280 shows without being
 * scrolled. Without a column of its own the unit stands below the project's name.
 */
const SHOWN: Record<Area, readonly string[]> = {
  projects: ['title', 'organisation', 'stage', 'estimate', 'due', 'planYear', 'nature', 'updated'],
  finance: ['title', 'stage', ...Object.keys(AMOUNTS), 'gates'],
  audit: ['title', 'stage', 'exceptions', 'estimate', 'approved', 'contract', 'paid'],
}

/** All columns in the order in which an area begins with them, what it does not show at the end. */
export function columnOrder(area: Area): string[] {
  const rest = ALL.filter((key) => !SHOWN[area].includes(key) && (key !== 'gates' || area === 'finance'))
  return [...SHOWN[area], ...rest]
}

const ALL = [
  'title',
  'code',
  'organisation',
  'stage',
  'planYear',
  'nature',
  'category',
  'track',
  ...Object.keys(AMOUNTS),
  'due',
  'exceptions',
  'gates',
  'updated',
]

/** Shown or not, as the area begins and the person has set it. */
export function columnState(area: Area, kept: Columns | undefined): Columns {
  const order = columnOrder(area)
  return Object.fromEntries(
    order.map((key, i) => [key, { show: SHOWN[area].includes(key), order: i, ...kept?.[key] }]),
  )
}

/** Keys of the shown columns in their order, as a workbook wants them: the unit as a column of its own. */
export function workbookColumns(state: Columns): string[] {
  const shown = shownColumns(state)
  return shown.flatMap((key) =>
    key === 'title' && !shown.includes('organisation') ? [key, 'organisation'] : key,
  )
}

/** Keys of the shown columns in their order. */
export function shownColumns(state: Columns): string[] {
  return Object.entries(state)
    .filter(([, one]) => one.show !== false)
    .toSorted(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
    .map(([key]) => key)
}

const SORTED: Record<string, string> = { estimate: 'amount', due: 'due', updated: 'updated' }

/** The columns of an area. */
export function projectColumns(
  area: Area,
  {
    t,
    policy,
    today,
    order,
    unitBelow,
  }: {
    t: T
    policy: PolicyData | undefined
    today: string
    order?: string
    /** The unit below the project's name. */
    unitBelow: boolean
  },
): ProColumns<Item>[] {
  const words = policy?.words
  const natures = policy?.document.facts.nature?.options ?? {}
  const categories = policy ? categoryOptions(policy) : {}
  const known: Record<string, ProColumns<Item>> = {
    title: {
      title: t('work.projectName'),
      width: 200,
      fixed: 'left',
      render: (_, one) => (
        <>
          <Link to={`/projects/${one.id}`}>{one.title}</Link>
          {unitBelow && <span className="cell-below">{one.organisation}</span>}
        </>
      ),
    },
    code: {
      title: t('lists.code'),
      width: 210,
      render: (_, one) => <span className="number">{one.code ?? '—'}</span>,
    },
    organisation: { title: t('work.unit'), width: 120, render: (_, one) => one.organisation },
    stage: {
      title: t('general.stage'),
      width: 74,
      render: (_, one) => (
        <Pill tone={one.ended || one.stage === 'closed' ? 'faint' : 'busy'}>
          {words?.stage(one.stage) ?? stageName(one.stage)}
        </Pill>
      ),
    },
    planYear: { title: t('general.year'), width: 84, render: (_, one) => one.planYear ?? '—' },
    nature: { title: t('work.nature'), width: 72, render: (_, one) => named(natures, one.nature) },
    category: {
      title: t('lists.categoryColumn'),
      width: 110,
      render: (_, one) => named(categories, one.category),
    },
    track: {
      title: t('work.track'),
      width: 120,
      render: (_, one) => (one.track ? (words?.track(one.track) ?? one.track) : '—'),
    },
    due: {
      title: t('lists.dueColumn'),
      width: 172,
      render: (_, one) =>
        one.dueOn ? (
          <span className="due-cell">
            <DueTag on={one.dueOn} today={today} />
            <span className="due-what">
              <span className="quiet">{one.dueTitle}</span>
              <DueReasonButton project={one.id} on={one.dueOn} title={one.dueTitle ?? ''} />
            </span>
          </span>
        ) : (
          '—'
        ),
    },
    exceptions: {
      title: t('lists.exceptions'),
      width: 230,
      render: (_, one) =>
        one.exceptions.length === 0 ? (
          '—'
        ) : (
          <span className="exceptions">
            {one.exceptions.map(({ kind, on, article }) => (
              <span key={kind}>
                <Pill tone="bad">{EXCEPTION_TITLES[kind]}</Pill>{' '}
                {on && <span className="quiet number">{t('lists.since', { on })}</span>}{' '}
                <Articles article={article} />
              </span>
            ))}
          </span>
        ),
    },
    gates: {
      title: t('lists.gates'),
      width: 116,
      render: (_, one) =>
        one.gates.length === 0 ? <span className="quiet">—</span> : <Gates gates={one.gates} />,
    },
    updated: {
      title: t('work.updated'),
      width: 132,
      render: (_, one) => <span className="number">{instantText(one.updatedAt)}</span>,
    },
  }
  for (const [key, field] of Object.entries(AMOUNTS))
    known[key] = {
      title: t(`lists.${key}` as TextKey),
      width: 96,
      align: 'right',
      render: (_, one) => <Amount fen={one[field]} />,
    }
  return columnOrder(area).map((key) => {
    const sorted = SORTED[key]
    return {
      key,
      dataIndex: key,
      // A row that is the same object shows the same: only what came anew is drawn anew.
      shouldCellUpdate: (now: Item, before: Item) => now !== before,
      ...known[key],
      ...(sorted
        ? { sorter: true, showSorterTooltip: false, sortOrder: sortOf(sorted, order ?? '-updated') }
        : {}),
    }
  })
}

/** The order that a click on a heading asks for. */
export function orderFrom(sorter: {
  columnKey?: unknown
  order?: 'ascend' | 'descend' | null
}): Order | undefined {
  const column = SORTED[String(sorter.columnKey)]
  if (!column || !sorter.order) return undefined
  return `${sorter.order === 'descend' ? '-' : ''}${column}` as Order
}

function sortOf(column: string, order: string): 'ascend' | 'descend' | null {
  if (order === column) return 'ascend'
  return order === `-${column}` ? 'descend' : null
}

function named(options: Record<string, string>, id: string | null): string {
  return id === null ? '—' : (options[id] ?? id)
}

/** Categories by the declared fact or by the plan that lists them, whichever the policy has. */
export function categoryOptions({ document }: PolicyData): Record<string, string> {
  const step = document.steps['plan-listing']
  const records = [step?.records, ...Object.values(step?.outcomes ?? {}).map((one) => one.records)]
  return {
    ...document.facts.category?.options,
    ...records.map((one) => one?.category?.options).find((one) => one !== undefined),
  }
}

function Gates({ gates }: { gates: Item['gates'] }) {
  return (
    <span className="gates">
      {gates.map((gate) => (
        <CardPopover
          key={gate.step}
          label={gate.title}
          title={gate.title}
          placement="topRight"
          content={<Findings findings={gate.findings} />}
        >
          <button type="button" className="article-link">
            {gate.title} {gate.findings.length}
          </button>
        </CardPopover>
      ))}
    </span>
  )
}
