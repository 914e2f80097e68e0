/** The next step of a participant, and what their home offers because of it. */
import assert from 'node:assert/strict'
import { plainWords } from '../../src/cards/samples/words.ts'
import { sampleNow, sampleWorld } from '../../src/cards/samples/world.ts'
import { nextStep } from '../../src/cards/views/home/next-step.ts'
import { homeCard } from '../../src/cards/views/home/participant.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { presses, readerOf, texts } from './walk.ts'

const { journeys, programme } = sampleWorld(plainWords)
const step = (journey: Journey) => nextStep(journey, programme)

describe('cards: the next step', () => {
  it('goes from planning to waiting', () => {
    assert.deepEqual(step(journeys.empty), { kind: 'planFirst' })
    assert.deepEqual(step(journeys.planning), { kind: 'record', session: 4 })
    assert.deepEqual(step(journeys.choosing), { kind: 'choose' })
    assert.deepEqual(step(journeys.beginning), { kind: 'begin', pointer: 'best', session: 1, answered: 0 })
    assert.deepEqual(step(journeys.writing), { kind: 'continue', pointer: 'best', session: 1, answered: 7 })
    assert.deepEqual(step(journeys.complete), { kind: 'submit', pointer: 'best', session: 1, answered: 16 })
    assert.deepEqual(step(journeys.oneIn), { kind: 'continue', pointer: 'mostChallenging', session: 2, answered: 3 })
    assert.deepEqual(step(journeys.sentBack), { kind: 'revise', pointer: 'mostChallenging', session: 2, answered: 16 })
    assert.deepEqual(step(journeys.ready), { kind: 'wait' })
    assert.deepEqual(step(journeys.oneLog), { kind: 'wait' })
    assert.deepEqual(step(journeys.reviewed), { kind: 'done' })
    assert.deepEqual(step(journeys.closed), { kind: 'resting' })
  })

  it('with one held session is a second one, and offers to send one log', () => {
    assert.deepEqual(step(journeys.oneHeld), { kind: 'planMore' })
    const { card } = homeCard(readerOf(), { programme, journey: journeys.oneHeld, now: sampleNow })
    assert.ok(presses(card).some(({ verb }) => verb === 'oneLog'))
  })

  it('leaves nothing to change on a home that is closed or done', () => {
    for (const journey of [journeys.closed, journeys.reviewed]) {
      const { card } = homeCard(readerOf(), { programme, journey, now: sampleNow })
      assert.deepEqual(new Set(presses(card).map(({ verb }) => verb)), new Set(['review', 'help', 'settings']))
    }
  })

  it('says truthfully what the coach can see', () => {
    const shown = (journey: Journey, coachReached?: boolean) =>
      texts(homeCard(readerOf(), { programme, journey, now: sampleNow, coachReached }).card)
        .map(({ text }) => text)
        .join('\n')
    assert.match(shown(journeys.writing), /can read nothing yet/)
    assert.match(shown(journeys.ready), /All in since 20 November, 14:05. Margaret Hale and Tom Birch can read/)
    assert.match(shown(journeys.ready, false), /cannot be reached here yet/)
    assert.doesNotMatch(shown(journeys.writing, false), /cannot be reached/)
    assert.match(shown(journeys.sentBack), /What your coach has opened, they keep/)
    assert.match(shown(journeys.inReview), /Your coach opened it on 21 November, 11:30/)
  })
})
