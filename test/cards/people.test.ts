/** Who is where, for a coach and for a team leader: everybody once, in pages that fit, and nothing anybody wrote. */
import assert from 'node:assert/strict'
import { crowdRows, glanceOf, rowsOf } from '../../src/cards/samples/coaching.ts'
import { allTheSame, plainWords } from '../../src/cards/samples/words.ts'
import { sampleNow, sampleWorld } from '../../src/cards/samples/world.ts'
import { say } from '../../src/cards/texts.ts'
import { coachHomeCard } from '../../src/cards/views/progress/coach-home.ts'
import type { Row } from '../../src/cards/views/progress/coach-people.ts'
import { progressCard, progressOneCard } from '../../src/cards/views/progress/leader.ts'
import { personCard } from '../../src/cards/views/progress/person.ts'
import { readingCard, readyCard } from '../../src/cards/views/reading/coach.ts'
import { overviewOf } from '../../src/domain/progress/programme-overview.ts'
import { languages } from '../../src/domain/values.ts'
import { firstRound } from '../../src/domain/window.ts'
import { bytes, everyCard, nodes, presses, readerOf, texts } from './walk.ts'

const reader = readerOf()
const world = sampleWorld(plainWords)
const { programme, crowd, people, journeys, snapshot, sessions } = world
const rows = crowdRows(world)
const shown = (card: object) => texts(card).map(({ text }) => text)

const pages = {
  coachHome: (page: number) =>
    coachHomeCard(reader, { programme, glance: glanceOf(rows, world), rows, now: sampleNow, page }).card,
  progress: (page: number) =>
    progressCard(reader, { programme, people: crowd, page, sort: 'name', now: sampleNow }).card,
}

describe('cards: somebody whose name is not known yet', () => {
  it('is never nothing, on any card, in either language', () => {
    const called = (name: string) =>
      everyCard({ ...plainWords, writer: name, coach: name, coCoach: name, leader: name, person: () => name }, [
        'execute',
      ])
    const nameless = called('')
    const holes = called('QQ1').flatMap(({ card, title }, index) => {
      const without = shown(nameless[index]?.card ?? {})
      const with1 = shown(card)
      // A page of many people may hold others then.
      if (with1.length !== without.length) return []
      return with1.flatMap((text, at) =>
        text.includes('QQ1') && without[at] === text.replaceAll('QQ1', '') ? [`${title}: ${text}`] : [],
      )
    })
    assert.deepEqual(holes, [])
  })
})

describe('cards: who is where', () => {
  it('lists everybody once, page after page, and clamps the page asked for', () => {
    const all = crowd.map(person => person.name).toSorted()
    for (const [verb, draw] of Object.entries(pages)) {
      const named = (page: number) => shown(draw(page)).filter(text => all.includes(text))
      const goesOn = (page: number) =>
        presses(draw(page)).some(
          each => each.verb === verb && each.data.sort !== 'stage' && each.data.page === page + 1,
        )
      let last = 1
      while (goesOn(last) && last < 100) last++
      const names = Array.from({ length: last }, (_, index) => named(index + 1))
      assert.deepEqual(names.flat().toSorted(), all)
      assert.ok(last > 1 && names.every(each => each.length > 0 && each.length <= 16), `${verb}: ${last} pages`)
      assert.deepEqual(draw(99), draw(last))
    }
  })

  it('fits 28 KB for a leader, with ids as long as real ones', () => {
    const id = (index: number) => `8c5e2f0a-1b1b-4c1d-9e1e-${String(index).padStart(12, '0')}`
    const input = {
      programme: { ...programme, programme: id(0) },
      people: crowd.map((person, index) => ({ ...person, person: id(index) })),
      page: 2,
      sort: 'latest',
      now: sampleNow,
    } as const
    const { card } = progressCard(readerOf({ owner: '0123456789ab', rendering: '0123456789' }), input)
    assert.ok(bytes(card) <= 28 * 1024, String(bytes(card)))
  })

  it('counts a leader’s people, and says what leaders never see', () => {
    const { card } = progressCard(reader, { programme, people, page: 1, sort: 'stage', now: sampleNow })
    const all = shown(card)
    assert.ok(all.includes('6 people · 1 not begun · 1 holding sessions · 1 writing · 2 ready · 1 reviewed'))
    assert.ok(all.includes('20 days left, until Sunday 13 December'))
    assert.ok(all.includes('3 sessions held · Best\u00a09/16 · Most challenging\u00a00/16'))
    assert.ok(all.some(text => text.startsWith('You see dates and counts, never')))
    const sorts = presses(card).flatMap(({ verb, data }) => (verb === 'progress' ? [data.sort] : []))
    assert.deepEqual(new Set(sorts), new Set(['name', 'latest', 'stage']))
  })

  it('shows a leader no word of a session or a log', () => {
    const world = sampleWorld({ ...allTheSame('CANARY'), person: () => 'P', programme: 'X' })
    const input = { programme: world.programme, now: sampleNow }
    const cards = [
      progressCard(reader, { ...input, people: world.people, page: 1, sort: 'stage' }).card,
      ...world.people.map(progress => progressOneCard(reader, { ...input, progress, round: firstRound }).card),
    ]
    for (const card of cards) assert.doesNotMatch(JSON.stringify(card), /CANARY/)
  })

  it('gives a leader facts of one person', () => {
    const one = (index: number) => {
      const progress = people[index]
      assert.ok(progress)
      return shown(progressOneCard(reader, { programme, progress, now: sampleNow, round: firstRound }).card)
    }
    assert.ok(one(3).includes('Submitted on 20 November, opened by the coach on 20 November'))
    assert.ok(one(5).includes('Monday 16 November'))
  })
})

