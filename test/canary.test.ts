/**
 * Nobody's words and nobody's id come out where they should not, whatever is done and whatever breaks. Every text that can be
 * typed and every id from outside is a canary; they are looked for in all that the bot writes, sends and answers.
 */
import assert from 'node:assert/strict'
import { say } from '../src/cards/texts.ts'
import { languages } from '../src/domain/values.ts'
import { collect, stored } from './canary/collecting.ts'
import { everyPlaceForText, placesWithCanaries } from './canary/covering.ts'
import { expected } from './canary/expected.ts'
import { find, forms } from './canary/find.ts'
import { inEveryForm, plantAll, planted } from './canary/planting.ts'
import { type Happened, playAll } from './canary/play.ts'
import { holes, type Scanned } from './canary/sinks.ts'
import { openTown, type Town } from './canary/town.ts'
import { logsOf } from './canary/writing.ts'

describe('canaries in every field', function () {
  this.timeout(120_000)
  let town: Town
  let happened: Happened
  let inStore: ReadonlySet<string>
  let scanned: Scanned
  let log: readonly Readonly<Record<string, unknown>>[]

  before(async () => {
    town = await openTown()
    happened = await playAll(town)
    inStore = namesIn(await stored(town))
    await plantAll(town)
    const { code, ...output } = await town.bot.end()
    assert.equal(code, 0, output.err)
    log = output.out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    town.look()
    collect(town, output)
    scanned = town.sinks.scan()
  })
  after(() => town.close())

  const namesIn = (text: string) => new Set(find(text, town.words).map(({ name }) => name))
  const isPlanted = (name: string) => Object.hasOwn(planted, name)
  const seen = (key: string) => scanned.allowed.get(key) ?? new Set<string>()

  it('come out nowhere but where they belong', () => {
    const leaks = scanned.leaks.filter(({ name }) => !isPlanted(name))
    const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`
    const rows = holes.map(hole => {
      const [found, bytes] = [leaks.filter(each => each.hole === hole).length, town.sinks.bytes(hole)]
      return `        ${hole}: ${kilobytes(bytes)}, ${found} hits`
    })
    const { store, connector, notLetIn } = happened
    console.log(
      [
        `      canaries: ${town.words.fates.size} × ${forms.length} forms × ${holes.length} holes, ${leaks.length} hits;`,
        `      ${store} ways of the store to fail, ${connector} of the connector, ${notLetIn} requests not let in or not read`,
        ...rows,
      ].join('\n'),
    )
    assert.deepEqual(leaks, [])
  })

  it('went in: the store has them, their writers have them back, or they were sent', () => {
    const sent = namesIn(
      Object.values(town.gates)
        .flatMap(gate => gate.sent)
        .join('\n'),
    )
    const missing = [...town.words.fates].filter(([name, fate]) => {
      if (fate === 'stored') return !inStore.has(name)
      if (fate === 'givenBack')
        return !Object.keys(town.people).some(key => name.startsWith(key) && seen(key).has(name))
      return fate === 'sent' && !sent.has(name)
    })
    assert.deepEqual(missing, [])
  })

  it('went in wherever any text may stand', () => {
    const places = placesWithCanaries(town)
    assert.deepEqual(
      everyPlaceForText().filter(place => !places.has(place)),
      [],
    )
  })

  it('went in while everything broke that can', () => {
    const told = new Set(
      town.bot.reports.map(({ event, fields }) => `${event} ${fields.error ?? fields.why ?? ''}`.trim()),
    )
    assert.deepEqual(
      expected.filter(each => !told.has(each)),
      [],
    )
    assert.deepEqual([...happened.statuses].sort(), [400, 401, 404, 413, 415, 500, 503])
  })

  it('reach those who may read them, and of the rest nobody: no draft, goal, line, rating or withdrawn answer', () => {
    const carla = logsOf('Anna', 'AnswerBest', 'AnswerHard').filter(name => !/Best[AB]$/.test(name))
    const read = [...carla, 'AnnaLaterA', 'AnnaLaterB', ...logsOf('Otto', 'AnswerBest', 'AnswerHard')]
    assert.deepEqual(
      read.filter(name => !seen('Carla').has(name)),
      [],
    )
    const more = [...seen('Carla')].filter(name => /^(Anna|Otto)/.test(name) && !read.includes(name))
    assert.deepEqual(more.sort(), ['AnnaName', 'AnnaPerson', 'OttoName', 'OttoPerson'])
    const ratings = languages.map(language => say(language, 'rating.2'))
    const writers = ['Anna', 'Otto', 'Uwe', 'Olga', 'Fay', 'Tom']
    for (const { to, text } of [...town.sinks.taken('HTTP answers'), ...town.sinks.taken('messages')]) {
      if (!writers.includes(to)) assert.ok(!ratings.some(rating => text.includes(rating)), `a rating to ${to}`)
      if (to === 'Leo' || to === 'Stan') assert.ok(!/Anna(Alias|Topic)/.test(text), `a session to ${to}`)
    }
  })

  it('of Teams’ own words the log tells three, each in its place', () => {
    const places = log.flatMap(line =>
      Object.entries(line).flatMap(([field, value]) =>
        /Platform/.test(String(value)) ? [`${line.msg} ${field}`] : [],
      ),
    )
    const wanted = ['activity.ignored name', 'activity.ignored type', 'notice.undeliverable code', 'reply.notSent code']
    assert.deepEqual([...new Set(places)].sort(), wanted)
  })

  it('are found when they are put into a hole on purpose, there and nowhere else', () => {
    const found = scanned.leaks.filter(({ name }) => isPlanted(name)).map(({ hole, name }) => `${name} in ${hole}`)
    const wanted = Object.entries(planted).flatMap(([name, into]) => into.map(hole => `${name} in ${hole}`))
    assert.deepEqual([...new Set(found)].sort(), wanted.sort())
    const [line] = log.filter(({ msg }) => msg === 'planted')
    assert.deepEqual([line?.note, line?.code], ['(left out)', '(left out)'], 'the log left out what was reported')
  })

  it('are found in what came out of every hole, in whatever form', () => {
    const canary = town.words.word('Anything', 'heard')
    for (const hole of holes) {
      const text = town.sinks.taken(hole).reduce((longest, each) => (each.text > longest ? each.text : longest), '')
      for (const [form, leaking] of inEveryForm(text.slice(0, 20_000), canary)) {
        const hit = find(leaking, town.words).find(({ name }) => name === 'Anything')
        assert.equal(hit?.form, form, hole)
      }
    }
  })
})
