/**
 * What is in a store, in a few lines that two stores can be compared by: how many documents of each kind, and a hash over
 * them that is the same in whatever order they come, however their fields are ordered. Nothing can be read from it.
 */
import { createHash } from 'node:crypto'
import type { RawDocument } from '../raw-store.ts'

type Sum = { readonly count: number; readonly hash: bigint }

export type Checksum = {
  readonly kinds: ReadonlyMap<string, Sum>
  /** Those that expire by themselves: while they are compared, some may. */
  readonly passing: number
}

const none: Sum = { count: 0, hash: 0n }

/** @param pages all documents, some at a time. */
export async function checksumOf(pages: AsyncIterable<readonly RawDocument[]>): Promise<Checksum> {
  const kinds = new Map<string, Sum>()
  let passing = 0
  for await (const docs of pages) {
    for (const { fields, expires } of docs) {
      if (expires !== undefined) {
        passing++
        continue
      }
      const { count, hash } = kinds.get(fields.type) ?? none
      kinds.set(fields.type, { count: count + 1, hash: hash ^ digest(fields) })
    }
  }
  return { kinds, passing }
}

/** One line for each kind, and for all of them; whether both are the same. */
export function compared(
  source: Checksum,
  target: Checksum,
): { readonly same: boolean; readonly lines: readonly string[] } {
  const names = [...new Set([...source.kinds.keys(), ...target.kinds.keys()])].sort()
  const rows = names.map(name => ({ name, of: source.kinds.get(name) ?? none, to: target.kinds.get(name) ?? none }))
  const all = { name: 'all', of: total(source), to: total(target) }
  const line = ({ name, of, to }: typeof all) => {
    const verdict = of.hash === to.hash && of.count === to.count ? 'same' : 'DIFFERENT'
    return `  ${name.padEnd(12)}${String(of.count).padStart(9)}${String(to.count).padStart(9)}  ${verdict}`
  }
  const lines = [
    `  ${'kind'.padEnd(12)}${'source'.padStart(9)}${'target'.padStart(9)}`,
    ...[...rows, all].map(line),
    `  sha256 of the source ${hex(all.of.hash)}`,
    `  sha256 of the target ${hex(all.to.hash)}`,
    `  Not compared: documents that expire by themselves, ${source.passing} and ${target.passing}.`,
  ]
  return { same: !lines.some(text => text.endsWith('DIFFERENT')), lines }
}

function total({ kinds }: Checksum): Sum {
  return [...kinds.values()].reduce(
    (sum, { count, hash }) => ({ count: sum.count + count, hash: sum.hash ^ hash }),
    none,
  )
}

/** Combined bit by bit rather than hashed one after another: that is what makes the order indifferent. */
function digest(fields: object): bigint {
  return BigInt(`0x${createHash('sha256').update(canonical(fields)).digest('hex')}`)
}

const hex = (hash: bigint) => hash.toString(16).padStart(64, '0')

/** JSON with the fields in order. Half a surrogate pair is written as an escape, so it is told from any other. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${fields.map(([field, each]) => `${JSON.stringify(field)}:${canonical(each)}`).join()}}`
}
