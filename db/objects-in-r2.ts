import { LengthNeeded, type ObjectStore } from './objects.ts'

/** The part of an R2 bucket binding that is used here. */
export interface Bucket {
  put(key: string, value: ReadableStream<Uint8Array>): Promise<unknown>
  get(key: string): Promise<{ body: ReadableStream<Uint8Array> } | null>
  delete(key: string): Promise<void>
  list(options: { prefix: string; cursor?: string }): Promise<{
    objects: { key: string; uploaded: Date }[]
    truncated: boolean
    cursor?: string
  }>
}

/** What workerd offers to give a stream its length, which R2 wants to know before it takes one. */
declare class FixedLengthStream extends TransformStream<Uint8Array, Uint8Array> {
  constructor(length: number)
}

/** Files in an R2 bucket. Throws `LengthNeeded` where the sender announced no length or another one. */
export function objectsInR2(bucket: Bucket): ObjectStore {
  return {
    async put(key, body, size) {
      if (size === undefined) throw new LengthNeeded('R2 takes no stream of unknown length')
      const fixed = new FixedLengthStream(size)
      const stored = bucket.put(key, fixed.readable)
      const piped = body.pipeTo(fixed.writable)
      const [put, pipe] = await Promise.allSettled([stored, piped])
      if (pipe.status === 'rejected') throw pipe.reason
      if (put.status === 'rejected') throw put.reason
    },
    async get(key) {
      return (await bucket.get(key))?.body
    },
    async delete(key) {
      await bucket.delete(key)
    },
    async *list(prefix) {
      let cursor: string | undefined
      do {
        const page = await bucket.list({ prefix, cursor })
        for (const { key, uploaded } of page.objects) yield { key, storedAt: uploaded }
        cursor = page.truncated ? page.cursor : undefined
      } while (cursor)
    },
  }
}
