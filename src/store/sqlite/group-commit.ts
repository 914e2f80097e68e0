/**
 * Pieces of work on a SQLite file that come in the same round of the event loop reach the disk together: one transaction,
 * in which each is a savepoint, done or undone by itself. Forcing a write to the disk takes longer than all the rest of
 * it, and takes no longer for sixteen.
 */
import type { DatabaseSync } from 'node:sqlite'
import { reach, transaction } from './sqlite-file.ts'

type Piece = {
  /** All or nothing of it. @returns who is to be told of it, once it is durable. */
  readonly attempt: () => () => void
  readonly reject: (error: unknown) => void
}

export type Together = {
  /** Resolves when it is durable. What it has written stays when `keeps` says so of what it came to; else, or when it throws, it is undone. */
  readonly write: <T>(work: () => T, keeps: (result: T) => boolean) => Promise<T>
  /** Does at once what waits. */
  readonly flush: () => void
}

export function together(db: DatabaseSync): Together {
  const begin = db.prepare('SAVEPOINT piece')
  const undo = db.prepare('ROLLBACK TO piece')
  const end = db.prepare('RELEASE piece')
  let waiting: Piece[] = []

  function flush(): void {
    const pieces = waiting
    waiting = []
    if (pieces.length === 0) return
    let told: (() => void)[]
    try {
      told = reach(() => transaction(db, () => pieces.map(({ attempt }) => attempt())))
    } catch (error) {
      for (const { reject } of pieces) reject(error)
      return
    }
    for (const tell of told) tell()
  }

  return {
    write: (work, keeps) =>
      new Promise((resolve, reject) => {
        const attempt = () => {
          begin.run()
          try {
            const result = reach(work)
            if (!keeps(result)) undo.run()
            end.run()
            return () => resolve(result)
          } catch (error) {
            // Where SQLite has given up the transaction (a full disk), nobody's piece is done.
            if (!db.isTransaction) throw error
            undo.run()
            end.run()
            return () => reject(error)
          }
        }
        if (waiting.push({ attempt, reject }) === 1) setImmediate(flush)
      }),
    flush,
  }
}
