/** How fast the platform lets a bot send, and how fast one did. */

/** What the platform allows to a bot: so many in so many milliseconds. */
export const platform = {
  chat: [
    [7, 1_000],
    [8, 2_000],
    [60, 30_000],
  ],
  tenant: [[30, 1_000]],
} as const

/** The most that came within any such time. */
export function mostWithin(times: readonly number[], ms: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.max(0, ...sorted.map((from, index) => sorted.slice(index).filter(at => at < from + ms).length))
}
