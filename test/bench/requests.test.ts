/** What each action may cost in requests to Cosmos DB, counted as they leave its client. */
import assert from 'node:assert/strict'
import { actionsDone, modes } from './actions.ts'
import { missed } from './bounds.ts'

describe('requests to Cosmos DB, as they leave its client', () => {
  for (const mode of modes) {
    it(`keep to their bounds when ${mode}, and no view fetches an answer`, async () => {
      assert.deepEqual(missed(mode, await actionsDone(mode, [50])), [])
    })
  }
})
