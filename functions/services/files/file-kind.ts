import { AppError } from '../errors.ts'

/** Kinds of file that are taken, by extension: the media type they are served with, and how their bytes begin. */
const KINDS: Record<string, { mediaType: string; begins: number[][] | 'text' }> = {
  pdf: { mediaType: 'application/pdf', begins: [[0x25, 0x50, 0x44, 0x46, 0x2d]] },
  ofd: { mediaType: 'application/ofd', begins: [[0x50, 0x4b, 0x03, 0x04]] },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    begins: [[0x50, 0x4b, 0x03, 0x04]],
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    begins: [[0x50, 0x4b, 0x03, 0x04]],
  },
  pptx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    begins: [[0x50, 0x4b, 0x03, 0x04]],
  },
  doc: { mediaType: 'application/msword', begins: [[0xd0, 0xcf, 0x11, 0xe0]] },
  xls: { mediaType: 'application/vnd.ms-excel', begins: [[0xd0, 0xcf, 0x11, 0xe0]] },
  wps: {
    mediaType: 'application/vnd.ms-works',
    begins: [
      [0xd0, 0xcf, 0x11, 0xe0],
      [0x50, 0x4b, 0x03, 0x04],
    ],
  },
  zip: { mediaType: 'application/zip', begins: [[0x50, 0x4b, 0x03, 0x04]] },
  png: { mediaType: 'image/png', begins: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] },
  jpg: { mediaType: 'image/jpeg', begins: [[0xff, 0xd8, 0xff]] },
  jpeg: { mediaType: 'image/jpeg', begins: [[0xff, 0xd8, 0xff]] },
  txt: { mediaType: 'text/plain; charset=utf-8', begins: 'text' },
  csv: { mediaType: 'text/csv; charset=utf-8', begins: 'text' },
}

/** Bytes that must be seen before a file can be judged. */
export const SNIFFED = 16

/** The media type for a file name. Throws `unsupported-type` for a name without a known extension or with a path in it. */
export function mediaTypeOf(name: string): string {
  const kind = KINDS[extensionOf(name)]
  if (!kind) throw new AppError('unsupported-type', `不接收这种文件, 可用: ${Object.keys(KINDS).join(' ')}`)
  return kind.mediaType
}

/** Throws `unsupported-type` when the first bytes are not those of the kind that the name says. */
export function checkBeginning(name: string, bytes: Uint8Array): void {
  const kind = KINDS[extensionOf(name)]
  const right =
    kind?.begins === 'text'
      ? !bytes.includes(0)
      : kind?.begins.some((magic) => magic.every((byte, i) => bytes[i] === byte))
  if (!right) throw new AppError('unsupported-type', '文件内容与扩展名不符')
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/.exec(name.toLowerCase())?.[1] ?? ''
}
