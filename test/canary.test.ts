/**
 * Nobody's words and nobody's id come out where they should not, whatever is done and whatever breaks. Every text that can be
 * typed and every id from outside is a canary; each is looked for in all that the bot writes, sends and answers.
 */
import assert from 'node:assert/strict'
import { breakConnector, breakStore, waitForNotices } from './canary/breaking.ts'
import { beRefused, changeBest, comeTooLate, pressBadly } from './canary/changing.ts'
import { collect, stored } from './canary/collecting.ts'
import { damage } from './canary/damaging.ts'
import { find } from './canary/find.ts'
import { hurry, knock } from './canary/knocking.ts'
import { askAll } from './canary/others.ts'
import { inEveryForm, plantAll, planted } from './canary/planting.ts'
import { holes } from './canary/sinks.ts'
import { openTown, type Town } from './canary/town.ts'
import { finish, logsOf, writeByCards, writeByTyping, writerOf } from './canary/writing.ts'

const everybodyElse = ['Carla', 'Leo', 'Paul', 'Stan'] as const

describe('canaries', function () {
  this.timeout(120_000)
  let town: Town
  let inStore: string
  let leaks: ReturnType<Town['sinks']['scan']>['leaks']
  let allowed: ReturnType<Town['sinks']['scan']>['allowed']
  const happened = { store: 0, connector: 0, refused: 0 }

  before(async () => {
    let t = performance.now()
    const tick = (what: string) => { console.log(what, Math.round(performance.now() - t)); t = performance.now() }
    town = await openTown()
    tick('open')
    await Promise.all([onMain().then(() => tick('main')), onFile().then(() => tick('file')), onFaulty().then(() => tick('faulty'))])
    await waitForNotices(town)
    tick('notices')
    inStore = await stored(town)
    await plantAll(town)
    const { code, ...output } = await town.bot.end()
    tick('end')
    assert.equal(code, 0, output.err)
    town.look()
    collect(town, output)
    ;({ leaks, allowed } = town.sinks.scan())
    tick('scan')
    for (const [k, v] of Object.entries(Object.groupBy(town.bot.reports, r => `${r.event} ${r.fields.error ?? r.fields.why ?? ''} ${r.fields.code ?? ''} ${r.fields.did ?? ''}`))) console.log(k, v?.length)
    console.log(output.err)
  })
  after(() => town.close())

  /** Behind the strict door, on Cosmos DB: by cards in English, by typing in Chinese. */
  async function onMain(): Promise<void> {
    for (const key of [...everybodyElse, 'Otto', 'Anna'] as const) await town.actor(key).install()
    const anna = writerOf(town, 'Anna')
    const { actor, step } = anna
    await writeByCards(anna, () => askAll(town, 'Anna', everybodyElse, { reads: true }))
    const late = actor.pressing('Submit')
    await finish(town, anna, 'Carla', logsOf('Anna', 'AnswerBest', 'AnswerHard'), () => step('review.submit'))
    const early = town.actor('Carla').pressing('Side by side')
    await askAll(town, 'Anna', everybodyElse, { reads: false })

    await actor.say('withdraw best')
    town.readable.clear()
    await beRefused(town, anna)
    await pressBadly(town, anna)
    await changeBest(anna)
    await town.actor('Carla').post(early)
    await askAll(town, 'Anna', everybodyElse, { reads: true })
    const now = logsOf('Anna', 'AnswerBest', 'AnswerHard').filter(name => !/Best[AB]$/.test(name))
    await finish(town, anna, 'Carla', [...now, 'AnnaLaterA', 'AnnaLaterB'], () => actor.say('submit best'))
    await askAll(town, 'Anna', everybodyElse, { reads: true })
    await comeTooLate(anna, late)

    const otto = writerOf(town, 'Otto')
    const last = await writeByTyping(otto)
    await finish(town, otto, 'Carla', logsOf('Otto', 'AnswerBest', 'AnswerHard'), () => otto.actor.say(last))
    await askAll(town, 'Otto', everybodyElse, { reads: true })
    for (const count of (await knock(town)).values()) happened.refused += count
  }

  /** Behind the open door, on a file: by `Action.Submit` in Chinese, by typing in English. */
  async function onFile(): Promise<void> {
    for (const key of ['Cora', 'Lars', 'Sven', 'Ines', 'Uwe', 'Olga'] as const) await town.actor(key).install()
    const [uwe, olga] = [writerOf(town, 'Uwe'), writerOf(town, 'Olga')]
    await writeByCards(uwe, () => askAll(town, 'Uwe', ['Cora', 'Lars', 'Sven', 'Ines'], { reads: true }))
    await finish(town, uwe, 'Cora', logsOf('Uwe', 'AnswerBest', 'AnswerHard'), () => uwe.step('review.submit'))
    const last = await writeByTyping(olga)
    await finish(town, olga, 'Cora', logsOf('Olga', 'AnswerBest', 'AnswerHard'), () => olga.actor.say(last))
    await askAll(town, 'Olga', ['Cora', 'Lars', 'Sven', 'Ines'], { reads: true })
    await damage(town)
    await hurry(town)
  }

  async function onFaulty(): Promise<void> {
    happened.store = await breakStore(town)
    happened.connector = await breakConnector(town)
  }

  const isPlanted = (name: string): name is keyof typeof planted => name in planted

  it('come out nowhere but where they belong', () => {
    const found = leaks.filter(({ name }) => !isPlanted(name))
    console.log(found.length, found.slice(0,30))
    for (const [k, v] of allowed) console.log(k, v.size, [...v].join(' ').slice(0, 300))
    for (const hole of holes) console.log(hole, town.sinks.taken(hole).length, town.sinks.bytes(hole))
    assert.deepEqual(found, [])
  })
  it('planted', () => {
    console.log(leaks.filter(({ name }) => isPlanted(name)))
  })
  it('went in', () => {
    const sent = Object.values(town.gates).flatMap(g => g.sent).join('\n')
    const t = performance.now()
    const s = new Set(find(sent, town.words).map(h => h.name)); const st = new Set(find(inStore, town.words).map(h => h.name))
    console.log(sent.length, inStore.length, performance.now() - t)
    const names = [...town.words.fates]
    console.log('not stored', names.filter(([n, f]) => f === 'stored' && !st.has(n)).map(([n]) => n).join(' '))
    console.log('not sent', names.filter(([n, f]) => !s.has(n) && !st.has(n)).map(([n]) => n).join(' '))
    console.log('not given back', names.filter(([n, f]) => f === 'givenBack' && ![...allowed.values()].some(v => v.has(n))).map(([n]) => n).join(' '))
    console.log(names.length)
  })
})
void inEveryForm
