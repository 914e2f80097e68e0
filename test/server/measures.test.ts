import assert from 'node:assert/strict'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openMeasured as open } from './measured.ts'

const person = 'aaaaaaaa-0000-4000-8000-000000000001'

describe('measures', () => {
  it('passes on what is reported, unchanged', () => {
    const seen: unknown[] = []
    const fields = { kind: 'message', person }
    open().counting((event, given) => void seen.push(event, given))('turn', fields)
    assert.deepEqual(seen, ['turn', fields])
    assert.equal(seen[1], fields)
  })

  it('counts turns by kind, doing and outcome, and what a rule refused', async () => {
    const { report, points } = open()
    const turn = { kind: 'action', place: 'personal', person, ms: 7, did: 'submit', outcome: 'refused' }
    report('turn', { ...turn, refusal: 'gaps' })
    report('turn', { ...turn, refusal: 'gaps' })
    report('turn', { ...turn, outcome: 'done' })
    report('turn.failed', { kind: 'message', person, error: 'StoreUnavailable', at: 'src/x.ts:1' })
    assert.deepEqual(await points('turns'), [
      [{ kind: 'action', did: 'submit', outcome: 'refused' }, 2],
      [{ kind: 'action', did: 'submit', outcome: 'done' }, 1],
      [{ kind: 'message', did: 'failed', outcome: 'failed' }, 1],
    ])
    assert.deepEqual(await points('refusals'), [[{ by: 'rule', why: 'gaps' }, 2]])
    assert.deepEqual(await points('failures'), [[{ event: 'turn.failed', error: 'StoreUnavailable' }, 1]])
  })

  it('has one word for all that is not of the house', async () => {
    const { report, points, watching } = open()
    report('turn', { kind: person, did: 'canary', outcome: 'canary', refusal: 'canary', error: 'canary' })
    report('canary', { why: 'canary' })
    const store = openSqlite(':memory:', () => '2026-11-23T09:00:00.000Z')
    await watching(store).get({ pk: 'canary', id: 'canary', type: 'canary' as 'profile' })
    await store.close()
    assert.deepEqual(await points('turns'), [[{ kind: 'other', did: 'other', outcome: 'other' }, 1]])
    assert.deepEqual(await points('refusals'), [[{ by: 'rule', why: 'other' }, 1]])
    assert.deepEqual(await points('failures'), [[{ event: 'turn', error: 'other' }, 1]])
    assert.deepEqual(await points('events'), [[{ event: 'other', why: 'other' }, 1]])
    assert.deepEqual(
      (await points('store.duration')).map(point => (point as [object])[0]),
      [{ operation: 'other', ended: 'missing' }],
    )
  })

  it('counts at the door as many as the door tells of', async () => {
    const { report, points } = open()
    report('door.refused', { why: 'token', times: 1 })
    report('door.refused', { why: 'token', times: 4_000, detail: 'canary' })
    report('door.refused', {})
    assert.deepEqual(await points('refusals'), [
      [{ by: 'door', why: 'token' }, 4_001],
      [{ by: 'door' }, 1],
    ])
  })

  it('counts notices by what became of them, and how old they were', async () => {
    const { report, points } = open()
    report('notice.sent', { kind: 'ready', to: person, ageSeconds: 2 })
    report('notice.sent', { kind: 'ready', to: person, ageSeconds: 60 })
    report('notice.putOff', { kind: 'ready', to: person, why: 'throttled', code: 'canary' })
    assert.deepEqual(await points('notices'), [
      [{ event: 'notice.sent', kind: 'ready' }, 2],
      [{ event: 'notice.putOff', kind: 'ready', why: 'throttled' }, 1],
    ])
    assert.deepEqual(await points('notice.age'), [[{ event: 'notice.sent', kind: 'ready' }, 2, 62]])
  })

  it('counts what breaks behind the turns, and everything else that is told', async () => {
    const { report, points, storeTry } = open()
    report('background.failed', { work: 'deliver', error: 'TypeError' })
    report('schedule.failed', { error: 'CanaryError' })
    report('reply.notSent', { why: 'throttled', person })
    for (const status of [429, 429, undefined, 418]) storeTry(status)
    assert.deepEqual(await points('failures'), [
      [{ event: 'background.failed', error: 'TypeError', work: 'deliver' }, 1],
      [{ event: 'schedule.failed', error: 'other' }, 1],
    ])
    assert.deepEqual((await points('events')).at(-1), [{ event: 'reply.notSent', why: 'throttled' }, 1])
    assert.deepEqual(await points('store.failedTries'), [
      [{ status: '429' }, 2],
      [{ status: 'none' }, 1],
      [{ status: 'other' }, 1],
    ])
  })

  it('keeps no trace and no duration of who was not let in', async () => {
    const { around, report, spans, points } = open()
    const refuse = around(async () => {
      report('door.refused', { why: 'token', times: 1 })
      return { status: 401 }
    })
    assert.deepEqual(await refuse('', {}), { status: 401 })
    assert.deepEqual([spans(), await points('turn.duration')], [[], []])
    assert.deepEqual(await points('refusals'), [[{ by: 'door', why: 'token' }, 1]])
  })
})