describe('cards: at a glance, for a coach', () => {
  const draw = (of: readonly Row[], more: Partial<Parameters<typeof coachHomeCard>[1]> = {}) =>
    coachHomeCard(reader, { programme, glance: glanceOf(of, world), rows: of, now: sampleNow, page: 1, ...more }).card

  it('counts, draws a bar for each standing that somebody has, and shows those to be read first', () => {
    const card = draw(rowsOf(people, world.ready))
    const all = shown(card)
    assert.ok(all.includes('6 people'))
    const bars = nodes(card).filter(node => node.type === 'ProgressBar')
    assert.deepEqual(
      bars.map(({ value, max, fallback }) => [value, max, fallback]),
      Array.from({ length: 6 }, () => [1, 6, 'drop']),
    )
    for (const label of ['Invited', 'Choosing', 'Writing', 'Ready for you', 'Being read', 'Reviewed']) {
      assert.ok(all.includes(label), label)
    }
    assert.equal(all.includes('Planning'), false)
    const names = all.filter(text => people.some(({ name }) => name === text))
    assert.deepEqual(names.slice(0, 2), [people[1]?.name, people[3]?.name])
  })

  it('puts whoever is held up before those who get on, and says by what', () => {
    const [writing, , invited, , choosing] = people
    assert.ok(writing && invited && choosing)
    const of = rowsOf([choosing, writing, invited]).map(row => ({
      ...row,
      seen: {
        ...row.seen,
        ...(row.seen.person === writing.person && { late: true, stuck: { on: 'quiet', since: '2026-11-12' } as const }),
        ...(row.seen.person === invited.person && { unreached: 'neverCame' as const }),
      },
    }))
    const all = shown(draw(of))
    assert.ok(all.includes('3 people · 1 late · 1 stuck · 1 not reached'))
    assert.ok(all.includes('Late · Nothing written since 12 November'))
    assert.ok(all.includes('Messages wait: has not opened Learning Log yet'))
    const named = all.filter(text => people.some(({ name }) => name === text))
    assert.deepEqual(named, [writing.name, invited.name, choosing.name])
  })

  it('says what to do where nobody is invited, and shows no empty list', () => {
    const card = draw([])
    assert.ok(shown(card).includes(say('en', 'coachHome.nobody')))
    assert.equal(shown(card).includes(say('en', 'coachHome.private')), false)
    assert.equal(nodes(card).filter(node => node.type === 'ProgressBar').length, 0)
  })

  it('names coaches and leaders out of reach, five of them', () => {
    const all = shown(draw(rows, { glance: glanceOf(rows, world, 7) }))
    assert.equal(all.filter(text => text.includes('(coach or leader)')).length, 5)
    assert.ok(all.includes('And 2 more coaches and leaders whom messages do not reach'))
  })

  it('fits 28 KB with ids as long as real ones, on every page', () => {
    const id = (index: number) => `8c5e2f0a-1b1b-4c1d-9e1e-${String(index).padStart(12, '0')}`
    const long = rows.map((row, index) => ({
      progress: { ...row.progress, person: id(index) },
      seen: { ...row.seen, person: id(index) },
      readable: row.readable && { ...row.readable, person: id(index) },
    }))
    const input = { programme: { ...programme, programme: id(0) }, glance: glanceOf(long, world, 7), rows: long }
    for (const language of languages) {
      const to = readerOf({ language, owner: '0123456789ab', rendering: '0123456789' })
      for (let page = 1; page <= 20; page++) {
        const { card } = coachHomeCard(to, { ...input, now: sampleNow, page })
        assert.ok(bytes(card) <= 28 * 1024, `page ${page}, ${language}: ${bytes(card)}`)
      }
    }
  })

  it('shows a coach no word of a session or a log', () => {
    const told = sampleWorld({ ...allTheSame('CANARY'), person: () => 'P', writer: 'P', programme: 'X', leader: 'L' })
    const cards = Object.values(told.journeys).map(journey => {
      const [seen] = overviewOf(told.programme, [journey], [], sampleNow).people
      return personCard(reader, { programme: told.programme, journey, seen, readable: undefined, now: sampleNow }).card
    })
    for (const card of cards) assert.doesNotMatch(JSON.stringify(card), /CANARY/)
  })
})

describe('cards: side by side', () => {
  it('is offered where both logs may be read, and nowhere else', () => {
    const offers = (card: object) => presses(card).some(({ verb }) => verb === 'readBoth')
    const ready = (journey: keyof typeof journeys) =>
      readyCard(reader, { programme, journey: journeys[journey], round: 1, mayBeRepeat: false }).card
    assert.deepEqual(
      (['ready', 'inReview', 'oneLog', 'oneIn', 'sentBack'] as const).map(each => offers(ready(each))),
      [true, true, false, false, false],
    )
    const log = { programme, snapshot, session: sessions.held, pointer: 'best', page: 1 } as const
    assert.ok(offers(readingCard(reader, { ...log, journey: journeys.inReview }).card))
    assert.ok(!offers(readingCard(reader, { ...log, journey: journeys.oneLog }).card))
  })
})
