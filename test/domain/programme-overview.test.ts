import assert from 'node:assert/strict'
import type { Journey } from '../../src/domain/journey.ts'
import { review } from '../../src/domain/logs/log-states.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import {
  overviewOf,
  type Pending,
  parentSummary,
  programmeCounts,
  standings,
  worthANudge,
} from '../../src/domain/progress/programme-overview.ts'
import {
  askedBack,
  chosen,
  coach,
  inDays,
  invited,
  joined,
  leader,
  member,
  newcomer,
  now,
  ok,
  opened,
  programme,
  ready,
  reviewed,
  sentBack,
  withExtraDays,
  withHeld,
} from './given.ts'

const back = () => askedBack(inDays(10))

describe('at a glance', () => {
  const as = (person: string, journey: Journey): Journey => ({ ...journey, person, name: `Name ${person}` })
  const everybody = [
    as('a', invited()),
    as('b', member()),
    as('c', withHeld(1)),
    as('d', chosen()),
    as('e', ready()),
    as('f', opened()),
    as('g', reviewed()),
    as('h', remove(member(), now)),
    as('i', back()),
    as('j', withExtraDays(member(), 30)),
  ]
  const pending = (to: string, state: Pending['state'], kind: Pending['kind'] = 'nudge'): Pending => ({
    to,
    state,
    kind,
  })

  it('counts everybody by how far they are, without who was removed', () => {
    const counts = programmeCounts(programme, everybody, inDays(22))
    assert.deepEqual(counts, {
      people: 9,
      standings: { invited: 2, planning: 2, choosing: 1, reflecting: 1, ready: 1, inReview: 1, reviewed: 1 },
      late: 3,
    })
    assert.deepEqual(Object.keys(counts.standings), standings)
    assert.deepEqual(overviewOf(programme, everybody, [], inDays(22)).counts, counts)
  })
  it('counts from afar how many are where and how many logs are in, of three who take part and more', () => {
    const { people, standings: where } = programmeCounts(programme, everybody, now)
    assert.deepEqual(parentSummary(programme, everybody, now), { people, standings: where, logs: 6 })
    const two = [as('b', member()), as('e', ready())]
    const others = [as('a', invited()), as('h', remove(member(), now)), as('i', back())]
    assert.equal(parentSummary(programme, [...two, ...others], now), undefined)
    assert.equal(parentSummary(programme, [...two, ...others, as('c', withHeld(1))], now)?.logs, 2)
  })
  it('would nudge who is late or stuck, and may be', () => {
    const nudged = (now: string) =>
      overviewOf(programme, everybody, [], now).people.flatMap(each => (worthANudge(each) ? [each.person] : []))
    assert.deepEqual(nudged(inDays(22)), ['a', 'b', 'c', 'd', 'i', 'j'])
    const [some] = overviewOf(programme, everybody, [], inDays(22)).people
    assert.ok(some?.stuck)
    const { stuck: _none, ...free } = some
    assert.deepEqual(
      [
        { ...some, late: false, nudgeable: false },
        { ...free, stuck: undefined, late: true, nudgeable: true },
        { ...free, stuck: undefined, late: false, nudgeable: true },
        { ...some, late: false, nudgeable: true },
      ].map(worthANudge),
      [false, true, false, true],
    )
  })
  it('says of each how far, what they are stuck on, and whether a nudge would be taken', () => {
    const { people } = overviewOf(programme, everybody, [], inDays(22))
    assert.deepEqual(
      people.map(({ person, standing, stuck: on, late, nudgeable }) => [person, standing, on?.on, late, nudgeable]),
      [
        ['a', 'invited', 'notConsented', false, true],
        ['b', 'planning', 'nothingPlanned', true, true],
        ['c', 'choosing', 'notChosen', true, true],
        ['d', 'reflecting', 'quiet', true, true],
        ['e', 'ready', 'notOpened', false, false],
        ['f', 'inReview', 'notReviewed', false, false],
        ['g', 'reviewed', undefined, false, false],
        ['i', 'invited', 'notConsented', false, true],
        ['j', 'planning', 'nothingPlanned', false, true],
      ],
    )
  })
  it('says whom a message does not reach, and why', () => {
    const waiting = [
      ...[pending('a', 'waiting', 'invitation'), pending('b', 'waiting'), pending('c', 'failed')],
      ...[pending('d', 'promised'), pending('e', 'later'), pending('f', 'failed'), pending('f', 'waiting')],
      pending('i', 'waiting', 'invitation'),
    ]
    const { people } = overviewOf(programme, everybody, waiting, now)
    assert.deepEqual(
      people.flatMap(({ person, unreached }) => (unreached ? [`${person} ${unreached}`] : [])),
      ['a neverCame', 'b away', 'c undelivered', 'f away', 'i away'],
    )
  })
  it('says which coach or leader it does not reach, each once', () => {
    const both = { ...joined, leaders: [...programme.leaders, { person: coach, name: 'Carla Coach' }] }
    const waiting = [pending(coach, 'waiting', 'ready'), pending(newcomer.person, 'waiting', 'coachInvitation')]
    assert.deepEqual(
      overviewOf(both, [], [...waiting, pending(leader, 'waiting', 'leaderInvitation')], now).staffUnreached,
      [
        { person: coach, name: 'Carla Coach', unreached: 'away' },
        { person: newcomer.person, name: newcomer.name, unreached: 'neverCame' },
        { person: leader, name: 'Lena Lead', unreached: 'neverCame' },
      ],
    )
    const others = [
      pending(coach, 'failed', 'ready'),
      pending('x', 'waiting', 'coachInvitation'),
      pending(leader, 'waiting'),
    ]
    assert.deepEqual(
      overviewOf(programme, [], others, now).staffUnreached.map(({ unreached }) => unreached),
      ['undelivered', 'away'],
    )
  })
  it('has no place for a word anybody wrote', () => {
    const text = JSON.stringify(
      overviewOf(programme, [...everybody, sentBack(), ok(review(ready(), now, true)).journey], [], inDays(9)),
    )
    for (const word of ['Topic', 'Goal', 'Good', 'Answer', 'C1', 'More']) assert.equal(text.includes(word), false, word)
  })
})
