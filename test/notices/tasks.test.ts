/** Promised work: done by whoever promised it or finds it, in steps, each once, whoever dies or writes in between. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journey } from '../../src/domain/journey.ts'
import { counted } from '../../src/domain/membership/following.ts'
import { close } from '../../src/domain/programme/running.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import { createTasks } from '../../src/outbox/jobs/tasks.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { joined, member, now, programme, withExtraDays } from '../domain/given.ts'

const leaseSeconds = 30
const nobody = () => assert.fail('this work asks for no team')

describe('promised work for many', () => {
  let folder = ''
  let store: Store
  const time = { now }
  const clock = () => time.now
  let reports: string[] = []
  const replica = (of: Store = store) =>
    createTasks({
      store: of,
      clock,
      leaseSeconds,
      report: event => void reports.push(event),
      roster: nobody,
      deliver: nobody,
    })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    time.now = now
    reports = []
    store = openSqlite(join(folder, 'store.sqlite'), clock)
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const people = Array.from({ length: 40 }, (_, no) => `person-${no}`)

  /** The change, its task and the journeys as they were, in the store. */
  async function promise(after: Programme, id = 'spring') {
    const { programme: changed, tasks } = counted({ ...programme, programme: id }, { ...after, programme: id })
    const docs = [
      document(keys.programme(id), changed),
      ...people.map(person => document(keys.journey(id, person), { ...member(), programme: id, person })),
      ...tasks.map(task =>
        document(keys.task(task), { ...task, runAt: plusSeconds(now, leaseSeconds), tries: 0, promisedAt: now }),
      ),
    ]
    for (const doc of docs) assert.ok((await store.commit(doc.pk, [{ op: 'create', doc }])).ok)
    return tasks
  }

  async function all() {
    const docs = (await store.query('programmeOf', { programme: 'spring' })).map(({ doc }) => doc)
    return docs.filter(doc => doc.type === 'journey') as Journey[]
  }
  const active = async () => (await all()).filter(journey => journey.active).length
  const notices = async () => (await store.query('dueNotices', { now: '9999' })).map(({ doc }) => doc)
  const left = (tasks: readonly { programme: string; no: number }[]) =>
    Promise.all(tasks.map(({ programme, no }) => store.get(keys.task({ task: 'follow', programme, no }))))

  it('of the same name in two programmes is done in both at once', async () => {
    const both = [await promise(close(programme, now)), await promise(close(programme, now), 'twin')]
    const [one, two] = both.map(([task]) => keys.task(task ?? assert.fail()).id)
    assert.equal(one, two)
    const process = replica()
    await Promise.all(both.map(tasks => process.run(tasks)))
    assert.deepEqual(await left(both.flat()), [undefined, undefined])
    assert.deepEqual([await active(), reports], [0, ['task.done', 'task.done']])
  })

  it('is done by whoever promised it, and gone then', async () => {
    const tasks = await promise(close(programme, now))
    assert.equal(await active(), 40)
    await replica().run(tasks)
    assert.equal(await active(), 0)
    assert.deepEqual([await left(tasks), reports], [[undefined], ['task.done']])
    await replica().run(tasks)
    assert.deepEqual(reports, ['task.done'])
  })

  it('is left to its promiser while the lease lasts, and then anybody’s', async () => {
    const tasks = await promise(close(programme, now))
    await replica().poll()
    assert.equal(await active(), 40)
    time.now = plusSeconds(now, leaseSeconds + 1)
    await replica().run(tasks)
    assert.equal(await active(), 40, 'its promiser comes too late')
    await replica().poll()
    assert.equal(await active(), 0)
  })

  it('is done once by two who find it at the same moment', async () => {
    await promise(joined)
    time.now = plusSeconds(now, leaseSeconds + 1)
    await Promise.all([replica().poll(), replica().poll()])
    assert.deepEqual(reports, ['task.done'])
    assert.equal((await notices()).length, 40)
  })

  it('is nobody else’s while it is being done, also to whoever has found it before', async () => {
    await promise(joined)
    time.now = plusSeconds(now, leaseSeconds + 1)
    const found = await store.query('dueTasks', { now: time.now })
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const query: Store['query'] = async (name, input) => {
      if (name === 'programmeOf') {
        begun.resolve()
        await goOn.promise
      }
      return store.query(name, input)
    }
    const doing = replica({ ...store, query }).poll()
    await begun.promise
    let looked = 0
    const late: Store['query'] = async (name, input) => {
      if (name === 'programmeOf') looked++
      return name === 'dueTasks' ? (found as never) : store.query(name, input)
    }
    await replica({ ...store, query: late }).poll()
    await replica().poll()
    assert.deepEqual([looked, reports], [0, []])
    goOn.resolve()
    await doing
    assert.deepEqual(reports, ['task.done'])
  })

  it('is left alone by its promiser when somebody else has had it in hand', async () => {
    const tasks = await promise(close(programme, now))
    const [task] = await left(tasks)
    assert.ok(task)
    await store.commit(task.doc.pk, [{ op: 'put', doc: { ...task.doc, tries: 1 }, etag: task.etag }])
    await replica().run(tasks)
    assert.equal(await active(), 40)
  })

  it('is done where there is no programme any more', async () => {
    const tasks = await promise(close(programme, now))
    const { etag } = (await store.get(keys.programme('spring'))) ?? assert.fail()
    await store.removeIf(keys.programme('spring'), etag)
    await replica().run(tasks)
    assert.deepEqual([await left(tasks), reports], [[undefined], ['task.done']])
  })

  it('is not begun by a look that is over', async () => {
    const tasks = await promise(close(programme, now))
    time.now = plusSeconds(now, leaseSeconds + 1)
    await replica().poll(AbortSignal.abort())
    assert.deepEqual([await active(), (await left(tasks))[0]?.doc.tries], [40, 0])
  })

  it('goes on where somebody died: nobody is asked twice, nobody forgotten', async () => {
    for (const after of [1, 2, 3, 4]) {
      await store.close()
      await rm(folder, { recursive: true, force: true })
      folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
      store = openSqlite(join(folder, 'store.sqlite'), clock)
      time.now = now
      const tasks = await promise(joined)
      let commits = 0
      const dying: Store = {
        ...store,
        commit: (...of) => (commits++ < after ? store.commit(...of) : new Promise<never>(() => {})),
      }
      void replica(dying).run(tasks)
      for (let tries = 0; commits <= after && tries < 200; tries++) await new Promise(resolve => setTimeout(resolve, 1))
      const before = (await notices()).length
      assert.ok(before > 0 && before < 40, `${before} were asked before`)
      // Those notices have gone out meanwhile.
      for (const doc of await notices()) await store.commit(doc.pk, [{ op: 'remove', key: keys.notice(doc) }])
      time.now = plusSeconds(now, leaseSeconds + 1)
      await replica().poll()
      assert.equal((await notices()).length, 40 - before)
      assert.deepEqual(await left(tasks), [undefined])
    }
  })

  it('tries again what somebody else was writing, and keeps their writing', async () => {
    const tasks = await promise(close(programme, now))
    let meddled = false
    const raced: Store = {
      ...store,
      query: async (name, input) => {
        const found = await store.query(name, input)
        if (name === 'programmeOf' && !meddled) {
          meddled = true
          const doc = document(keys.journey('spring', 'person-7'), {
            ...withExtraDays(member(), 7),
            person: 'person-7',
          })
          assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
        }
        return found
      },
    }
    await replica(raced).run(tasks)
    assert.ok((await active()) > 0)
    await replica().poll()
    assert.equal(await active(), 0)
    assert.equal((await all()).find(({ person }) => person === 'person-7')?.rounds[0]?.extraDays, 7)
  })

  it('is put off for longer and longer when something breaks, and reported without a word of anybody’s', async () => {
    const tasks = await promise(close(programme, now))
    const broken: Store = { ...store, query: () => Promise.reject(new Error('CANARY')) }
    await replica(broken).run(tasks)
    const [first] = await left(tasks)
    assert.deepEqual([first?.doc.runAt, first?.doc.tries], [plusSeconds(now, 5), 1])
    time.now = plusSeconds(now, 6)
    await replica({
      ...store,
      get: store.get,
      query: (name, input) => (name === 'dueTasks' ? store.query(name, input) : Promise.reject(new Error('CANARY'))),
    }).poll()
    const [second] = await left(tasks)
    assert.equal(second?.doc.runAt, plusSeconds(time.now, 20))
    assert.deepEqual(reports, ['task.failed', 'task.failed'])
    time.now = plusSeconds(time.now, 21)
    await replica().poll()
    assert.equal(await active(), 0)
  })

  it('is written down and anybody’s when the process ends in the middle', async () => {
    const tasks = await promise(close(programme, now))
    let commits = 0
    const leaving = replica({
      ...store,
      commit: async (...of) => {
        const done = await store.commit(...of)
        if (++commits === 2) void leaving.stop()
        return done
      },
    })
    await leaving.run(tasks)
    await leaving.stop()
    const halfway = await active()
    assert.ok(halfway > 0 && halfway < 40, `${halfway} are left`)
    const [task] = await left(tasks)
    assert.equal(task?.doc.runAt, now)
    await replica().poll()
    assert.equal(await active(), 0)
  })
})
