import type { MaterialText, RecordText } from '../document/document-facts.ts'
import type { OpinionText } from '../document/document-steps.ts'
import type { MaterialRule, OpinionRule, RecordRule } from '../model-step.ts'
import { guardOf } from './compile-relations.ts'
import { compileChoice, fixedChoice, partyList, readSpan } from './compile-values.ts'
import { articles, type Compiler, type Path, type Scope, stepNamed } from './compiler.ts'

export function compileRecords(
  compiler: Compiler,
  texts: Record<string, RecordText> | undefined,
  scope: Scope,
  path: Path,
  inherited: string[],
): RecordRule[] {
  return Object.entries(texts ?? {}).map(([id, text]) => {
    const at = [...path, id]
    if (text.from && !compiler.document.registers?.[text.from])
      compiler.problem([...at, 'from'], 'reference', `名录「${text.from}」没有定义`, '在 registers 中定义')
    if (text.from) compiler.used.add(`register:${text.from}`)
    return {
      id,
      title: text.title ?? id,
      type: text.type,
      text,
      when: guardOf(compiler, text.when, scope, [...at, 'when']),
      article: articles(compiler, text.article, [...at, 'article'], 'record', inherited),
    }
  })
}

export function compileMaterials(
  compiler: Compiler,
  texts: Record<string, MaterialText> | undefined,
  scope: Scope,
  path: Path,
  inherited: string[],
): MaterialRule[] {
  return Object.entries(texts ?? {}).map(([id, text]) => {
    const at = [...path, id]
    return {
      id,
      title: text.title,
      text,
      when: guardOf(compiler, text.when, scope, [...at, 'when']),
      from: text.from === undefined ? undefined : stepNamed(compiler, text.from, [...at, 'from']),
      article: articles(compiler, text.article, [...at, 'article'], 'material', inherited),
    }
  })
}

export function compileOpinion(
  compiler: Compiler,
  text: OpinionText,
  scope: Scope,
  path: Path,
  inherited: string[],
): OpinionRule {
  const at = Array.isArray(path) ? path : []
  const read = (raw: unknown) => partyList(compiler, raw as string | string[], [...at, 'from'])
  return {
    from:
      compileChoice(compiler, text.from, read, scope, [...at, 'from'], inherited) ??
      fixedChoice([], inherited),
    on: text.on ?? [],
    text,
    within:
      text.within === undefined
        ? undefined
        : compileChoice(compiler, text.within, readSpan, scope, [...at, 'within'], inherited),
    when: guardOf(compiler, text.when, scope, [...at, 'when']),
    article: articles(compiler, text.article, [...at, 'article'], 'opinion', inherited),
  }
}
