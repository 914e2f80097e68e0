/**
 * What is measured: counts and durations of what is reported, and for a turn a trace of what it asked of the store.
 * Everything that gets out is a number or a word of `allowed-labels.ts`: no id, not even hashed, and nobody's text.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Meter, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { Report } from '../../base/report.ts'
import type { Store } from '../../store/store.ts'
import type { HttpAnswer } from '../../teams/answers.ts'
import { type Fields, listed } from './allowed-labels.ts'
import { type Asked, type Ended, watchedStore } from './watched-store.ts'

export type HandlePost = (authHeader: string, body: unknown) => Promise<HttpAnswer>

export type Measures = {
  /** Counts what is reported, and passes it on. */
  readonly counting: (report: Report) => Report
  /** Times what is asked of the store. */
  readonly watching: (store: Store) => Store
  /** Times whole turns, as long as whoever wrote waits. */
  readonly around: (handlePost: HandlePost) => HandlePost
  /** A try at the store that failed, also when the next one was well: its status, none when there was no answer. */
  readonly storeTry: (status: number | undefined) => void
}

/** A POST that is being answered. It becomes a turn when it is let in and reported as one. */
type Post = {
  readonly began: number
  span?: Span
  spans: number
  turn?: { readonly kind: string; readonly outcome: string }
}

/** What one turn may ask of the store in its trace; bulk work asks more, and all is counted in the metrics. */
const mostSpans = 32

export function createMeasures(meter: Meter, tracer: Tracer): Measures {
  const posts = new AsyncLocalStorage<Post>()
  const ms = { unit: 'ms' }
  const s = { unit: 's' }
  const turns = meter.createCounter('turns')
  const turnDuration = meter.createHistogram('turn.duration', ms)
  const refusals = meter.createCounter('refusals')
  const failures = meter.createCounter('failures')
  const notices = meter.createCounter('notices')
  const noticeAge = meter.createHistogram('notice.age', s)
  const events = meter.createCounter('events')
  const storeDuration = meter.createHistogram('store.duration', ms)
  const storeTries = meter.createCounter('store.failedTries')
  const due = meter.createHistogram('due')
  const overdue = meter.createHistogram('due.overdue', s)

  function count(event: string, fields: Fields): void {
    const [area] = event.split('.')
    if (fields.error !== undefined) failures.add(1, listed({ event, error: fields.error, work: fields.work }))
    if (event === 'turn' || event === 'turn.failed') {
      countTurn({ did: 'failed', outcome: 'failed', ...fields })
    } else if (event === 'door.refused') {
      // The door tells of many at once.
      refusals.add(typeof fields.times === 'number' ? fields.times : 1, listed({ by: 'door', why: fields.why }))
    } else if (area === 'notice') {
      const { kind, why, ageSeconds } = fields
      notices.add(1, listed({ event, kind, why }))
      if (typeof ageSeconds === 'number') noticeAge.record(ageSeconds, listed({ event, kind }))
    } else {
      events.add(1, listed({ event, why: fields.why }))
    }
  }

  function countTurn({ kind, did, outcome, refusal }: Fields): void {
    const facts = listed({ kind, did, outcome })
    turns.add(1, facts)
    if (refusal !== undefined) refusals.add(1, listed({ by: 'rule', why: refusal }))
    const post = posts.getStore()
    if (!post) return
    post.turn = { kind: facts.kind ?? 'other', outcome: facts.outcome ?? 'other' }
    spanOf(post)
      .updateName(facts.did ?? 'other')
      .setAttributes(listed({ kind, outcome, refusal }))
  }

  /** Made when it is first needed, so that whoever is not let in costs none, and pushes nobody else's trace aside. */
  function spanOf(post: Post): Span {
    post.span ??= tracer.startSpan('turn', { kind: SpanKind.SERVER, startTime: post.began }, ROOT_CONTEXT)
    return post.span
  }

  function ended(post: Post, status: number): void {
    if (!post.turn) return
    turnDuration.record(performance.now() - post.began, post.turn)
    const span = spanOf(post).setAttributes({ 'http.request.method': 'POST', 'http.response.status_code': status })
    if (post.turn.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  }

  function asked(what: Asked): (how: Ended) => void {
    const began = performance.now()
    const { operation = 'other' } = listed({ operation: what })
    const post = posts.getStore()
    let span: Span | undefined
    if (post && ++post.spans <= mostSpans) {
      span = tracer.startSpan(operation, { kind: SpanKind.CLIENT }, trace.setSpan(ROOT_CONTEXT, spanOf(post)))
    }
    return how => {
      const ended = listed({ ended: how })
      storeDuration.record(performance.now() - began, { operation, ...ended })
      if (failed.has(how)) span?.setStatus({ code: SpanStatusCode.ERROR })
      span?.setAttributes(ended).end()
    }
  }

  return {
    counting: report => (event, fields) => {
      report(event, fields)
      count(event, fields)
    },
    watching: store =>
      watchedStore(store, {
        asked,
        due: (query, found, seconds) => {
          due.record(found, listed({ query }))
          overdue.record(seconds, listed({ query }))
        },
      }),
    around: handlePost => (authHeader, body) => {
      const post: Post = { began: performance.now(), spans: 0 }
      return posts.run(post, async () => {
        const answer = await handlePost(authHeader, body)
        ended(post, answer.status)
        return answer
      })
    },
    storeTry: status => storeTries.add(1, listed({ status: status === undefined ? 'none' : String(status) })),
  }
}

const failed: ReadonlySet<Ended> = new Set(['throttled', 'unavailable', 'misuse', 'broken'])
