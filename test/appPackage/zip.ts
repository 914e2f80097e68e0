/** Reads a zip the way its format describes it, byte by byte: what a library is kind enough not to show counts here. */
import { crc32 } from 'node:zlib'

export type Entry = {
  readonly name: string
  readonly content: Buffer
  readonly method: number
  /** As DOS wrote it: 0x0021 is 1 January 1980. */
  readonly date: number
  readonly time: number
  /** Bytes of extra fields, in both headers together. */
  readonly extra: number
}

/** In the order of the directory at its end. @throws when it is not whole. */
export function entriesOf(file: Uint8Array): Entry[] {
  const zip = Buffer.from(file)
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== 0x06054b50) throw new Error('No end of directory, or a comment behind it.')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('No entry in the directory.')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset))
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    const local = zip.readUInt32LE(at + 42)
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = zip.subarray(begin, begin + zip.readUInt32LE(at + 20))
    if (crc32(content) !== zip.readUInt32LE(at + 16)) throw new Error(`${name} is damaged.`)
    const [method, time, date] = [10, 12, 14].map(offset => zip.readUInt16LE(at + offset))
    const extra = (extraLength ?? 0) + (commentLength ?? 0) + zip.readUInt16LE(local + 28)
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
    return { name, content, method: method ?? -1, date: date ?? -1, time: time ?? -1, extra }
  })
}
