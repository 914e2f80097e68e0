/**
 * Lines for a file descriptor that may take nothing: a full disk, a pipe that nobody reads, a reader that has gone. Writing
 * one never waits and never throws. Lines are written some at a time, in the background; what is not taken waits and is
 * tried again, and when too much waits, further lines are lost and counted.
 */
import { writeSync, write as writeTo } from 'node:fs'
import { within } from '../../base/within.ts'

export type LinesOptions = {
  /** A pipe behind it must not block: see `standardOutput`. */
  readonly fd: number
  /** Called once all that waited is written, after lines were lost in between: how many. May write a line. */
  readonly lost: (lines: number) => void
}

export type Lines = {
  /** @param line with its end. */
  readonly write: (line: string) => void
  /** Resolves when all is written that was given, or after so many milliseconds. */
  readonly settled: (limitMs: number) => Promise<void>
}

/** So much waits at most, in bytes. */
const mostBytes = 1024 * 1024
/** Lines of this time are written together: one at a time costs several times as much. */
const togetherMs = 20
/** Until it is tried again. A full pipe is soon read; a full disk is not soon tidied. */
const againMs = { pipe: 50, other: 1_000 }

export function createLines({ fd, lost }: LinesOptions): Lines {
  let waiting: string[] = []
  /** What is being written, or was not taken whole. */
  let begun = Buffer.alloc(0)
  /** Of both. */
  let bytes = 0
  let missed = 0
  let state: 'idle' | 'soon' | 'writing' | 'again' = 'idle'
  let timer: NodeJS.Timeout | undefined
  let whenIdle = () => {}

  function write(line: string): void {
    const size = Buffer.byteLength(line)
    // Once one is lost all are, until it can be said: so the gap is in one place.
    if (missed > 0 || bytes + size > mostBytes) {
      missed++
      return
    }
    waiting.push(line)
    bytes += size
    if (state === 'idle') soon()
  }

  function soon(): void {
    state = 'soon'
    timer = setTimeout(next, togetherMs)
  }

  function next(): void {
    if (begun.length === 0) {
      begun = Buffer.from(waiting.join(''))
      waiting = []
    }
    state = 'writing'
    writeTo(fd, begun, (error, taken) => {
      if (error) return later(error)
      begun = begun.subarray(taken)
      bytes -= taken
      if (begun.length > 0) return next()
      if (bytes > 0) return soon()
      state = 'idle'
      sayMissed()
      if (bytes === 0) whenIdle()
    })
  }

  function later({ code }: NodeJS.ErrnoException): void {
    state = 'again'
    // Nobody is kept from ending by what cannot be written.
    timer = setTimeout(next, code === 'EAGAIN' ? againMs.pipe : againMs.other).unref()
  }

  function sayMissed(): void {
    const lines = missed
    missed = 0
    if (lines > 0) lost(lines)
  }

  async function settled(limitMs: number): Promise<void> {
    const idle = new Promise<void>(resolve => {
      whenIdle = resolve
    })
    if (state !== 'writing') {
      clearTimeout(timer)
      next()
    }
    await within(limitMs, idle)
  }

  // Also after an error that nobody caught, whose last lines matter most. What is being written then may be cut short.
  process.once('exit', () => {
    try {
      writeSync(fd, (state === 'writing' ? '' : begun.toString()) + waiting.join(''))
    } catch {
      // There is nobody left to tell.
    }
  })

  return { write, settled }
}

/**
 * Standard output, of which asking for `process.stdout` sees to it that a pipe does not block: Node opens it by libuv's
 * `uv_pipe_open`, which "sets the file descriptor to non-blocking mode". Otherwise a full pipe holds a thread for ever.
 */
export function standardOutput(): number {
  return process.stdout.fd
}
