import type { RecordText } from '../policy/document/document-facts.ts'
import { materialGaps, shapeOf } from '../policy/engine/inputs.ts'
import { unknownFacts } from '../policy/engine/shown-values.ts'
import type { Env, FactRule, Guard } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { MaterialRule, OutcomeRule, RecordRule, Step } from '../policy/model-step.ts'
import type { Asked, FormField, FormMaterial } from './form-view.ts'

const ASKED: readonly Asked[] = ['no', 'yes', 'undetermined']

/** Whether what stands under a condition is asked for, what that hangs on while it is not known, and what it read. */
export function asked(
  env: Env,
  guard: Guard | undefined,
): { required: Asked; hangsOn: string[]; facts: Finding['facts'] } {
  const tri = guard ? guard.test(env) : 1
  const facts: Finding['facts'] = {}
  guard?.show(env, facts)
  return { required: ASKED[tri]!, hangsOn: tri === 2 ? Object.keys(unknownFacts(guard!, env)) : [], facts }
}

export function recordField(env: Env, rule: RecordRule): FormField {
  const look = asked(env, rule.when)
  const text: RecordText = rule.text
  return {
    id: rule.id,
    title: rule.title,
    source: 'record',
    type: rule.type,
    ...shown(text),
    ...(text.from ? { register: text.from } : {}),
    ...look,
    required: text.optional ? 'no' : look.required,
    article: rule.article,
  }
}

export function factField(env: Env, rule: FactRule): FormField {
  const look = asked(env, rule.when)
  const document = env.policy.document
  const text = rule.procedure
    ? document.procedures?.[rule.procedure]?.facts?.[rule.id]
    : document.facts[rule.id]
  return {
    id: rule.id,
    title: rule.title,
    source: 'fact',
    type: rule.type,
    ...(rule.of === 'unit' ? { of: 'unit' as const } : {}),
    ...shown({ ...text, ...shapeOf(env, rule) }),
    ...look,
    required: rule.optional ? 'no' : look.required,
    article: rule.article,
  }
}

/** Facts that a project states of itself when it is declared; one whose condition fails is left out. */
export function declaredFields(env: Env): FormField[] {
  return [...env.policy.facts.values()]
    .filter((rule) => !rule.computed && !rule.procedure && !rule.keptBy && rule.from.length === 0)
    .filter((rule) => rule.when?.test(env) !== 0)
    .map((rule) => factField(env, rule))
}

/** Facts that a procedure is started with. */
export function startFields(env: Env, procedure: string): FormField[] {
  const rule = env.policy.procedures.get(procedure)
  return (rule?.facts ?? [])
    .map((id) => env.policy.facts.get(`${procedure}.${id}`)!)
    .filter((fact) => !fact.computed && fact.from.length === 0 && fact.when?.test(env) !== 0)
    .map((fact) => factField(env, fact))
}

export function materialsOf(
  env: Env,
  step: Step,
  outcome: OutcomeRule | undefined,
  rules: MaterialRule[],
): FormMaterial[] {
  const missing = new Set(materialGaps(env, step, outcome, []).map((gap) => gap.rule))
  return rules.flatMap((rule) => {
    const look = asked(env, rule.when)
    if (rule.when?.test(env) === 0) return []
    const { orReason, anyOf, contents, copies, medium, form, optional } = rule.text
    return [
      {
        id: rule.id,
        title: rule.title,
        ...look,
        required: optional ? ('no' as const) : look.required,
        present: rule.from !== undefined && !missing.has(rule),
        orReason: orReason ?? false,
        ...(anyOf ? { anyOf } : {}),
        ...(contents ? { contents } : {}),
        ...(copies ? { copies } : {}),
        ...(medium ? { medium } : {}),
        ...(form ? { form } : {}),
        article: rule.article,
      },
    ]
  })
}

function shown(
  text: Pick<Partial<RecordText>, 'options' | 'columns' | 'unit' | 'help'>,
): Pick<FormField, 'options' | 'columns' | 'unit' | 'help'> {
  return {
    ...(text.options ? { options: text.options } : {}),
    ...(text.columns ? { columns: text.columns } : {}),
    ...(text.unit ? { unit: text.unit } : {}),
    ...(text.help ? { help: text.help } : {}),
  }
}
