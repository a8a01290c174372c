import { createHash } from 'node:crypto'
import { Conflict, START } from '../../../db/ledger.ts'
import { LengthNeeded } from '../../../db/objects.ts'
import { sql } from '../../../db/statement.ts'
import { commit } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, isOfficer, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { checkBeginning, mediaTypeOf, SNIFFED } from './file-kind.ts'

/** The largest file that is taken. */
export const MATERIAL_LIMIT = 100 * 1024 * 1024

/** A file on its way in. */
export interface Upload {
  name: string
  /** Content-Length as the sender gave it. */
  size: number | undefined
  body: ReadableStream<Uint8Array>
}

/** A stored file. */
export interface Material {
  id: string
  name: string
  mediaType: string
  size: number
  sha256: string
}

/**
 * Stores an uploaded file under a random key, then its row. The file is hashed, measured and judged while it streams;
 * a file without a row is an orphan that the sweep removes. Throws `unsupported-type`, `too-large`, `malformed`.
 */
export async function storeMaterial(ctx: TenantContext, upload: Upload): Promise<Material> {
  const entry = await enter<Material>(ctx, (actor) => isOfficer(actor) || isAdministrator(actor))
  requireKey(ctx)
  const measure = measured(upload)
  if (entry.answered) return sameFile(entry.answered, upload, measure)
  const mediaType = mediaTypeOf(upload.name)
  const storageKey = `${ctx.tenant}/${Buffer.from(ctx.deps.randomBytes(24)).toString('hex')}`
  try {
    await ctx.deps.files.put(storageKey, upload.body.pipeThrough(measure.stream), upload.size)
  } catch (error) {
    await ctx.deps.files.delete(storageKey)
    if (measure.refusal) throw measure.refusal
    if (error instanceof LengthNeeded) throw new AppError('length-required', '请带 Content-Length')
    throw error
  }
  const material: Material = { id: ctx.deps.newId(), name: upload.name, mediaType, ...measure.result() }
  const { actor } = entry
  const stored = {
    others: [
      {
        stream: `material:${material.id}`,
        position: START,
        action: 'store-material',
        events: [{ type: 'material-stored', on: ctx.today, payload: { ...material, storageKey } }],
      },
    ],
    projections: [
      sql`INSERT INTO materials (id, organisation_id, uploaded_by, name, media_type, size, sha256, storage_key, created_at)
        VALUES (${material.id}, ${actor.organisationId}, ${actor.userId}, ${material.name}, ${mediaType},
          ${material.size}, ${material.sha256}, ${storageKey}, ${ctx.now.toISOString()})`,
    ],
  }
  try {
    return await commit(ctx, entry, stored, material)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return otherUpload(ctx, material, storageKey)
  }
}

/** The same key came in at the same time and was first: its answer holds when it brought the same file. */
async function otherUpload(ctx: TenantContext, material: Material, storageKey: string): Promise<Material> {
  await ctx.deps.files.delete(storageKey)
  const { answered } = await enter<Material>(ctx, () => true)
  if (answered?.sha256 !== material.sha256) throw keyReused()
  return answered
}

function keyReused(): AppError {
  return new AppError('key-reused', '这一 Idempotency-Key 已用于另一文件')
}

interface Measure {
  stream: TransformStream<Uint8Array, Uint8Array>
  refusal: AppError | undefined
  result(): { size: number; sha256: string }
}

/** Passes the bytes on while counting, hashing and looking at the first of them. */
function measured(upload: Upload): Measure {
  const hash = createHash('sha256')
  let size = 0
  let head = new Uint8Array()
  let judged = false
  const refuse = (controller: TransformStreamDefaultController, error: unknown): void => {
    if (error instanceof AppError) measure.refusal = error
    controller.error(error)
  }
  const judge = (): void => {
    checkBeginning(upload.name, head)
    judged = true
  }
  const measure: Measure = {
    refusal: undefined,
    stream: new TransformStream({
      transform(chunk, controller) {
        size += chunk.byteLength
        try {
          if (size > MATERIAL_LIMIT) throw new AppError('too-large', `文件不得超过 ${MATERIAL_LIMIT} 字节`)
          if (!judged) {
            head = new Uint8Array([...head, ...chunk.subarray(0, SNIFFED)])
            if (head.length >= SNIFFED) judge()
          }
        } catch (error) {
          return refuse(controller, error)
        }
        hash.update(chunk)
        controller.enqueue(chunk)
      },
      flush(controller) {
        try {
          if (size === 0) throw new AppError('malformed', '文件是空的')
          if (!judged) judge()
        } catch (error) {
          refuse(controller, error)
        }
      },
    }),
    result: () => ({ size, sha256: hash.digest('hex') }),
  }
  return measure
}

/** A repeated key must bring the same file; it is read to the end to know. */
async function sameFile(answered: Material, upload: Upload, measure: Measure): Promise<Material> {
  const reader = upload.body.pipeThrough(measure.stream).getReader()
  let same = true
  try {
    while (!(await reader.read()).done);
    same = measure.result().sha256 === answered.sha256
  } catch {
    same = false
  }
  if (!same) throw keyReused()
  return answered
}
