import assert from 'node:assert/strict'
import { pastedAnswers as pastedIn, pastedLines } from '../../src/conversation/logs/pasted.ts'
import { commandIn, commands, meant } from '../../src/conversation/routing/commands.ts'
import { choiceIn } from '../../src/conversation/routing/words.ts'
import { currentQuestionSet } from '../../src/domain/logs/questions.ts'
import { languages } from '../../src/domain/values.ts'

const roles = ['participant'] as const
const named = (text: string, exact = false) => {
  const found = commandIn(text, exact, roles)
  return found && `${found.command.name}${found.rest ? ` [${found.rest}]` : ''}`
}

const pastedAnswers = (text: string) => pastedIn(pastedLines(text) ?? [], currentQuestionSet)

describe('typed words', () => {
  for (const [text, command] of [
    ['home', 'home'],
    ['  HOME. ', 'home'],
    ['主页', 'home'],
    ['ｈｅｌｐ', 'help'],
    ['question 7', 'question [7]'],
    ['第7题', 'question [7题]'],
    ['submit best', 'submit [best]'],
    ['提交最具挑战', 'submit [最具挑战]'],
    ['plan M.L.; Topic', 'plan [M.L.; Topic]'],
    ['Plan M.L.; Handing Over', 'plan [M.L.; Handing Over]'],
    ['计划 小王；授权', 'plan [小王;授权]'],
    ['planning is hard', undefined],
    ['homework', undefined],
    ['submit everything', undefined],
    ['question everything', undefined],
    ['read the room', undefined],
    ['question 7.', 'question [7]'],
    ['plan M.L.;  two  spaces; all of it.', 'plan [M.L.;  two  spaces; all of it.]'],
    ['record 1; yesterday; 4; It went well!!!', 'record [1; yesterday; 4; It went well!!!]'],
    ['𝐩𝐥𝐚𝐧 ﬁrst;  ½', 'plan [ﬁrst;  ½]'],
    ['ＰＬＡＮ　Ａ；  Ｂ', 'plan [Ａ；  Ｂ]'],
  ] as const) {
    it(`"${text}" is ${command ?? 'no command'}`, () => {
      assert.equal(named(text)?.normalize('NFKC'), command?.normalize('NFKC'))
    })
  }

  it('takes nothing but our own words while a question is open', () => {
    assert.equal(named('plan', true), 'plan')
    assert.equal(named('plan M.L.; Topic', true), undefined)
    assert.equal(named('I plan', true), undefined)
    assert.equal(named('submit best', true), 'submit [best]')
  })

  it('takes no long text for a command while a question is open, however it begins and ends', () => {
    assert.equal(named(`home${'!'.repeat(100)}`, true), undefined)
    assert.equal(named(`submit${' '.repeat(100)}best`, true), undefined)
    assert.equal(named(`home${'!'.repeat(100)}`), 'home')
  })

  it('are recognised at once, however long a message is made to be', () => {
    const began = process.cpuUsage()
    for (const mark of ['!', ' ', '。', '\n', 'ﷺ', '1; ', '1.\n']) {
      const text = `${mark.repeat(80_000)}x`
      for (const each of [text, `plan ${text}`]) commandIn(each, false, roles)
      pastedAnswers(text)
      choiceIn(text)
    }
    const { user } = process.cpuUsage(began)
    assert.ok(user < 5_000_000, `${user} µs of processor time`)
  })

  it('gives every word to one command alone', () => {
    const words = commands.flatMap(command => languages.flatMap(language => [...new Set(command.words[language])]))
    assert.equal(new Set(words).size, words.length)
    for (const word of words) assert.ok(commandIn(word, true, []), word)
  })

  it('guesses what was meant, and not from far away', () => {
    assert.equal(meant('hepl', 'en')?.name, 'help')
    assert.equal(meant('recrod', 'en')?.word, 'record')
    assert.equal(meant('submti', 'zh-CN')?.word, '提交')
    assert.equal(meant('banana', 'en'), undefined)
    assert.equal(meant('ok', 'en'), undefined)
  })

  it('reads a choice', () => {
    assert.deepEqual(choiceIn('best 1, challenging 2'), { best: '1', mostChallenging: '2' })
    assert.deepEqual(choiceIn('most challenging: 3'), { best: '', mostChallenging: '3' })
    assert.deepEqual(choiceIn('2 1'), { best: '2', mostChallenging: '1' })
    assert.deepEqual(choiceIn('最佳1，挑战2'), { best: '1', mostChallenging: '2' })
    assert.equal(choiceIn('whatever'), undefined)
  })
})

describe('a pasted log', () => {
  it('is read question by question, with lists inside an answer left alone', () => {
    const text = '1. First\nmore of it\n1. a list\n2) Second\n\n3、第三\n第5题：fifth'
    assert.deepEqual(
      [...pastedAnswers(text)],
      [
        [1, 'First\nmore of it\n1. a list'],
        [2, 'Second'],
        [3, '第三'],
        [5, 'fifth'],
      ],
    )
  })
  it('is not an answer that holds a short list, begins otherwise or has empty numbers', () => {
    assert.equal(pastedAnswers('1. ask\n2. wait').size, 0)
    assert.equal(pastedAnswers('I learnt:\n1. ask\n2. wait\n3. listen').size, 0)
    assert.equal(pastedAnswers('1.\n2.\n3.').size, 0)
    assert.deepEqual([...pastedAnswers('14. a\n15. b\n16. c\n17. d').keys()], [14, 15, 16], 'there is no 17th')
    assert.equal(pastedAnswers('We met at 10. It was good.').size, 0)
  })
})
