import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which part of the portal may import which: features never each other, the server by its types and its core only. */

const root = join(import.meta.dirname, '..', '..')
const files = readdirSync(join(root, 'web/src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const imports = files.flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(/(?:from|import\(|import) ?'(\.[^']+)'/g)
  const types = new Set([...text.matchAll(/import type [^;]*? from '(\.[^']+)'/g)].map((match) => match[1]))
  return [...found].map((match) => ({
    file,
    target: normalize(join(dirname(file), match[1]!)),
    typeOnly: types.has(match[1]!),
  }))
})

const featureOf = (path: string): string | undefined => /^web\/src\/features\/([^/]+)\//.exec(path)?.[1]

describe('the rooms of the portal', () => {
  it('sees imports at all', () => expect(imports.length).toBeGreaterThan(200))

  it('no feature imports another', () => {
    const wrong = imports.filter(({ file, target }) => {
      const [own, other] = [featureOf(file), featureOf(target)]
      return own && other && own !== other
    })
    expect(wrong).toEqual([])
  })

  it('what is shared knows neither features nor the frame', () => {
    const wrong = imports.filter(
      ({ file, target }) => file.startsWith('web/src/shared/') && /^web\/src\/(app|features)\//.test(target),
    )
    expect(wrong).toEqual([])
  })

  it('of the server only the core, and the types of the routes', () => {
    const wrong = imports.filter(
      ({ target, typeOnly }) =>
        !target.startsWith('web/') &&
        !target.startsWith('functions/core/') &&
        !(typeOnly && target === 'functions/app.ts'),
    )
    expect(wrong).toEqual([])
  })

  it('loads nothing from another host', () => {
    const pages = [...files, 'web/index.html', 'web/src/app/app.css']
    const wrong = pages.filter((file) =>
      /(src|href|url|import|fetch)\s*[=(]\s*["'`]?https?:\/\//.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(wrong).toEqual([])
  })
})
