/** Who is where, for a coach and for a team leader: everybody once, in pages that fit, and nothing anybody wrote. */
import assert from 'node:assert/strict'
import { allTheSame, plainWords } from '../../src/cards/samples/words.ts'
import { sampleNow, sampleWorld } from '../../src/cards/samples/world.ts'
import { coachHomeCard, readingCard, readyCard } from '../../src/cards/views/coach.ts'
import { progressCard, progressOneCard } from '../../src/cards/views/leader.ts'
import { bytes, presses, readerOf, texts } from './walk.ts'

const reader = readerOf()
const { programme, crowd, crowdReady, people, journeys, snapshot, sessions } = sampleWorld(plainWords)
const shown = (card: object) => texts(card).map(({ text }) => text)

const pages = {
  coachHome: (page: number) => coachHomeCard(reader, { programme, people: crowd, ready: crowdReady, page }).card,
  progress: (page: number) =>
    progressCard(reader, { programme, people: crowd, page, sort: 'name', now: sampleNow }).card,
}

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
      ...world.people.map(progress => progressOneCard(reader, { ...input, progress }).card),
    ]
    for (const card of cards) assert.doesNotMatch(JSON.stringify(card), /CANARY/)
  })

  it('gives facts of one person, and of somebody who has not answered only that', () => {
    const one = (index: number) => {
      const progress = people[index]
      assert.ok(progress)
      return shown(progressOneCard(reader, { programme, progress, now: sampleNow }).card)
    }
    assert.ok(one(3).includes('Submitted on 20 November, opened by the coach on 20 November'))
    assert.ok(one(5).includes('Monday 16 November'))
    const invited = one(2)
    assert.ok(invited.includes('Invited, has not answered yet'))
    assert.ok(!invited.includes('Sessions'))
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
