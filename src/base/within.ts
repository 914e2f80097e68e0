/**
 * Waits for `work`, at most `limitMs` milliseconds.
 *
 * @param options `ref: false`, as Node's own timers have it: the wait alone keeps no process alive, for work in the
 *   background that nobody awaits.
 * @returns whether it ended in time; when it failed in time, throws that.
 */
export async function within(limitMs: number, work: Promise<unknown>, { ref = true } = {}): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), limitMs)
    if (!ref) timer.unref()
  })
  try {
    return await Promise.race([work.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
