/** Where uploaded files are kept. Keys are random and never made from a file's name. */
export interface ObjectStore {
  /** Stores the stream; `size` is what the sender announced, for stores that must know it beforehand. Leaves nothing when the stream fails. */
  put(key: string, body: ReadableStream<Uint8Array>, size: number | undefined): Promise<void>
  get(key: string): Promise<ReadableStream<Uint8Array> | undefined>
  delete(key: string): Promise<void>
  /** Every key that begins with `prefix`, a tenant's id and a slash. */
  list(prefix: string): AsyncIterable<{ key: string; storedAt: Date }>
}

/** The announced length that this store cannot do without was missing or wrong. */
export class LengthNeeded extends Error {}
