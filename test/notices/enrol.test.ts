/**
 * The import of a team: counted before anybody is asked, then invited as confirmed, page by page against a stand-in for the
 * platform's list, each person exactly once whatever fails and whoever dies. (With real processes: `npm run faults`.)
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Fates, nobodySeen, noFates, type RosterNews } from '../../src/domain/import-counts.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import type { Promised } from '../../src/domain/notices.ts'
import { block } from '../../src/domain/quotas/limits.ts'
import type { Enrol, Roster, Task } from '../../src/domain/tasks.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import { rosterTrouble } from '../../src/outbox/jobs/roster-page.ts'
import { createTasks } from '../../src/outbox/jobs/tasks.ts'
import { type Document, document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { isLocal } from '../../src/teams/inbound/frontDoor.ts'
import { createMessenger } from '../../src/teams/outbound/messenger.ts'
import { closed, coach, member, now, programme } from '../domain/given.ts'
import { type Connector, startConnector } from '../teams/connector.ts'
import { createPagedMembers, guestId, type Listed, memberId, rosterOf, teamId } from '../teams/paged-members.ts'

const leaseSeconds = 30
const no = 'coach-and-team'
const carla: Listed = { id: '29:carla', objectId: 'c0000000-0000-4000-8000-000000000001', name: 'Carla Coach' }
const by = String(carla.objectId)
const spring = { ...programme, coaches: [{ ...programme.coaches[0], person: by, name: 'Carla Coach', since: now }] }

describe('importing a team, as promised work', () => {
  let folder = ''
  let file = ''
  let store: Store
  let connector: Connector
  let members: ReturnType<typeof createPagedMembers>
  let pauses: number[] = []
  let told: Promised[] = []
  let reports: { event: string; fields: object }[] = []
  const time = { now }
  const clock = () => time.now
  const messenger = createMessenger({ token: async () => undefined, mayCall: isLocal })

  const replica = (of: Store = store) =>
    createTasks({
      store: of,
      clock,
      leaseSeconds,
      report: (event, fields) => void reports.push({ event, fields }),
      roster: messenger.roster,
      deliver: async promised => void told.push(...promised),
      pause: async ms => void pauses.push(ms),
    })

  async function begin(listed: readonly Listed[] = [carla, ...rosterOf(1_200, 25, 15)]) {
    members = createPagedMembers(listed)
    connector = await startConnector(members.answer)
    folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    file = join(folder, 'store.sqlite')
    store = openSqlite(file, clock)
    time.now = now
    pauses = []
    told = []
    reports = []
    await put(document(keys.programme('spring'), spring))
  }
  async function end() {
    await store.close()
    await connector.stop()
    await rm(folder, { recursive: true, force: true })
  }
  afterEach(end)

  async function put(doc: Document) {
    assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  }
  async function promise<T extends Task>(task: T): Promise<T> {
    await put(document(keys.task(task), { ...task, runAt: plusSeconds(now, leaseSeconds), tries: 0, promisedAt: now }))
    return task
  }
  const reading = () => {
    const team = { team: teamId, serviceUrl: connector.serviceUrl, tenant: 'tenant' }
    return { programme: 'spring', no, by, team, restarts: 0 }
  }
  const counting = (more: Partial<Roster> = {}) =>
    promise<Roster>({
      ...{ task: 'roster', ...reading(), seen: nobodySeen, met: false, ...more },
      offers: [{ programme: 'spring', name: 'Spring programme', people: 0, guests: 0 }],
    })
  const inviting = (more: Partial<Enrol> = {}) =>
    promise<Enrol>({
      ...{ task: 'enrol', ...reading(), guests: false, since: now, most: 1_200, fates: noFates, ...more },
    })

  const all = async () => (await store.query('programmeOf', { programme: 'spring' })).map(({ doc }) => doc)
  const journeys = async () => (await all()).flatMap(doc => (doc.type === 'journey' ? [doc] : []))
  const rows = () => {
    const db = new DatabaseSync(file, { readOnly: true })
    const found = db.prepare('SELECT body FROM documents').all()
    db.close()
    return found.map(({ body }) => String(body))
  }
  const noticed = () => rows().flatMap(body => (body.includes('"type":"notice"') ? [JSON.parse(body)] : []))
  const news = (): RosterNews[] => noticed().flatMap(({ roster }) => roster ?? [])
  const invited = () => noticed().filter(({ kind }) => kind === 'invitation')
  const taskLeft = async (task: Task) => (await store.get(keys.task(task)))?.doc

  /** Looks again and again, each time when the last lease or pause is over, until nothing is left to do. */
  async function goOn(task: Task, tries = 50) {
    for (let no = 0; no < tries; no++) {
      const left = await taskLeft(task)
      if (!left || left.runAt.startsWith('9999')) return
      if (left.runAt > time.now) time.now = left.runAt
      await replica().poll()
    }
    assert.fail('it never ends')
  }

  async function everybodyOnce(guests = 0) {
    const people = (await journeys()).map(({ person }) => person).sort()
    const expected = [
      ...Array.from({ length: 1_200 }, (_, each) => memberId(each)),
      ...Array.from({ length: guests }, (_, each) => guestId(each)),
    ]
    assert.deepEqual(people, expected)
    // Notices carry what makes them one in their id: each of these is somebody else's.
    assert.deepEqual(
      invited()
        .map(({ to }) => to)
        .sort(),
      expected,
    )
  }
  const fates = (more: Partial<Fates>) => ({ ...noFates, ...more })

  describe('counting', () => {
    it('tells the coach how many there are, promised once, and keeps nothing of any member', async () => {
      await begin()
      await put(document(keys.journey('spring', memberId(3)), { ...member(), person: memberId(3) }))
      await put(document(keys.journey('spring', guestId(3)), { ...member(), person: guestId(3) }))
      const task = await counting()
      await replica().run([task])
      const seen = { people: 1_201, guests: 25, others: 15 }
      const offers = [{ programme: 'spring', name: 'Spring programme', people: 2, guests: 1 }]
      assert.deepEqual(news(), [{ news: 'asks', no, seen, offers }])
      assert.deepEqual(
        told.map(({ kind, to, roster }) => [kind, to, roster?.news]),
        [['enrol', by, 'asks']],
        'sent at once',
      )
      const [{ state, runAt }] = noticed()
      assert.deepEqual([state, runAt], ['promised', plusSeconds(now, leaseSeconds)], 'and nobody else’s meanwhile')
      const left = await taskLeft(task)
      assert.deepEqual([left?.task === 'roster' && left.seen, left?.runAt.slice(0, 4)], [seen, '9999'])
      assert.equal((await journeys()).length, 2)
      assert.equal(invited().length, 0)
      const others = rows().filter(body => !body.includes('"type":"journey"'))
      assert.deepEqual(
        others.filter(body => /Mia|Gus|29:member|29:guest|e0000000-|f0000000-|contoso/.test(body)),
        [],
      )
    })

    it('is their pending import for a week, and gone then', async () => {
      await begin(rosterOf(3).concat(carla))
      const task = await counting()
      await replica().run([task])
      time.now = plusSeconds(now, 7 * 86_400 - 60)
      assert.ok(await taskLeft(task))
      await replica().poll()
      assert.equal(news().length, 1, 'nobody is asked twice')
      time.now = plusSeconds(now, 7 * 86_400 + 60)
      assert.equal(await taskLeft(task), undefined)
    })

    it('gives up a list that cannot be had, after hours of trying', () => {
      const busy = { sent: false, why: 'ambiguous' } as const
      assert.deepEqual(rosterTrouble(busy, 39, { restarts: 0 }), { do: 'again', seconds: 900 })
      assert.deepEqual(rosterTrouble(busy, 40, { restarts: 0 }), { do: 'giveUp', why: 'unavailable' })
    })

    it('waits as long as it is told, with what it has counted', async () => {
      await begin()
      members.script(2, { status: 429, headers: { 'retry-after': '47' } })
      const task = await counting()
      await replica().run([task])
      const left = await taskLeft(task)
      assert.deepEqual([members.asked.length, left?.runAt], [2, plusSeconds(now, 47)])
      const { people, guests, others } = left?.task === 'roster' ? left.seen : assert.fail()
      assert.equal(people + guests + others, 200)
    })

    it('reads on no more when it has become somebody else’s', async () => {
      await begin()
      const task = await counting()
      await replica(takenBefore(task, 2)).run([task])
      assert.deepEqual([members.asked.length, news(), reports], [2, [], []])
      await goOn(task)
      assert.equal(news().length, 1)
    })

    it('sends nothing that somebody else has promised meanwhile', async () => {
      await begin(rosterOf(3).concat(carla))
      const task = await counting()
      await replica(takenBefore(task, 1)).run([task])
      assert.deepEqual([news(), told, reports], [[], [], []])
    })

    it('asks once, whoever dies', async () => {
      for (const after of [1, 2, 4, 7, 8]) {
        await begin()
        const task = await counting()
        await dying(after, [task])
        await goOn(task)
        assert.deepEqual(
          news().map(each => each.news === 'asks' && each.seen),
          [{ people: 1_201, guests: 25, others: 15 }],
          `dead after ${after}`,
        )
        if (after !== 8) await end()
      }
    })

    it('says so where the bot is not in the team, and where the coach is not', async () => {
      await begin(rosterOf(250))
      const elsewhere = await counting()
      await replica().run([elsewhere])
      assert.deepEqual(news(), [{ news: 'failed', why: 'notInTeam' }])
      assert.equal(await taskLeft(elsewhere), undefined)
      await end()
      await begin()
      members.script(1, { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } })
      const out = await counting()
      await replica().run([out])
      assert.deepEqual(news(), [{ news: 'failed', why: 'notThere' }])
      assert.equal(await taskLeft(out), undefined)
      await end()
      await begin()
      members.script(1, { status: 400, body: { error: { code: 'BadSyntax' } } })
      await replica().run([await counting()])
      assert.deepEqual([news(), members.asked.length], [[{ news: 'failed', why: 'notThere' }], 1], 'not begun again')
    })
  })

  describe('inviting', () => {
    it('invites everybody once, and neither guests nor bots', async () => {
      await begin()
      const task = await inviting()
      await replica().run([task])
      await everybodyOnce()
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 1_200, already: 1, guest: 25, other: 15 }) }])
      assert.equal(await taskLeft(task), undefined)
      const [first] = invited()
      assert.deepEqual([first.account.slice(0, 10), first.state], ['29:member-', 'later'])
      assert.ok((await journeys()).every(({ invitedBy, name }) => invitedBy === by && name.startsWith('Mia Member')))
    })

    it('invites guests where the coach said so', async () => {
      await begin()
      const task = await inviting({ guests: true, most: 1_225 })
      await replica().run([task])
      await everybodyOnce(25)
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 1_225, already: 1, other: 15 }) }])
    })

    it('leaves alone who is in, was removed, said no or blocked the coach, and says how many', async () => {
      await begin()
      const of = (each: number, more: object = {}) => ({ ...member(), person: memberId(each), ...more })
      await put(document(keys.journey('spring', memberId(1)), of(1)))
      await put(document(keys.journey('spring', memberId(2)), { ...remove(member(), now), person: memberId(2) }))
      const { consent: _none, ...asked } = member()
      const declined = { ...asked, person: memberId(3), active: false, declined: [now, plusSeconds(now, 60)] }
      await put(document(keys.journey('spring', memberId(3)), declined))
      await put(document(keys.shield(memberId(4)), block(undefined, by)))
      await put(document(keys.shield(memberId(5)), block(undefined, coach)))
      await replica().run([await inviting()])
      const counted = { already: 2, removed: 1, saidNo: 1, blocked: 1, guest: 25, other: 15 }
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 1_196, ...counted }) }])
      const untouched = [1, 2, 3, 4].map(memberId)
      assert.deepEqual(
        invited().filter(({ to }) => untouched.includes(to)),
        [],
      )
      assert.equal(await store.get(keys.journey('spring', memberId(4))), undefined)
    })

    it('invites no more than were confirmed, however many there are by now', async () => {
      await begin()
      await replica().run([await inviting({ most: 300 })])
      assert.equal(invited().length, 300)
      assert.deepEqual(news(), [
        { news: 'done', fates: fates({ invited: 300, later: 900, already: 1, guest: 25, other: 15 }) },
      ])
    })

    it('asks for a page a second at most, one at a time, and waits as long as it is told', async () => {
      await begin()
      members.script(2, { status: 502 })
      members.script(5, { status: 429, headers: { 'retry-after': '47' } })
      const task = await inviting()
      await replica().run([task])
      const first = await taskLeft(task)
      assert.equal(first?.runAt, plusSeconds(now, 5), 'an answer that did not come')
      time.now = plusSeconds(now, 5)
      await replica().poll()
      const second = await taskLeft(task)
      assert.equal(second?.runAt, plusSeconds(time.now, 47), 'as long as Retry-After says')
      time.now = plusSeconds(time.now, 46)
      await replica().poll()
      const statuses = () => members.asked.map(({ status }) => status)
      assert.deepEqual(statuses(), [200, 502, 200, 200, 429])
      await goOn(task)
      await everybodyOnce()
      assert.deepEqual(statuses(), [200, 502, 200, 200, 429, 200, 200, 200, 200])
      assert.equal(members.atOnce(), 1)
      // Asked for by the pause: the moments are not the test's.
      assert.ok(pauses.length >= 5 && pauses.every(ms => ms > 500 && ms <= 1_000), String(pauses))
    })

    it('begins again with the first page when the next is no longer known: everybody once, counted once', async () => {
      await begin()
      members.script(4, { status: 400, body: { error: { code: 'BadArgument' } } })
      await replica().run([await inviting()])
      assert.deepEqual(
        members.asked.slice(3, 5).map(({ token, status }) => [token, status]),
        [
          ['page from 600', 400],
          [undefined, 200],
        ],
      )
      await everybodyOnce()
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 1_200, already: 1, guest: 25, other: 15 }) }])
    })

    it('gives a list up that never comes to its end, and says whom it has invited until then', async () => {
      await begin()
      members.withoutLimits()
      members.expire('page from 400')
      const task = await inviting()
      await replica().run([task])
      const [last] = news()
      assert.ok(last?.news === 'failed' && last.why === 'unavailable')
      assert.equal(last.fates?.invited, invited().length)
      assert.ok(invited().length > 300 && invited().length <= 400)
      assert.equal(members.asked.filter(({ status }) => status === 400).length, 6)
      assert.equal(await taskLeft(task), undefined)
    })

    it('survives any death: everybody once, counted once', async function () {
      this.timeout(120_000)
      const points = [1, 2, 7, 8, 9, 20, 47, 48, 49, 50]
      for (const after of points) {
        await begin()
        members.script(3, { status: 502 })
        members.script(6, { status: 429, headers: { 'retry-after': '3' } })
        const task = await inviting()
        await dying(after, [task])
        // And a second time, a little later.
        const left = await taskLeft(task)
        if (left) {
          if (left.runAt > time.now) time.now = left.runAt
          await dying(after, undefined)
        }
        await goOn(task)
        await everybodyOnce()
        assert.deepEqual(
          news(),
          [{ news: 'done', fates: fates({ invited: 1_200, already: 1, guest: 25, other: 15 }) }],
          `dead after ${after}`,
        )
        if (after !== points.at(-1)) await end()
      }
    })

    it('of a list that is done is not begun again by whoever finds it', async () => {
      await begin()
      const task = await inviting({ ended: now })
      await replica().run([task])
      assert.deepEqual([members.asked.length, noticed(), await taskLeft(task)], [0, [], undefined])
    })

    it('counts against what was confirmed only those it invites', async () => {
      await begin(rosterOf(2).concat(carla))
      await put(document(keys.journey('spring', memberId(0)), { ...member(), person: memberId(0) }))
      await replica().run([await inviting({ most: 1 })])
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 1, already: 2 }) }])
    })

    it('looks no further, and does not fail, when it has become somebody else’s', async () => {
      await begin()
      const task = await inviting()
      const taken = takenBefore(task, 2)
      let looks = 0
      const query: Store['query'] = (name, input) => {
        looks++
        return taken.query(name, input)
      }
      await replica({ ...taken, query }).run([task])
      assert.deepEqual([members.asked.length, looks], [1, 1])
      assert.deepEqual(reports, [])
      await goOn(task)
      await everybodyOnce()
    })

    it('begins no further step when this process ends', async () => {
      await begin()
      const task = await inviting()
      let commits = 0
      let stopping: Promise<void> | undefined
      const commit: Store['commit'] = async (...of) => {
        if (++commits === 2) stopping = leaving.stop()
        return store.commit(...of)
      }
      const leaving = replica({ ...store, commit })
      await leaving.run([task])
      await stopping
      assert.equal(invited().length, 60, 'two steps of thirty')
      await goOn(task)
      await everybodyOnce()
    })

    it('ends where there is no programme any more', async () => {
      await begin()
      const { etag } = (await store.get(keys.programme('spring'))) ?? assert.fail()
      await store.removeIf(keys.programme('spring'), etag)
      const task = await inviting()
      await replica().run([task])
      assert.deepEqual([noticed(), await taskLeft(task)], [[], undefined])
    })

    it('is done once by two who believe it theirs', async () => {
      await begin(rosterOf(150).concat(carla))
      const task = await inviting()
      time.now = plusSeconds(now, leaseSeconds + 1)
      await Promise.all([replica().poll(), replica().poll(), replica().run([task])])
      await goOn(task)
      assert.equal((await journeys()).length, 150)
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 150, already: 1 }) }])
    })

    it('decides anew where somebody comes by themselves meanwhile', async () => {
      await begin(rosterOf(150).concat(carla))
      let meddled = false
      const raced: Store = {
        ...store,
        query: async (name, input) => {
          const found = await store.query(name, input)
          if (name === 'programmeOf' && !meddled) {
            meddled = true
            await put(document(keys.journey('spring', memberId(70)), { ...member(), person: memberId(70) }))
          }
          return found
        },
      }
      const task = await inviting()
      await replica(raced).run([task])
      assert.deepEqual(news(), [{ news: 'done', fates: fates({ invited: 149, already: 2 }) }])
      assert.ok((await store.get(keys.journey('spring', memberId(70))))?.doc.consent)
    })

    it('stops where the programme is closed, or led by others', async () => {
      for (const changed of [{ ...spring, closedAt: closed.closedAt ?? now }, programme]) {
        await begin()
        await put(document(keys.programme('spring'), changed))
        const task = await inviting()
        await replica().run([task])
        assert.deepEqual([(await journeys()).length, noticed(), await taskLeft(task)], [0, [], undefined])
        if (changed !== programme) await end()
      }
    })

    it('reports nothing of anybody', async () => {
      await begin()
      members.script(1, { status: 404, body: { error: { code: 'ConversationNotFound', message: 'CANARY' } } })
      await replica().run([await inviting()])
      assert.deepEqual(news(), [{ news: 'failed', why: 'notThere', fates: noFates }])
      assert.deepEqual(
        reports.map(({ event }) => event),
        ['roster.unread', 'task.done'],
      )
      assert.doesNotMatch(JSON.stringify(reports), /CANARY|thread|Mia|29:|e0000000/)
    })
  })

  /** A store in which somebody else takes the work just before this process's nth write. */
  function takenBefore(task: Task, nth: number): Store {
    let commits = 0
    const commit: Store['commit'] = async (pk, writes) => {
      if (++commits === nth) {
        const left = (await store.get(keys.task(task))) ?? assert.fail()
        await store.commit(pk, [{ op: 'put', doc: { ...left.doc, tries: left.doc.tries + 1 }, etag: left.etag }])
      }
      return store.commit(pk, writes)
    }
    return { ...store, commit }
  }

  /** Ends for ever after so many writes, as a process does that is killed: what it was writing may lie there or not. */
  async function dying(after: number, promised: readonly Task[] | undefined) {
    let commits = 0
    const died = Promise.withResolvers<void>()
    const never = <T>(): Promise<T> => {
      died.resolve()
      return new Promise<T>(() => {})
    }
    const doomed: Store = {
      ...store,
      get: (...of) => (commits > after ? never() : store.get(...of)),
      removeIf: (...of) => (commits > after ? never() : store.removeIf(...of)),
      commit: (...of) => (commits++ < after ? store.commit(...of) : never()),
    }
    const work = promised ? replica(doomed).run(promised) : replica(doomed).poll()
    await Promise.race([work, died.promise])
  }
})
