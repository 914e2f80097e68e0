/** The gateway's own promise: what it knows it does as Microsoft writes, and what it does not know it refuses. */
import assert from 'node:assert/strict'
import { type Json, type JsonObject, Refusal } from './answer.ts'
import { createContainer } from './container.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { patch } from './patch.ts'
import { where } from './where.ts'

const refused = (error: unknown) => error instanceof Refusal && error.answer.status === 400

describe('gateway', () => {
  let gateway: Gateway
  const docs = 'dbs/db/colls/log/docs'
  const batch = { 'x-ms-cosmos-is-batch-request': 'True', 'x-ms-cosmos-batch-atomic': 'True' }
  const partition = { 'x-ms-documentdb-partitionkey': '["p"]' }
  const query = { 'x-ms-documentdb-isquery': 'True' }

  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body?: Json) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await fetch(gateway.url + path, init)
    const told: unknown = await response.json()
    const results: { statusCode: number }[] = Array.isArray(told) ? told : []
    return { status: response.status, statuses: results.map(({ statusCode }) => statusCode) }
  }

  beforeEach(async () => {
    gateway = await startGateway(() => new Date().toISOString())
    await ask('POST', 'dbs', {}, { id: 'db' })
    await ask('POST', 'dbs/db/colls', {}, { id: 'log', defaultTtl: -1 })
  })
  afterEach(() => gateway.close())

  const unknown: Record<string, Parameters<typeof ask>> = {
    'a single write': ['POST', docs, partition, { id: 'a', pk: 'p' }],
    'a batch that is not atomic': ['POST', docs, { ...batch, 'x-ms-cosmos-batch-atomic': 'False' }, []],
    'a batch without a partition': [
      'POST',
      docs,
      batch,
      [{ operationType: 'Create', resourceBody: { id: 'a', pk: 'p' } }],
    ],
    'a hierarchical key': ['GET', `${docs}/a`, { 'x-ms-documentdb-partitionkey': '["p","q"]' }],
    'a read under a condition': ['GET', `${docs}/a`, { ...partition, 'if-none-match': '"1"' }],
    'a field of an operation': [
      'POST',
      docs,
      { ...batch, ...partition },
      [{ operationType: 'Read', id: 'a', more: 1 }],
    ],
    'an order': ['POST', docs, query, { query: 'SELECT * FROM c WHERE c.a = 1 ORDER BY c.b', parameters: [] }],
    'a projection': ['POST', docs, query, { query: 'SELECT c.id FROM c WHERE c.a = 1', parameters: [] }],
    'stored procedures': ['GET', 'dbs/db/colls/log/sprocs'],
    users: ['GET', 'dbs/db/users/somebody'],
    'a change of the container': ['PUT', 'dbs/db/colls/log', {}, { id: 'log' }],
  }
  for (const [what, request] of Object.entries(unknown)) {
    it(`does not know ${what}`, async () => {
      await ask('POST', docs, { ...batch, ...partition }, [
        { operationType: 'Create', resourceBody: { id: 'a', pk: 'p' } },
      ])
      assert.equal((await ask(...request)).status, 400)
    })
  }

  it('undoes a batch whose last write fails, and says which', async () => {
    const create = { operationType: 'Create', resourceBody: { id: 'a', pk: 'p' } }
    const { status, statuses } = await ask('POST', docs, { ...batch, ...partition }, [create, create])
    assert.equal(status, 207)
    assert.deepEqual(statuses, [424, 409])
    assert.equal((await ask('GET', `${docs}/a`, partition)).status, 404)
  })

  it('takes a single upsert in a container of another partition key, also of a version', async () => {
    await ask('POST', 'dbs/db/colls', {}, { id: 'states', partitionKey: { paths: ['/id'] } })
    const states = 'dbs/db/colls/states/docs'
    const upsert = { 'x-ms-documentdb-is-upsert': 'True', 'x-ms-documentdb-partitionkey': '["a"]' }
    const body = { id: 'a', document: { no: 1 } }
    assert.equal((await ask('POST', states, upsert, body)).status, 200)
    assert.equal((await ask('POST', states, { ...upsert, 'if-match': '"other"' }, body)).status, 412)
    assert.equal((await ask('POST', states, { ...upsert, 'x-ms-documentdb-partitionkey': '["b"]' }, body)).status, 400)
    assert.equal((await ask('GET', `${states}/a`, { 'x-ms-documentdb-partitionkey': '["a"]' })).status, 200)
  })

  describe('pages', () => {
    const texts = async (sizes: readonly number[], headers: Record<string, string> = {}) => {
      for (const [no, size] of sizes.entries()) {
        const resourceBody = { id: `${no}`, pk: 'p', text: 'x'.repeat(size) }
        await ask('POST', docs, { ...batch, ...partition }, [{ operationType: 'Create', resourceBody }])
      }
      const found: number[] = []
      let more: Record<string, string> = {}
      do {
        const init = { method: 'POST', headers: { ...query, ...headers, ...more }, body: '{"query":"SELECT * FROM c"}' }
        const response = await fetch(gateway.url + docs, init)
        found.push(((await response.json()) as { _count: number })._count)
        const next = response.headers.get('x-ms-continuation')
        more = next === null ? {} : { 'x-ms-continuation': next }
      } while ('x-ms-continuation' in more)
      return found
    }

    it('have as many documents as are asked for, or as many as there are', async () => {
      assert.deepEqual(await texts([1, 1, 1, 1, 1], { 'x-ms-max-item-count': '2' }), [2, 2, 1])
      assert.deepEqual(await texts([], { 'x-ms-max-item-count': '-1' }), [5])
    })

    it('have no more than 4 MB', async () => {
      assert.deepEqual(await texts([1_900_000, 1_900_000, 1_900_000, 1]), [2, 2])
    })
  })

  it('answers what was not to go wrong yet, and then what was', async () => {
    gateway.script({ on: 'read', when: 'before', answer: 503, skip: 2 })
    const statuses = [1, 2, 3, 4].map(async () => (await ask('GET', `${docs}/a`, partition)).status)
    assert.deepEqual((await Promise.all(statuses)).sort(), [404, 404, 404, 503])
    assert.equal(gateway.isMended(), true)
  })

  it('lets nothing expire in a container without a time to live', () => {
    for (const [definition, gone] of [
      [{}, false],
      [{ defaultTtl: -1 }, true],
    ] as const) {
      let now = 1_000
      const container = createContainer(definition, () => now)
      container.apply('p', { operationType: 'Create', resourceBody: { id: 'a', pk: 'p', ttl: 5 } })
      now = 1_004
      assert.ok(container.get('p', 'a'))
      now = 1_005
      assert.equal(container.get('p', 'a') === undefined, gone)
    }
  })

  describe('where', () => {
    const doc: JsonObject = { a: 1, b: 'x', list: [{ c: true }], of: { '1': { d: null } } }
    for (const [text, expected] of [
      ['c.a = 1 AND c["b"] = "x"', true],
      ['c.a <= 0 OR c.b <= "y"', true],
      ['c.list[0].c = true', true],
      ['c.list[1].c = true', false],
      ['IS_DEFINED(c.of["1"].d)', true],
      ['NOT IS_DEFINED(c.of["2"].d)', true],
      ['c.b = @b', true],
      // What is not there, and what is of another type, is neither so nor not so.
      ['c.none = 1', false],
      ['NOT c.none = 1', false],
      ['c.none = 1 OR c.a = 1', true],
      ['NOT (c.none = 1 AND c.a = 2)', true],
      ['c.a = "1"', false],
      ['NOT c.a = "1"', false],
      ['c.a', false],
    ] as const) {
      it(text, () => assert.equal(where(text, { '@b': 'x' })(doc), expected))
    }

    for (const text of [
      '',
      'c.a >= 1',
      'c.a = 1 AND',
      'c.a IN (1)',
      'd.a = 1',
      'c.a = @none',
      "c.b = 'x'",
      '(c.a = 1',
    ]) {
      it(`refuses ${text || 'nothing'}`, () => assert.throws(() => where(text), refused))
    }
  })

  describe('patch', () => {
    const doc: JsonObject = { id: 'i', a: { b: 1 }, list: [1, 2] }
    const set = (path: string, value: Json = 9) => ({ operations: [{ op: 'set', path, value }] })

    it('sets and removes, in order, in a copy', () => {
      const operations: Json[] = [
        { op: 'set', path: '/a/c', value: 2 },
        { op: 'remove', path: '/a/b' },
        { op: 'remove', path: '/list/0' },
      ]
      assert.deepEqual(patch(doc, { operations }), { id: 'i', a: { c: 2 }, list: [2] })
      assert.deepEqual(doc.list, [1, 2])
    })

    it('counts on from what is there, or from nothing', () => {
      const operations = ['/a/b', '/a/c', '/a/c'].map(path => ({ op: 'incr', path, value: 2 }))
      assert.deepEqual(patch(doc, { operations }), { ...doc, a: { b: 3, c: 4 } })
    })

    for (const body of [
      set('/none/c'),
      set('/list/2'),
      set('/list/-'),
      set('/id'),
      set('a'),
      { operations: [] },
      { operations: [{ op: 'move', path: '/a/c', from: '/a/b' }] },
      { operations: [{ op: 'incr', path: '/a', value: 1 }] },
      { operations: [{ op: 'incr', path: '/a/b', value: '1' }] },
      { operations: [{ op: 'incr', path: '/list/0', value: 1 }] },
      { operations: [{ op: 'remove', path: '/none' }] },
      { ...set('/a/b'), condition: 'SELECT VALUE 1' },
    ]) {
      it(`refuses ${JSON.stringify(body)}`, () => assert.throws(() => patch(doc, body), refused))
    }
  })
})
