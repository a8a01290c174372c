import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'

interface Recorded {
  type: string
  event: Record<string, unknown>
}

interface Told {
  what: string
  more: string[]
  files: { id: string; title: string }[]
}

const TITLES: Record<string, readonly [string, string]> = {
  opened: ['建立项目', 'Project opened'],
  facts: ['更正要素', 'Facts corrected'],
  started: ['发起', 'Started'],
  opinion: ['会签意见', 'Opinion'],
  witnessed: ['见证', 'Attested'],
  decided: ['裁量认定', 'Decided'],
  sanction: ['惩戒', 'Sanction'],
  adopted: ['存量接入', 'Adopted'],
  confirmed: ['确认', 'Confirmed'],
  transferred: ['转为适用新版办法', 'Taken over by a new version'],
  withdrawn: ['撤回', 'Withdrawn'],
  absorbed: ['并入本项目', 'Merged into this project'],
  drawn: ['抽取专家', 'Experts drawn'],
  dividedFrom: ['出自已拆分的', 'Divided from'],
}

/** How an entry of the log reads. */
export function useEventText(): (entry: Recorded) => Told {
  const { t, language } = useText()
  const words = usePolicy().data?.words
  const titled = (type: string) => TITLES[type]?.[language === 'en' ? 1 : 0] ?? type
  return ({ type, event }) => {
    const step = typeof event.step === 'string' ? (words?.step(event.step) ?? event.step) : ''
    switch (type) {
      case 'executed':
      case 'confirmed':
        return {
          what: `${step}${type === 'confirmed' ? ` · ${titled(type)}` : ''}${outcomeTitle(event)}`,
          more: typeof event.remark === 'string' ? [t('cases.saidWith', { remark: event.remark })] : [],
          files: filesOf(event),
        }
      case 'opened':
        return { what: titled(type), more: sourceOf(event, titled('dividedFrom')), files: [] }
      case 'absorbed':
        return { what: `「${String(event.title)}」${titled(type)}`, more: [], files: [] }
      case 'opinion':
        return {
          what: `${step} · ${words?.party(String(event.from)) ?? event.from}: ${t(event.value === 'agree' ? 'cases.agree' : 'cases.object')}`,
          more: [event.aspect, event.remark].filter((one): one is string => typeof one === 'string'),
          files: [],
        }
      case 'decided':
        return {
          what: `${titled(type)}: ${words?.name(String(event.decision))}, ${decisionTitle(event)}`,
          more: typeof event.reason === 'string' ? [event.reason] : [],
          files: [],
        }
      case 'started': {
        const id = String(event.procedure)
        return {
          what: `${titled(type)}「${words?.document.procedures?.[id]?.title ?? id}」`,
          more: [],
          files: [],
        }
      }
      case 'withdrawn':
        return {
          what: `${step} · ${titled(type)}`,
          more: typeof event.reason === 'string' ? [event.reason] : [],
          files: [],
        }
      case 'transferred':
        return { what: titled(type), more: [`${event.from} → ${event.to}`], files: [] }
      case 'witnessed':
        return { what: `${step} · ${titled(type)}: ${words?.party(String(event.by))}`, more: [], files: [] }
      case 'sanction': {
        const id = String(event.sanction)
        return {
          what: `${words?.document.sanctions?.[id]?.title ?? id}`,
          more: typeof event.reason === 'string' ? [event.reason] : [],
          files: [],
        }
      }
      default:
        return { what: titled(type), more: [], files: [] }
    }
  }

  function outcomeTitle(event: Record<string, unknown>): string {
    const id = String(event.outcome ?? '')
    for (const rules of [
      words?.document.steps,
      ...Object.values(words?.document.procedures ?? {}).map((one) => one.steps),
    ]) {
      const title = rules?.[String(event.step)]?.outcomes?.[id]?.title
      if (title) return ` · ${title}`
    }
    return ''
  }

  function decisionTitle(event: Record<string, unknown>): string {
    const value = String(event.value)
    return words?.document.decisions?.[String(event.decision)]?.options[value] ?? value
  }

  function filesOf(event: Record<string, unknown>): Told['files'] {
    if (!Array.isArray(event.materials)) return []
    return (event.materials as { id: string; file?: string }[]).flatMap(({ id, file }) =>
      file ? [{ id: file, title: materialTitle(String(event.step), String(event.outcome), id) }] : [],
    )
  }

  function materialTitle(step: string, outcome: string, id: string): string {
    for (const rules of [
      words?.document.steps,
      ...Object.values(words?.document.procedures ?? {}).map((one) => one.steps),
    ]) {
      const rule = rules?.[step]
      const found = rule?.materials?.[id] ?? rule?.outcomes?.[outcome]?.materials?.[id]
      if (found) return found.title
    }
    return id
  }
}

/** The project that was divided into this one. */
function sourceOf({ dividedFrom }: Record<string, unknown>, words: string): string[] {
  const source = dividedFrom as { title?: unknown } | undefined
  return typeof source?.title === 'string' ? [`${words}「${source.title}」`] : []
}
