/**
 * When Cosmos DB does not do what it was asked: what the answer says about the write, how long it is tried again, and
 * the port's words for it. Nothing here knows the SDK but the shape of its errors.
 */
import { StoreMisuse, StoreUnavailable } from '../errors.ts'
import { UnknownSchema } from '../migrations.ts'
import { endOfTurn } from '../turn-time.ts'

/** How long Cosmos DB is waited for, in milliseconds. */
export type RetryBudget = {
  /** One call of the port: all its tries and the pauses between them. */
  readonly total: number
  /** One try. */
  readonly read: number
  readonly write: number
  readonly query: number
  /** Where a try would have less than that, none is made. */
  readonly least: number
  /** Before the second try; each further pause is twice as long. */
  readonly firstPause: number
}

/** In a turn: a person waits for the answer, so no call takes longer than two seconds. */
export const patience: RetryBudget = { total: 2_000, read: 500, write: 900, query: 2_000, least: 100, firstPause: 50 }

/** An answer that is no result; without a status there was none (connection reset, no answer in time, unreadable). */
export class Failure extends Error {
  override name = 'Failure'
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(status?: number, about: ErrorOptions & { retryAfterMs?: number | undefined; why?: string } = {}) {
    super(`Cosmos DB: ${status ?? about.why ?? 'no answer in time'}`, { cause: about.cause })
    this.status = status
    this.retryAfterMs = about.retryAfterMs
  }

  /** Turned away before anything was written: 429 too many requests, 449 another write was in the way. */
  get turnedAway(): boolean {
    return this.status === 429 || this.status === 449
  }

  /** Nobody knows whether it was written: no answer, 408, 410 or 5xx. */
  get unclear(): boolean {
    return this.status === undefined || this.status === 408 || this.status === 410 || this.status >= 500
  }
}

/**
 * Does `work`, again while `mayRepeat` says so and there is time; rejects with StoreUnavailable or StoreMisuse. One try
 * ends after `tryMs`, also when the SDK is asleep between retries of its own or waits for a token: then its signal is
 * aborted, so that nothing is sent afterwards.
 */
export type Persist = <T>(
  tryMs: number,
  mayRepeat: (failure: Failure) => boolean,
  work: (abortSignal: AbortSignal) => Promise<T>,
) => Promise<T>

/** Told of each try that failed, also when the next one goes well: its status, none when there was no answer. */
export type Tried = (status: number | undefined) => void

/** For one call of the port: its `total` begins now, however much is then done with it, and ends with the turn. */
export function persistence({ total, least, firstPause }: RetryBudget, tried: Tried = () => {}): Persist {
  const end = Math.min(performance.now() + total, endOfTurn())
  return async function persist(tryMs, mayRepeat, work) {
    // What would have no time to be answered is not asked: nobody would know whether it was done.
    if (performance.now() >= end) throw explained(new Failure())
    for (let pause = firstPause; ; pause *= 2) {
      try {
        return await within(Math.max(1, Math.min(tryMs, end - performance.now())), work)
      } catch (error) {
        const failure = failureOf(error)
        if (!failure) throw error
        tried(failure.status)
        const wait = failure.retryAfterMs ?? pause
        const again = (failure.turnedAway || failure.unclear) && mayRepeat(failure)
        if (!again || performance.now() + wait + least > end) throw explained(failure)
        await new Promise(resolve => setTimeout(resolve, wait))
      }
    }
  }
}

async function within<T>(ms: number, work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    controller.abort()
    reject(new Failure())
  }, ms)
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The SDK's error as a Failure; a batch's is in the `cause` of what it rejects with. Our own words pass as they are. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error
  if ([StoreMisuse, StoreUnavailable, UnknownSchema].some(own => error instanceof own)) return undefined
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error
  // A parser's message quotes what it read, and a message may end in a log.
  const cause = told instanceof SyntaxError ? undefined : error
  const { code, name, substatus, retryAfterInMs } = told as Record<string, unknown>
  if (typeof code !== 'number') return new Failure(undefined, { cause, why: String(code ?? name) })
  const retryAfterMs = typeof retryAfterInMs === 'number' && retryAfterInMs > 0 ? retryAfterInMs : undefined
  return new Failure(statusOf(code, substatus), { cause, retryAfterMs })
}

/** A replica that lags behind says 404/1002, a region that moved 403/3 or 403/1008: all pass, like 503. */
export function statusOf(code: number, substatus: unknown): number {
  return ['404/1002', '403/3', '403/1008'].includes(`${code}/${substatus}`) ? 503 : code
}

function explained(failure: Failure): Error {
  const { status, cause } = failure
  switch (status) {
    case 400:
      return new StoreMisuse('Cosmos DB takes this for a mistake (400): compare what was asked with its rules.', {
        cause,
      })
    case 413:
      return new StoreMisuse('Cosmos DB takes no more than 2 MB (413): split the document or the batch.', { cause })
    case 401:
    case 403:
      return new StoreUnavailable(
        `Cosmos DB does not let this identity in (${status}): give it the role Cosmos DB Built-in Data Contributor.`,
        { cause },
      )
    case 404:
      return new StoreUnavailable(
        'The database or container is not there (404): make it with npm run store:prepare, in Azure with infra/.',
        { cause },
      )
    default:
      return new StoreUnavailable(`The store did not do its work now (${failure.message}).`, { cause })
  }
}
