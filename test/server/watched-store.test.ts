import assert from 'node:assert/strict'
import { keys } from '../../src/store/documents.ts'
import { StoreMisuse, StoreUnavailable } from '../../src/store/errors.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { openMeasured as open } from './measured.ts'

const person = 'aaaaaaaa-0000-4000-8000-000000000001'
const answered = { status: 200 }

describe('a watched store', () => {
  let store: Store
  beforeEach(() => {
    store = openSqlite(':memory:', () => '2026-11-23T09:00:00.000Z')
  })
  afterEach(() => store.close())

  const failing = (error: unknown): Store => ({ ...store, commit: () => Promise.reject(error) })

  it('is watched by operation and outcome, and behaves as before', async () => {
    const { watching, points } = open()
    const watched = watching(store)
    const key = keys.profile(person)
    const doc = { pk: key.pk, id: key.id, type: 'marker', schemaVersion: 1, at: '2026-11-23T09:00:00.000Z' } as const
    assert.equal(await watched.get(key), undefined)
    assert.equal((await watched.commit(key.pk, [{ op: 'create', doc }])).ok, true)
    assert.equal((await watched.commit(key.pk, [{ op: 'create', doc }])).ok, false)
    const etag = (await watched.get(key))?.etag ?? ''
    assert.equal(await watched.removeIf(key, 'another'), false)
    assert.equal(await watched.removeIf(key, etag), true)
    assert.equal(await watched.ping(), true)
    const ended = (await points('store.duration')).map(point => Object.values((point as [object])[0]).join(' '))
    assert.deepEqual(ended, [
      'get profile missing',
      'commit done',
      'commit conflict',
      'get profile done',
      'removeIf conflict',
      'removeIf done',
      'ping done',
    ])
  })

  it('fails as before, and whose fault it was is counted', async () => {
    const { watching, points } = open()
    const throttled = new StoreUnavailable('x', {
      cause: new Error('x', { cause: Object.assign(new Error('x'), { code: 429 }) }),
    })
    const errors = [throttled, new StoreUnavailable('x'), new StoreMisuse('x'), new TypeError('x'), 'x']
    for (const error of errors) {
      await assert.rejects(watching(failing(error)).commit('p', []), thrown => thrown === error)
    }
    const ended = (await points('store.duration')).map(point => (point as [{ ended: string }])[0].ended)
    assert.deepEqual(ended, ['throttled', 'unavailable', 'misuse', 'broken'])
  })

  it('tells how much is due and how late', async () => {
    const { watching, points } = open()
    const runAt = (at: string) => ({ doc: { runAt: at }, etag: '' })
    const rows = [runAt('2026-11-23T08:59:00.000Z'), runAt('2026-11-23T08:58:30.000Z'), runAt('never')]
    const query = async () => rows as never
    await watching({ ...store, query }).query('dueNotices', { now: '2026-11-23T09:00:00.000Z' })
    await watching(store).query('noticesWaitingFor', { to: person })
    assert.deepEqual(await points('due'), [[{ query: 'dueNotices' }, 1, 3]])
    assert.deepEqual(await points('due.overdue'), [[{ query: 'dueNotices' }, 1, 90]])
  })

  it('stands in the trace of the turn that asked it, also when another runs at the same time', async () => {
    const { watching, around, report, spans } = open()
    const watched = watching(store)
    const handlePost = around(async (_header, body) => {
      await watched.get(keys.profile(person))
      await new Promise(resolve => setTimeout(resolve, 5))
      report('turn', { kind: 'message', did: String(body), outcome: body === 'home' ? 'done' : 'failed' })
      await watched.ping()
      await watching(failing(new StoreUnavailable('x')))
        .commit('p', [])
        .catch(() => {})
      return answered
    })
    await Promise.all([handlePost('', 'home'), handlePost('', 'help')])
    for (const [did, failed] of [
      ['home', 0],
      ['help', 2],
    ] as const) {
      const turn = spans().find(({ name }) => name === did)
      const trace = spans().filter(span => span.spanContext().traceId === turn?.spanContext().traceId)
      assert.deepEqual(trace.map(({ name }) => name).sort(), ['commit', did, 'get profile', 'ping'].sort())
      for (const span of trace) {
        if (span === turn) continue
        assert.equal(span.parentSpanContext?.spanId, turn?.spanContext().spanId)
        assert.equal(span.status.code, span.name === 'commit' ? 2 : 0)
      }
      assert.equal(turn?.status.code, failed)
      assert.equal(turn?.attributes['http.response.status_code'], 200)
    }
  })

  it('has no trace of its own outside a turn, and no more than 32 lines in one', async () => {
    const { watching, around, report, spans, points } = open()
    const watched = watching(store)
    await watched.ping()
    assert.equal(spans().length, 0)
    await around(async () => {
      for (let time = 0; time < 100; time++) await watched.ping()
      report('turn', { kind: 'message', did: 'home', outcome: 'done' })
      return answered
    })('', {})
    assert.equal(spans().length, 33)
    assert.deepEqual(
      (await points('store.duration')).map(point => (point as unknown[])[1]),
      [101],
    )
  })
})
