/** Long things in pages, by what they take on the wire. Teams refuses a message of about 100 KB; we stay below 80. */

/** The most a card may take, in UTF-16 code units (two bytes each). */
const cardUnits = 40_000

/** The most the paged items of one card may take together; the rest is for its head and its buttons. */
export const pageUnits = cardUnits - 9_000

/** The most a text in the field may take on the wire; far above the longest answer, below what a card may carry. */
export const fieldUnits = 32_000

export type Page<Item> = {
  readonly items: readonly Item[]
  readonly page: number
  readonly pages: number
}

/** The page asked for, or the nearest there is. Order is kept; an item is never split. */
export function pageOf<Item>(
  items: readonly Item[],
  units: (item: Item) => number,
  wanted: number,
  limit = pageUnits,
): Page<Item> {
  const all: Item[][] = [[]]
  let used = 0
  for (const item of items) {
    const size = units(item)
    if (used > 0 && used + size > limit) {
      all.push([])
      used = 0
    }
    all.at(-1)?.push(item)
    used += size
  }
  const page = Math.min(Math.max(1, wanted), all.length)
  return { items: all[page - 1] ?? [], page, pages: all.length }
}
