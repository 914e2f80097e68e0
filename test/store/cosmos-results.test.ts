/** What the results of a transactional batch, each of them, are taken for; and whole answers that are refusals. */
import assert from 'node:assert/strict'
import { StoreMisuse, StoreUnavailable } from '../../src/store/errors.ts'
import { chosen, now } from '../domain/given.ts'
import { create, done, journeyDoc, keyOf, logDoc, markerDoc, pk } from './bench.ts'
import type { Answer, Json, JsonObject } from './gateway/answer.ts'
import { counted, withGateway } from './on-gateway.ts'

const marker = markerDoc('one')
const opened = { path: '/open', value: { round: 1, session: 1, question: 6, since: now } }
const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
const patchOpen = { op: 'patch', key: keyOf(journeyDoc(chosen())), set: [opened], where } as const

describe('cosmos and the results of a batch', () => {
  /** The batch answered as `change` would have it, once; then as it is. */
  async function answered(change: (results: JsonObject[]) => Json, status = 207) {
    return withGateway(async on => {
      on.gateway.script({ on: 'batch', when: 'before', answer: () => ({ status, body: change(failing) }) })
      const write = { op: 'put', doc: logDoc(1), etag: '"any"' } as const
      return counted(on, () => on.store.commit(pk, [create(marker), write, patchOpen]))
    })
  }
  const failing: JsonObject[] = [424, 424, 424].map(statusCode => ({ statusCode, requestCharge: 0 }))
  const failed = (no: number, statusCode: number) => (results: JsonObject[]) =>
    results.map((result, index) => (index === no ? { ...result, statusCode } : result))

  for (const [no, status, conflict] of [
    [0, 409, 'exists'],
    [1, 412, 'changed'],
    [1, 404, 'missing'],
    [2, 412, 'condition'],
    [2, 404, 'missing'],
  ] as const) {
    it(`takes ${status} of write ${no} for ${conflict}`, async () => {
      const { told, sent } = await answered(failed(no, status))
      // Of a condition it is asked whether the document is only older.
      assert.deepEqual([told, sent], [{ ok: false, failed: no, conflict }, conflict === 'condition' ? 2 : 1])
    })
  }

  for (const [no, status] of [
    [0, 413],
    [0, 400],
    [2, 400],
  ] as const) {
    it(`takes ${status} of write ${no} for a mistake of the caller`, async () => {
      const { told } = await answered(failed(no, status))
      assert.ok(told instanceof StoreMisuse && /: [a-z]/.test(told.message) && told.message.startsWith(`Write ${no} `))
    })
  }

  for (const [no, status] of [
    [1, 409],
    [2, 409],
    [0, 412],
  ] as const) {
    it(`does not take ${status} of write ${no} for what the same status says of another kind of write`, async () => {
      const { told, sent } = await answered(failed(no, status))
      assert.ok(told instanceof StoreUnavailable && sent === 1, `${told}`)
    })
  }

  for (const status of [429, 449, 408, 500, 503]) {
    it(`tries again after ${status} of one write`, async () => {
      const { told, sent } = await answered(failed(1, status))
      // The second, real answer: there is no such version.
      assert.deepEqual(
        [told, sent],
        [{ ok: false, failed: 1, conflict: 'missing' }, [429, 449].includes(status) ? 2 : 5],
      )
    })
  }

  for (const [what, change] of Object.entries({
    'only failed dependencies': (results: JsonObject[]) => results,
    'a result too few': (results: JsonObject[]) => results.slice(1),
    'no results': () => null,
    'a text': () => 'abc',
    'neither documents nor versions': (results: JsonObject[]) => results.map(() => ({ statusCode: 200 })),
  })) {
    it(`does not take ${what} for done`, async () => {
      const { told } = await answered(change, 200)
      assert.deepEqual(told, { ok: false, failed: 1, conflict: 'missing' })
    })
  }

  const removals = [1, 2].map(session => ({ op: 'remove', key: keyOf(logDoc(session)) }) as const)
  for (const [what, results] of Object.entries({
    'only failed dependencies': [424, 424],
    'a result too few': [204],
    'a result too many': [204, 204, 204],
    'a status below 200': [100, 100],
  })) {
    it(`does not take ${what} for removed`, () =>
      withGateway(async on => {
        const body = results.map(statusCode => ({ statusCode, requestCharge: 0 }))
        on.gateway.script({ on: 'batch', when: 'before', answer: () => ({ status: 207, body }) })
        await assert.rejects(on.store.commit(pk, removals), StoreUnavailable)
      }))
  }

  it('finds out what it wrote when the answer holds no versions', () =>
    withGateway(async on => {
      const bare = ({ body }: Answer): Answer => {
        const results = (body as JsonObject[]).map(({ statusCode = 0, resourceBody }) => {
          const { _etag, ...document } = resourceBody as JsonObject
          return { statusCode, resourceBody: document }
        })
        return { status: 200, body: results }
      }
      on.gateway.script({ on: 'batch', when: 'after', answer: bare })
      assert.deepEqual(done(await on.store.commit(pk, [create(marker)])), [await on.store.get(keyOf(marker))])
    }))

  it('finds out what it wrote when the answer holds no documents', async () => {
    await withGateway(async on => {
      const bare = ({ body }: Answer): Answer => {
        const results = (body as JsonObject[]).map(({ statusCode = 0 }) => ({ statusCode, requestCharge: 1 }))
        return { status: 200, body: results }
      }
      on.gateway.script({ on: 'batch', when: 'after', answer: bare })
      const docs = done(await on.store.commit(pk, [create(marker), { op: 'put', doc: logDoc(1) }]))
      assert.deepEqual(docs, [await on.store.get(keyOf(marker)), await on.store.get(keyOf(logDoc(1)))])
    })
  })

  for (const [status, substatus] of [
    [404, '1002'],
    [403, '3'],
    [403, '1008'],
  ] as const) {
    it(`tries again after ${status}/${substatus}, which passes`, () =>
      withGateway(
        async on => {
          const body = { code: 'passes', message: 'passes' }
          const answer = () => ({ status, body, headers: { 'x-ms-substatus': substatus } })
          for (const kind of ['batch', 'read', 'query'] as const)
            on.gateway.script({ on: kind, when: 'before', answer })
          const docs = done(await on.store.commit(pk, [create(journeyDoc(chosen()))]))
          assert.deepEqual(await on.store.get(keyOf(journeyDoc(chosen()))), docs[0])
          assert.deepEqual(await on.store.query('programmeOf', { programme: 'spring' }), docs)
        },
        { discovery: false },
      ))
  }

  for (const [status, error, mend] of [
    [401, StoreUnavailable, /Data Contributor/],
    [403, StoreUnavailable, /Data Contributor/],
    [404, StoreUnavailable, /store:prepare/],
    [400, StoreMisuse, /compare/],
    [413, StoreMisuse, /split/],
  ] as const) {
    it(`names the mend of ${status}, at once`, async () => {
      await withGateway(async on => {
        on.gateway.script({ on: 'batch', when: 'before', answer: status })
        const { told, sent } = await counted(on, () => on.store.commit(pk, [create(logDoc(1, 'CANARY'))]))
        assert.ok(told instanceof error && mend.test(told.message) && !`${told} ${told.cause}`.includes('CANARY'))
        assert.equal(sent, 1)
      })
    })
  }
})
