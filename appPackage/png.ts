/** PNG as far as the icons need it: 8 bits a channel with alpha, written and, for the tests, read. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A square picture from RGBA, row by row. */
export function png(pixels: Uint8Array, size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits, colour with alpha; no interlacing.
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (size * 4 + 1))
  // Each row begins with its filter; 0 is none.
  for (let y = 0; y < size; y++) rows.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

/** @throws for what `png` does not write. */
export function read(file: Uint8Array): Picture {
  const bytes = Buffer.from(file)
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('Not a PNG.')
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (bytes.readUInt32BE(24) !== 0x08060000) throw new Error('Not 8 bits a channel with alpha.')
  const packed: Buffer[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'IDAT') continue
    packed.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  }
  const rows = inflateSync(Buffer.concat(packed))
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const start = y * (width * 4 + 1)
    if (rows[start] !== 0) throw new Error('Filtered rows.')
    pixels.set(rows.subarray(start + 1, start + 1 + width * 4), y * width * 4)
  }
  return { width, height, pixels }
}
