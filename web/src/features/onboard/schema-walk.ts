/** The part of JSON Schema that the policy's schema uses. */
export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  title?: string
  description?: string
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  prefixItems?: Schema[]
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
}

/** What may stand at a path: every form that the schema allows there, references followed. */
export function schemasAt(root: Schema, path: readonly string[]): Schema[] {
  let here = formsOf(root, root)
  for (const key of path) here = here.flatMap((form) => within(root, form, key))
  return here
}

/** A key that the schema knows at a place. */
export interface KnownKey {
  key: string
  description: string | undefined
  required: boolean
}

/** The keys that may be written into any of these forms. */
export function keysOf(root: Schema, forms: readonly Schema[]): KnownKey[] {
  const known = new Map<string, KnownKey>()
  for (const { properties, required } of forms)
    for (const [key, inner] of Object.entries(properties ?? {})) {
      const before = known.get(key)
      known.set(key, {
        key,
        description: before?.description ?? describe(root, inner),
        required: before?.required || (required?.includes(key) ?? false),
      })
    }
  return [...known.values()]
}

/** The fixed words that may stand as a value. */
export function wordsOf(forms: readonly Schema[]): string[] {
  const words = forms.flatMap((form) =>
    form.type === 'boolean' ? [true, false] : form.const !== undefined ? [form.const] : (form.enum ?? []),
  )
  return [...new Set(words.map(String))]
}

/** What a key is for, in the words of the schema. */
export function describe(root: Schema, schema: Schema): string | undefined {
  return schema.description ?? (schema.$ref ? describe(root, target(root, schema.$ref)) : undefined)
}

/** The kinds of value a form is, as an author calls them. */
export function kindOf(form: Schema): string {
  if (form.enum) return form.enum.map(String).join(' | ')
  if (form.const !== undefined) return String(form.const)
  if (form.properties) return `{${Object.keys(form.properties).join(', ')}}`
  return KINDS[form.type ?? ''] ?? ''
}

const KINDS: Record<string, string> = {
  string: '文字',
  number: '数',
  integer: '整数',
  boolean: 'true | false',
  array: '[…]',
  object: '{…}',
}

function within(root: Schema, form: Schema, key: string): Schema[] {
  if (key === '*') {
    const items = [...(form.prefixItems ?? []), ...(form.items ? [form.items] : [])]
    return items.flatMap((item) => formsOf(root, item))
  }
  const own = form.properties?.[key]
  if (own) return formsOf(root, own)
  return typeof form.additionalProperties === 'object' ? formsOf(root, form.additionalProperties) : []
}

function formsOf(root: Schema, schema: Schema, seen: ReadonlySet<string> = new Set()): Schema[] {
  if (schema.$ref !== undefined)
    return seen.has(schema.$ref)
      ? []
      : formsOf(root, target(root, schema.$ref), new Set([...seen, schema.$ref]))
  if (schema.anyOf) return schema.anyOf.flatMap((one) => formsOf(root, one, seen))
  return [schema]
}

function target(root: Schema, ref: string): Schema {
  return root.$defs?.[ref.replace('#/$defs/', '')] ?? {}
}
