import { inflateRawSync } from 'node:zlib'

/** Names and texts of a zip archive, read from its central directory. */
export function unzipSync(bytes: Uint8Array): Map<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (from: number, length: number) => new TextDecoder().decode(bytes.subarray(from, from + length))
  let end = bytes.length - 22
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1
  const files = new Map<string, string>()
  let at = view.getUint32(end + 16, true)
  for (let n = view.getUint16(end + 10, true); n > 0; n -= 1) {
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)]
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ]
    const header = view.getUint32(at + 42, true)
    const from = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
    const body = bytes.subarray(from, from + size)
    files.set(text(at + 46, nameLength), new TextDecoder().decode(method === 0 ? body : inflateRawSync(body)))
    at += 46 + nameLength + extra + comment
  }
  return files
}
