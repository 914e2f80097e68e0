/** The menu in Teams against the table of commands: what it offers is what the bot takes. */
import assert from 'node:assert/strict'
import { commandLists, menu, offeredTo } from '../../appPackage/commands.ts'
import { commandIn, commands } from '../../src/conversation/routing/commands.ts'
import { languages } from '../../src/domain/values.ts'

describe('menu of the app package', () => {
  for (const language of languages) {
    it(`offers words that are taken, even while a question is open (${language})`, () => {
      const offered = menu(language)
      assert.ok(offered.length >= 5 && offered.length <= 10)
      const found = offered.map(({ title }) => commandIn(title, true, [])?.command.words[language][0])
      assert.deepEqual(
        found,
        offered.map(({ title }) => title),
      )
    })
  }

  it('offers the same in both languages, each command once', () => {
    const names = (language: 'en' | 'zh-CN') =>
      menu(language).map(({ title }) => commandIn(title, true, [])?.command.name)
    assert.deepEqual(names('en'), names('zh-CN'))
    assert.equal(new Set(names('en')).size, names('en').length)
  })

  for (const role of ['participant', 'coach', 'leader'] as const) {
    it(`offers a ${role} something of their own beside home and help, all of which they have`, () => {
      const names = offeredTo(role)
      assert.equal(names[0], 'home')
      assert.equal(names.at(-1), 'help')
      const others = (['participant', 'coach', 'leader'] as const).filter(each => each !== role)
      const own = names.filter(name => others.every(other => !offeredTo(other).includes(name)))
      assert.ok(own.length >= 1, role)
    })
  }

  it('offers nobody what their role does not have', () => {
    const without = commands.map(command =>
      command.name === 'ready' ? { ...command, roles: ['leader'] as const } : command,
    )
    assert.throws(() => offeredTo('coach', without), /offers "ready" to a coach, who does not have it/)
    assert.doesNotThrow(() => offeredTo('participant', without))
  })

  it('offers in a team the one word that is served there', () => {
    const lists = commandLists().map(({ scopes, commands }) => [scopes, commands.map(({ title }) => title)] as const)
    assert.deepEqual(lists.slice(1), [[['team'], ['enrol']]])
    assert.deepEqual(lists[0]?.[0], ['personal'])
  })

  it('does not come about when it would say something untrue or too much', () => {
    assert.throws(() => menu('en', ['home', 'dance']), /"dance", which is no command/)
    assert.throws(() => menu('en', Array(11).fill('home')), /11 commands, 10 at most/)
    const [home] = commands
    assert.ok(home)
    const long = { ...home, words: { en: ['h'.repeat(33)], 'zh-CN': ['主页'] } }
    assert.throws(() => menu('en', ['home'], [long]), /title of "home" has 33/)
    assert.doesNotThrow(() => menu('zh-CN', ['home'], [long]))
    assert.throws(() => menu('en', ['home'], [{ ...home, words: { en: [], 'zh-CN': ['主页'] } }]), /has 0 of 1/)
  })
})
