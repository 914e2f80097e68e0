/** The demo that plays by itself goes to its end in both languages, and what it prints fits a terminal. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { widthOf } from '../../src/demo/columns.ts'
import { tour } from '../../src/demo/tour.ts'
import { languages } from '../../src/domain/values.ts'

describe('the tour', () => {
  for (const language of languages) {
    it(`plays a whole journey (${language})`, async () => {
      const printed: string[] = []
      await tour({ language, print: text => printed.push(text), pauseMs: 0 })
      const lines = printed.join('\n').split('\n')
      const text = lines.map(line => line.replaceAll('│', '').trim()).join(language === 'en' ? ' ' : '')
      for (const sentence of [
        say(language, 'invitation.whoSeesWhat'),
        say(language, 'submitted.headingAll'),
        say(language, 'ready.heading', { name: 'Anna Berger' }),
        refusalText(language, 'alreadyOpened'),
      ]) {
        assert.ok(text.replace(/ +/g, ' ').includes(sentence), `somebody sees: ${sentence}`)
      }
      assert.ok(!/undefined|null|\[object|\$\{/.test(text), 'nothing unresolved is printed')
      assert.deepEqual(
        lines.filter(line => widthOf(line) > 80),
        [],
        'no line is wider than a terminal',
      )
    })
  }
})
