import { answer, api } from '../api.ts'
import { useMe, useTenant } from '../me.ts'
import { useQuery } from '../query.ts'
import { DeskActs, DeskMarks } from './todo-desk.tsx'

/** A step as its to-dos name it. */
export interface DeskedStep {
  projectId: string
  step: string
  procedure?: string
  part?: string
}

/** The to-dos of a project, whoever's they are; read once for all steps on the page. */
function useProjectTodos(projectId: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['todos', tenant, 'project', projectId],
    queryFn: () =>
      answer(
        api[':tenant'].projects[':id'].todos.$get({
          param: { tenant, id: projectId },
          query: { limit: '200' },
        }),
      ),
  })
}

/** Who has a step of a project in hand, with claiming, handing over and urging; nothing where nobody owes it. */
export function StepDesk({ projectId, step, procedure, part }: DeskedStep) {
  const me = useMe()
  const { data } = useProjectTodos(projectId)
  const owed = data?.items.filter((one) => one.step === step && names(one.item, step, procedure, part)) ?? []
  if (owed.length === 0) return null
  const own = owed.filter((one) => one.organisation.id === me.organisation?.id)
  const others = onceEach(owed.filter((one) => !own.includes(one)))
  return [...own, ...others].map((one) => {
    const todo = { ...one, subject: projectId }
    return (
      <span key={`${one.item} ${one.organisation.id}`} className="step-desk">
        <DeskMarks todo={todo} />
        <DeskActs todo={todo} named={others.length > 1} />
      </span>
    )
  })
}

/** One to-do of each organisation: whoever owes a step and opinions on it is urged once, for the step where it can be done. */
function onceEach<T extends { kind: string; open: boolean; organisation: { id: string } }>(todos: T[]): T[] {
  const worth = (one: T) => (one.open ? 2 : 0) + (one.kind === 'step' ? 1 : 0)
  const best = new Map<string, T>()
  for (const one of todos) {
    const known = best.get(one.organisation.id)
    if (!known || worth(one) > worth(known)) best.set(one.organisation.id, one)
  }
  return [...best.values()]
}

/** Whether an item such as `step:change-1:change-review:part` is this run of the step. */
function names(item: string, step: string, procedure: string | undefined, part: string | undefined): boolean {
  const [, ...words] = item.split(':')
  const at = words.indexOf(step)
  return at >= 0 && (at === 1 ? words[0] === procedure : !procedure) && (!part || words[at + 1] === part)
}
