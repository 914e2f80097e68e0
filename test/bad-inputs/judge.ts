/** Whether an answer is one that Teams can show: the body of a Universal Action, and cards the open library reads. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { bytes } from '../cards/walk.ts'

type Library = {
  readonly AdaptiveCard: new () => { parse(card: object, context: object): void }
  readonly SerializationContext: new () => {
    eventCount: number
    getEventAt(index: number): { readonly message: string }
  }
}
const require = createRequire(import.meta.url)
const library: Library = require('adaptivecards/dist/adaptivecards.js')

const cardType = 'application/vnd.microsoft.card.adaptive'
const messageType = 'application/vnd.microsoft.activity.message'

/** @throws when this is not the body that a press is answered with ("Universal Action Model", response format). */
export function checkInvokeBody(body: unknown): void {
  assert.ok(typeof body === 'object' && body !== null && 'type' in body && 'value' in body && 'statusCode' in body)
  assert.equal(body.statusCode, 200)
  if (body.type === messageType) assert.equal(typeof body.value, 'string')
  else {
    assert.equal(body.type, cardType)
    checkCard(body.value)
  }
}

/** @throws when the library complains, or when Teams would refuse the card for its size. */
export function checkCard(card: unknown): void {
  assert.ok(typeof card === 'object' && card !== null)
  const context = new library.SerializationContext()
  new library.AdaptiveCard().parse(card, context)
  const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message).filter(
    // The library's pattern for `lang` has the flag `g`, so every second card fails on it; ProgressBar is not in it.
    message => !message.endsWith('for property "lang".') && !message.startsWith('Unknown element type "ProgressBar".'),
  )
  assert.deepEqual(complaints, [])
  assert.ok(bytes(card) < 80_000, `${bytes(card)} bytes`)
}
