/** Whether the process can serve: named checks, each bounded in time, all asked at once. */
import { within } from '../base/within.ts'

/** A check resolves when all is well and rejects otherwise; its name is shown, its reason is not. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>

const limitMs = 2000

/** The names of the checks that failed or took longer than two seconds. */
export async function failedChecks(checks: Checks): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ((await passes(check)) ? [] : [name])),
  )
  return names.flat()
}

async function passes(check: () => Promise<unknown>): Promise<boolean> {
  try {
    return await within(limitMs, check())
  } catch {
    return false
  }
}
