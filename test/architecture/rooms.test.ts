import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The import table of the house, and what never stands in which room. */

const root = join(import.meta.dirname, '..', '..')

function filesUnder(folder: string, ending: RegExp): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules') && !file.includes('dist/'))
}

const sources = ['functions', 'db'].flatMap((folder) => filesUnder(folder, /\.ts$/))

interface Import {
  file: string
  target: string
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(/(?:^|\n)(?:import|export)( type)?[^'"\n]*(?:\{[^}]*\})?[^'"\n]*from '([^']+)'/g),
  ].map((match) => ({
    file,
    target: match[2]!.startsWith('.') ? normalize(join(dirname(file), match[2]!)) : match[2]!,
    typeOnly: match[1] !== undefined,
  }))
}

const imports = sources.flatMap(importsOf)

/** Room → what it may import beside itself: other rooms by path, packages by name. */
const TABLE: { room: RegExp; rooms: RegExp[]; packages: RegExp }[] = [
  { room: /^functions\/core\//, rooms: [], packages: /^(zod|yaml)$/ },
  {
    room: /^db\//,
    rooms: [/^functions\/core\//],
    packages: /^(@libsql\/client(\/.*)?|libsql|node:.*)$/,
  },
  {
    room: /^functions\/services\//,
    rooms: [/^functions\/core\//, /^db\//, /^functions\/deps\.ts$/],
    packages:
      /^(zod|jose|pinyin-pro|write-excel-file\/universal|chinese-days(\/.*)?|node:(crypto|buffer|util))$/,
  },
  {
    room: /^functions\/(routes|http)\//,
    rooms: [
      /^functions\/services\//,
      /^functions\/core\//,
      /^functions\/(routes|http)\//,
      /^functions\/deps\.ts$/,
    ],
    packages: /^(hono(\/.*)?|@hono\/zod-openapi|zod|jose|node:crypto)$/,
  },
  {
    room: /^functions\/(jobs|cli)\//,
    rooms: [/^functions\/(services|core|jobs|cli|demo)\//, /^db\//, /^functions\/(deps|node)\.ts$/],
    packages: /^(zod|yaml|libsql|node:.*)$/,
  },
  {
    room: /^functions\/demo\//,
    rooms: [/^functions\/(services|core)\//, /^db\//, /^functions\/deps\.ts$/],
    packages: /^(zod|yaml|node:.*)$/,
  },
]

describe('the import table', () => {
  for (const { room, rooms, packages } of TABLE)
    it(String(room), () => {
      const wrong = imports
        .filter(({ file }) => room.test(file))
        .filter(({ target }) =>
          target.includes('/') && sources.includes(target)
            ? !(room.test(target) || rooms.some((one) => one.test(target)))
            : !packages.test(target),
        )
        .map(({ file, target }) => `${file} → ${target}`)
      expect(wrong).toEqual([])
    })

  it('sees imports at all', () => expect(imports.length).toBeGreaterThan(200))
})

describe('the pure core', () => {
  for (const file of filesUnder('functions/core', /\.ts$/))
    it(`${file} has no clock, chance or I/O`, () => {
      const text = readFileSync(join(root, file), 'utf8')
      expect(text).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|\bfetch\(|process\.|performance\.now|crypto\./,
      )
    })
})

describe('law is data', () => {
  const names = readdirSync(join(root, 'tenants'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [entry.name, ...chineseNames(entry.name)])

  /** The short name of a jurisdiction, from its policy: 江苏省连云港市 → 连云港. */
  function chineseNames(id: string): string[] {
    const file = readdirSync(join(root, 'tenants', id)).find((name) => name.endsWith('.yaml'))!
    const name = /name: *([^,}\n]+)/.exec(readFileSync(join(root, 'tenants', id, file), 'utf8'))?.[1] ?? ''
    const last =
      name
        .split(/[省市]/)
        .filter(Boolean)
        .at(-1)
        ?.replace(/(区|市|县|产城融合示范区)$/, '') ?? ''
    return last.length >= 2 ? [last] : []
  }

  it('no jurisdiction stands in code', () => {
    const pattern = new RegExp(
      names.map((name) => (/^[a-z]+$/.test(name) ? `\\b${name}\\b` : name)).join('|'),
    )
    const code = [...sources, ...filesUnder('web', /\.tsx?$/)].filter((file) =>
      pattern.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(names.length).toBeGreaterThanOrEqual(10)
    expect(code).toEqual([])
  })
})

describe('taste', () => {
  const all = [...sources, ...filesUnder('test', /\.ts$/), ...filesUnder('web', /\.tsx?$/)]

  it('no file is over 300 lines', () => {
    const long = all.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301)
    expect(long).toEqual([])
  })

  it('no folder holds forty files', () => {
    const folders = new Map<string, number>()
    for (const file of all) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1)
    expect([...folders].filter(([, count]) => count >= 40)).toEqual([])
  })

  it('nothing stands at the top but what belongs there', () => {
    const allowed =
      /^(functions|db|tenants|web|test|wrangler\.toml|package\.json|package-lock\.json|tsconfig\.json|README\.md|biome\.json|node_modules|dist|data|\..*)$/
    expect(readdirSync(root).filter((name) => !allowed.test(name))).toEqual([])
  })

  it('nothing is left unfinished', () => {
    const marks = new RegExp(
      [
        '\\bTO' + 'DO\\b',
        'FIX' + 'ME',
        'as a' + 'ny\\b',
        '@ts-' + '(ignore|expect-error)',
        '\\b(it|test|describe)\\.(sk' + 'ip|on' + 'ly|to' + 'do)\\b',
      ].join('|'),
    )
    expect(all.filter((file) => marks.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  it('names no common room', () => {
    expect(all.filter((file) => /\/(utils?|helpers?|common|manager)(\.ts|\/)/.test(file))).toEqual([])
  })
})
