import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Tooltip } from '@codemirror/view'
import { keyWord } from '../../../../functions/core/policy/diff-words.ts'
import { namesAt } from './policy-names.ts'
import { describe, keysOf, kindOf, type Schema, schemasAt, wordsOf } from './schema-walk.ts'
import { placeAt } from './yaml-place.ts'

/** What may be written at the cursor: keys and words of the schema, and the names that the text itself defines. */
export function completePolicy(
  schema: Schema | undefined,
  context: CompletionContext,
): CompletionResult | null {
  if (!schema) return null
  const word = context.matchBefore(/[\p{L}\p{N}._-]*$/u)
  if (!context.explicit && (!word || word.from === word.to)) return null
  const text = context.state.doc.toString()
  const place = placeAt(text, context.pos)
  const forms = schemasAt(schema, place.path)
  const names = namesAt(text, place).map(
    ({ id, title }): Completion => ({
      label: id,
      detail: title,
      type: 'variable',
      apply: place.writes === 'key' ? `${id}: ` : id,
    }),
  )
  const known =
    place.writes === 'key'
      ? keysOf(schema, forms).map(
          ({ key, description, required }): Completion => ({
            label: key,
            detail: description ?? keyWord(key) ?? '',
            type: 'property',
            apply: `${key}: `,
            boost: required ? 2 : 1,
          }),
        )
      : wordsOf(forms).map((label): Completion => ({ label, type: 'constant' }))
  const options = [...known, ...names]
  return options.length > 0
    ? { from: word?.from ?? context.pos, options, validFor: /^[\p{L}\p{N}._-]*$/u }
    : null
}

/** What the schema says of the key under the pointer, and what a name of the text stands for. */
export function hoverPolicy(schema: Schema | undefined, text: string, offset: number): Tooltip | null {
  if (!schema) return null
  const before = /[\p{L}\p{N}._-]*$/u.exec(text.slice(0, offset))![0]
  const after = /^[\p{L}\p{N}._-]*/u.exec(text.slice(offset))![0]
  const word = before + after
  if (word === '') return null
  const from = offset - before.length
  const place = placeAt(text, from)
  const isKey = /^\s*:(\s|$)/.test(text.slice(offset + after.length, offset + after.length + 3))
  const lines = isKey ? keyHelp(schema, place.path, word) : []
  const named = namesAt(text, place).find(({ id }) => id === word)
  if (named?.title) lines.push(named.title)
  if (lines.length === 0) return null
  return { pos: from, end: offset + after.length, above: true, create: () => ({ dom: card(word, lines) }) }
}

function keyHelp(schema: Schema, path: readonly string[], key: string): string[] {
  const holders = schemasAt(schema, path)
  const own = holders.flatMap((form) => (form.properties?.[key] ? [form.properties[key]] : []))
  if (own.length === 0) return []
  const said = own.flatMap((one) => describe(schema, one) ?? keyWord(key) ?? [])
  const kinds = schemasAt(schema, [...path, key]).map(kindOf)
  return [...new Set([...said, [...new Set(kinds)].filter(Boolean).join(' / ')])].filter(Boolean)
}

function card(word: string, lines: readonly string[]): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'editor-hover'
  const head = document.createElement('strong')
  head.textContent = word
  dom.append(head)
  for (const line of lines) {
    const part = document.createElement('div')
    part.textContent = line
    dom.append(part)
  }
  return dom
}
