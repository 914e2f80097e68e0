/**
 * Every length limit, filled with what takes most room: it still fits a document, the batch that writes it (2 MB), and a
 * card (80 KB). Limits count UTF-16 units; a unit is up to 6 bytes in JSON (`\u0001`), an emoji's two are 4.
 */
import assert from 'node:assert/strict'
import { longestWords } from '../src/cards/samples/words.ts'
import type { Journey } from '../src/domain/journey.ts'
import { answer, answerLimit, emptyLog } from '../src/domain/logs/log.ts'
import { submit } from '../src/domain/logs/log-states.ts'
import { choose } from '../src/domain/sessions/choosing.ts'
import { cancel, plan, record, sessionLimits } from '../src/domain/sessions/sessions.ts'
import { document, keys } from '../src/store/documents.ts'
import { checkBatch, limits } from '../src/store/limits.ts'
import type { Write } from '../src/store/store.ts'
import { bytes, everyLargestCard } from './cards/walk.ts'
import { ann, member, now, ok, programme } from './domain/given.ts'

/** What takes most: escaped in JSON, or four bytes long. */
const worst = ['\u0001', '"', '\\', '😀', '学', '\ufffd']
/** What takes more room on a card than it did when it was typed; the rest is measured with the cards themselves. */
const longerWhenShown = ['{', '](', '- ', '-\n', 'א', 'x']

/** A letter, since no field may be blank, and then as many of these marks as the limit allows. */
const filled = (mark: string, limit: number) => `x${mark.repeat(limit)}`.slice(0, limit)

/** Thirty sessions, of which five live, each with every text at its limit. */
function fullest(mark: string): Journey {
  const text = (field: keyof typeof sessionLimits) => filled(mark, sessionLimits[field])
  const input = { coachee: text('coachee'), topic: text('topic'), goal: text('goal') }
  const held = { heldOn: '2026-11-12', line: text('line'), rating: 4 }
  let journey = member()
  for (let no = 1; no <= 30; no++) {
    journey = ok(plan(journey, programme, input, `form-${no}`, now)).journey
    journey = ok(record(journey, no, held, now, 'Europe/Berlin')).journey
    if (no > 4 && no < 30) journey = ok(cancel(journey, no, now)).journey
  }
  return journey
}

describe('every length limit', () => {
  it('fits a document and the largest batch there is', () => {
    let most = 0
    for (const mark of worst) {
      const journey = ok(choose(fullest(mark), programme, { best: 1, mostChallenging: 2 }, now)).journey
      let log = emptyLog(programme, ann, 1, 1)
      for (let question = 1; question <= 16; question++) {
        const decided = answer(log, question, filled(mark, answerLimit), 0, now)
        assert.ok(!decided.refused && !decided.stale)
        log = decided.log
      }
      const decided = ok(submit(journey, programme, log, now))
      const writes: Write[] = [
        { op: 'put', doc: document(keys.journey('spring', ann), decided.journey) },
        { op: 'put', doc: document(keys.log('spring', ann, 1, 1), decided.log) },
        { op: 'create', doc: document(keys.snapshot('spring', ann, 1, 1, 1), decided.snapshot) },
      ]
      checkBatch('p:spring', writes)
      most = Math.max(
        most,
        writes.reduce((sum, write) => sum + Buffer.byteLength(JSON.stringify(write)), 0),
      )
    }
    assert.ok(most > 900_000 && most < limits.bytes, `${most} bytes`)
  })

  it('ends at thirty sessions, cancelled ones counted', () => {
    const journey = fullest('x')
    const input = { coachee: 'C', topic: 'T', goal: '', plannedFor: '' }
    assert.equal(plan(journey, programme, input, 'one-more', now).refused, 'tooManySessions')
  })

  it('fits a card', function () {
    this.timeout(60_000)
    for (const mark of longerWhenShown) {
      for (const { card, title } of everyLargestCard(longestWords(mark))) {
        assert.ok(bytes(card) <= 80_000, `${title}: ${bytes(card)} bytes with ${JSON.stringify(mark)}`)
      }
    }
  })
})
