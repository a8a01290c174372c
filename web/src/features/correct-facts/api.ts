import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { useAct } from '../../shared/query.ts'

const project = api[':tenant'].projects[':id']

interface Correction {
  /** The version that the person had in hand. */
  version: number
  facts: Record<string, unknown>
  track?: 'keep' | 'change'
}

/** Sends a correction on top of the version in hand; 412 when somebody else was faster. */
export function useCorrect(id: string) {
  const tenant = useTenant()
  return useAct(({ version, facts, track }: Correction) =>
    answer(
      project.$patch(
        { param: { tenant, id }, json: { facts, ...(track ? { track } : {}) } },
        { headers: { 'if-match': `"${version}"` } },
      ),
    ),
  )
}

/** The project as it stands now, past every cache. */
export function readAgain(tenant: string, id: string) {
  return answer(project.$get({ param: { tenant, id } }))
}
