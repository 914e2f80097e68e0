import assert from 'node:assert/strict'
import { AuthenticationError } from 'botframework-connector'
import { TeamsAdapter } from '../../src/teams/inbound/adapter.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { message } from './activities.ts'

describe('adapter', () => {
  const doorThat = (error: Error) => {
    const { door } = openOnThisMachine({ host: '127.0.0.1' })
    door.authenticateRequest = () => Promise.reject(error)
    return door
  }
  const events: string[] = []
  const adapterWith = (error: Error) =>
    new TeamsAdapter({
      door: doorThat(error),
      turn: () => assert.fail('nobody was let in'),
      sorry: () => 'sorry',
      report: (event, fields) => void events.push(`${event} ${JSON.stringify(fields)}`),
    })

  it('answers 401 to whom the door does not let in', async () => {
    const adapter = adapterWith(new AuthenticationError('canary', 401))
    assert.deepEqual(await adapter.handlePost('Bearer x', message('hello')), {
      status: 401,
      body: { error: 'unauthorised' },
    })
  })

  it('answers 500 when the door itself breaks, and nobody gets in', async () => {
    const adapter = adapterWith(new TypeError('canary'))
    assert.deepEqual(await adapter.handlePost('', message('hello')), { status: 500, body: { error: 'failed' } })
    assert.ok(!events.join().includes('canary'))
  })

  it('answers 400 to what is no activity', async () => {
    const adapter = adapterWith(new Error('never asked'))
    const bodies = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { type: '' },
      { type: 7 },
      { type: 'message', serviceUrl: {} },
      { type: 'message', recipient: 'x' },
    ]
    for (const body of bodies) assert.equal((await adapter.handlePost('', body)).status, 400, JSON.stringify(body))
  })
})
