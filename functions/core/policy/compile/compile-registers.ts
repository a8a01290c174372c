import { parseSpan, type Span } from '../../values/span.ts'
import type { OutcomeText, StepText } from '../document/document-steps.ts'
import type { Read } from '../model.ts'
import type { RegisterRule, Step } from '../model-step.ts'
import type { Value } from '../state.ts'
import { guardOf } from './compile-relations.ts'
import { articles, type Compiler, listOf, type Path, type Scope, unknownName } from './compiler.ts'
import { dayNamed, type Name, resolveName } from './names.ts'

type ActText = NonNullable<OutcomeText['enters'] | OutcomeText['leaves']>
type One<T> = T extends (infer Item)[] ? Item : T
type EnterText = One<NonNullable<OutcomeText['enters']>>
type LeaveText = One<NonNullable<OutcomeText['leaves']>>

const NAMING = ['text', 'organisation', 'person']

/** What an outcome writes to registers: who leaves first, then who enters (§11). */
export function compileRegisterActs(
  compiler: Compiler,
  step: Step,
  text: StepText,
  outcome: OutcomeText,
  scope: Scope,
  path: Path,
  inherited: string[],
): RegisterRule[] {
  const leaves = pathed<LeaveText>(outcome.leaves, [...path, 'leaves'])
  const enters = pathed<EnterText>(outcome.enters, [...path, 'enters'])
  const places = [...leaves, ...enters].map(([, at]) => at)
  if (places.length > 0) refuseElsewhere(compiler, step, text, places[0]!)
  return [
    ...leaves.flatMap(([item, at]) => ruleOf(compiler, 'leave', item, scope, at, inherited)),
    ...enters.flatMap(([item, at]) => ruleOf(compiler, 'enter', item, scope, at, inherited)),
  ]
}

function pathed<T>(raw: ActText | undefined, path: Path): [T, Path][] {
  return listOf(raw as T | T[] | undefined).map((item, i) => [item, Array.isArray(raw) ? [...path, i] : path])
}

/** One act of one project writes: a batch act over many could fill a register past its size unseen. */
function refuseElsewhere(compiler: Compiler, step: Step, text: StepText, at: Path): void {
  const on = step.procedure && compiler.document.procedures?.[step.procedure]?.on
  const merged = Object.values(compiler.document.merges ?? {}).some((one) => one.steps.includes(step.id))
  if (text.through !== undefined || text.batch || merged || (on !== undefined && on !== 'project'))
    compiler.problem(
      at,
      'reference',
      '经批次、合并办理的环节和一次办几个分项的环节不能写名录',
      '写在项目自己单独办理的环节上',
    )
}

function ruleOf(
  compiler: Compiler,
  act: RegisterRule['act'],
  text: EnterText | LeaveText,
  scope: Scope,
  at: Path,
  inherited: string[],
): RegisterRule[] {
  const { registers } = compiler.document
  const register = registers?.[text.register]
  if (!register)
    unknownName(compiler, [...at, 'register'], '名录', text.register, Object.keys(registers ?? {}))
  compiler.used.add(`register:${text.register}`)
  const named = naming(compiler, text.name, scope, [...at, 'name'])
  const enter: Partial<EnterText> = act === 'enter' ? (text as EnterText) : {}
  const level =
    enter.level === undefined
      ? undefined
      : levelOf(compiler, enter.level, register?.levels ?? [], scope, [...at, 'level'])
  const rule = {
    level,
    organisation:
      enter.organisation === undefined
        ? undefined
        : naming(compiler, enter.organisation, scope, [...at, 'organisation'])?.read,
    from: enter.from === undefined ? undefined : dayOf(compiler, enter.from, scope, [...at, 'from']),
    to: text.to === undefined ? undefined : endOf(compiler, act, text.to, scope, [...at, 'to']),
    when: guardOf(compiler, text.when, scope, [...at, 'when']),
    article: articles(compiler, text.article, [...at, 'article'], 'effect', inherited),
  }
  return named ? [{ act, register: text.register, name: named.read, label: named.label, ...rule }] : []
}

/** A name that says who: a text, an organisation or a person. */
function naming(compiler: Compiler, name: string, scope: Scope, path: Path): Name | undefined {
  const found = resolveName(compiler, name, scope, path)
  const { tables, parameters } = compiler.document
  const isStated = !tables?.[name] && !parameters?.[name]
  if (!found || (isStated && NAMING.includes(found.type))) return found
  compiler.problem(
    path,
    'reference',
    `「${name}」说不出是谁`,
    '写一项 type: organisation、person 或 text 的记录或要素',
  )
  return undefined
}

function dayOf(
  compiler: Compiler,
  name: string,
  scope: Scope,
  path: Path,
): { label: string; day: Read } | undefined {
  const day = dayNamed(compiler, name, scope, path)
  return day && { label: name, day }
}

function endOf(
  compiler: Compiler,
  act: RegisterRule['act'],
  text: string,
  scope: Scope,
  path: Path,
): RegisterRule['to'] {
  const span: Span | undefined = act === 'enter' ? parseSpan(text) : undefined
  return span ?? dayOf(compiler, text, scope, path)
}

/** A level of the register, or a choice each of whose options is one, by its name or by how it is shown. */
function levelOf(
  compiler: Compiler,
  text: string,
  levels: string[],
  scope: Scope,
  path: Path,
): RegisterRule['level'] {
  if (levels.includes(text)) return text
  const fix = levels.length > 0 ? `名录的等级: ${levels.join('、')}` : '先在名录写 levels'
  const found = resolveName(compiler, text, scope, path)
  if (!found) return undefined
  const level = (value: Value | undefined): string | undefined =>
    [String(value), found.options?.[String(value)]].find((one) => one !== undefined && levels.includes(one))
  const strangers = Object.keys(found.options ?? {}).filter((option) => level(option) === undefined)
  if (found.type !== 'choice' || strangers.length > 0) {
    compiler.problem(path, 'reference', `「${text}」不是名录的等级`, fix)
    return undefined
  }
  return (env) => level(found.read(env))
}
