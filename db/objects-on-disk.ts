import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { ObjectStore } from './objects.ts'

/** A key, or what an upload that was cut off has left beside it. */
const KEY = /^[a-z0-9-]{1,63}\/[0-9a-f-]{16,64}(\.new)?$/

/** Files in a folder, one folder a tenant. A file is there whole or not at all: written aside, synced, renamed. */
export function objectsOnDisk(folder: string): ObjectStore {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new RangeError('not an object key')
    return join(folder, key)
  }
  return {
    async put(key, body) {
      const path = pathOf(key)
      const partial = `${path}.new`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await pipeline(
          Readable.fromWeb(body as NodeReadableStream),
          createWriteStream(partial, { mode: 0o600 }),
        )
        await sync(partial)
        await rename(partial, path)
        await sync(dirname(path))
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    },
    async get(key) {
      const path = pathOf(key)
      try {
        await access(path)
      } catch {
        return undefined
      }
      return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
    async *list(prefix) {
      const names = await readdir(join(folder, prefix)).catch(() => [])
      for (const name of names) {
        const key = `${prefix}${name}`
        const found = KEY.test(key) ? await stat(join(folder, key)).catch(() => undefined) : undefined
        if (found?.isFile()) yield { key, storedAt: found.mtime }
      }
    },
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
