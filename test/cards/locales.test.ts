/** The sentences: the same in both languages in all but language, each used, none missing. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { cardNames, templateSource } from '../../src/cards/templates.ts'
import { flat, list, locales, refusalText, say } from '../../src/cards/texts.ts'
import { refusals } from '../../src/domain/refusals.ts'
import { languages } from '../../src/domain/values.ts'

const root = new URL('../../', import.meta.url)
const sentences = { en: new Map(flat(locales.en)), 'zh-CN': new Map(flat(locales['zh-CN'])) }

/** The names of the values an ICU message wants, at any depth. */
function wanted(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(wanted)
  if (typeof node !== 'object' || node === null) return []
  const { type, value, ...rest } = node as { type?: unknown; value?: unknown }
  const name = typeof type === 'number' && type > 0 && typeof value === 'string' && type !== 7 ? [value] : []
  return [...name, ...Object.values(rest).flatMap(wanted), ...wanted(value)]
}

function valuesOf(text: string): readonly string[] {
  const parsed = new IntlMessageFormat(text, 'en-GB', {}, { ignoreTag: true, captureLocation: false })
  return [...new Set(wanted(parsed.getAst()))].toSorted()
}

/** `t.key` bindings of a template. */
function bound(name: (typeof cardNames)[number]): readonly string[] {
  const source = JSON.stringify(templateSource(name))
  return [...source.matchAll(/\$\{(?:\$root\.)?t\.([\w.]+)\}/g)].map(match => match[1] ?? '')
}

describe('cards: sentences', () => {
  it('are there in both languages under the same keys', () => {
    assert.deepEqual([...sentences.en.keys()].toSorted(), [...sentences['zh-CN'].keys()].toSorted())
    for (const language of languages) for (const [key, text] of sentences[language]) assert.ok(text.trim(), key)
  })

  it('want the same values in both languages', () => {
    for (const [key, text] of sentences.en) {
      assert.deepEqual(valuesOf(sentences['zh-CN'].get(key) ?? ''), valuesOf(text), key)
    }
  })

  it('are in the language they say they are', () => {
    for (const [key, text] of sentences.en) {
      if (/\p{Script=Han}/u.test(text)) assert.equal(text, '中文', key)
    }
    for (const [key, text] of sentences['zh-CN']) {
      if (!/\p{Script=Han}/u.test(text)) assert.equal(text, 'English', key)
    }
  })

  it('that templates bind exist, and hold no value to be filled in', () => {
    for (const name of cardNames) {
      for (const key of bound(name)) {
        const full = sentences.en.has(`${name}.${key}`) ? `${name}.${key}` : `common.${key}`
        assert.ok(sentences.en.has(full), `cards/${name}.json binds t.${key}`)
        assert.deepEqual(valuesOf(sentences.en.get(full) ?? ''), [], `${full} is bound as it stands`)
      }
    }
  })

  it('of a card do not hide a common one', () => {
    for (const name of cardNames) {
      for (const key of Object.keys(locales.en[name])) {
        if (Object.keys(locales.en.common).includes(key)) assert.ok(!bound(name).includes(key), `${name}.${key}`)
      }
    }
  })

  it('are all used somewhere', () => {
    const used = new Set(cardNames.flatMap(name => bound(name).flatMap(key => [`${name}.${key}`, `common.${key}`])))
    const code = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .map(path => readFileSync(new URL(`src/${path}`, root), 'utf8'))
      .join('\n')
    const patterns = [...code.matchAll(/`((?:[\w.]|\$\{[^`}]*\})+)`/g)]
      .map(match => match[1] ?? '')
      .filter(literal => literal.includes('${') && literal.replaceAll(/\$\{[^}]*\}/g, '').includes('.'))
      .map(pattern)
    const unused = [...sentences.en.keys()].filter(
      key => !used.has(key) && !code.includes(`'${key}'`) && !patterns.some(each => each.test(key)),
    )
    assert.deepEqual(unused, [])
  })

  it('of refusals need no detail that a rule might not give, and name what is given', () => {
    for (const language of languages) {
      for (const refusal of refusals) {
        assert.ok(refusalText(language, refusal).length > 4)
        assert.ok(refusalText(language, refusal, { field: 'no such field' }).length > 4)
      }
    }
    assert.match(refusalText('en', 'gaps', { questions: [3, 7, 12] }), /^Questions 3, 7 and 12 are still open/)
    assert.match(refusalText('zh-CN', 'gaps', { questions: [3, 7, 12] }), /第3、7和12题/)
    assert.match(refusalText('en', 'tooLong', { limit: 4000 }), /4,000/)
    assert.match(refusalText('en', 'fieldMissing', { field: 'topic' }), /the topic/)
  })

  it('with a hole throw, and numbers have their plural', () => {
    assert.throws(() => say('en', 'home.daysLeft'))
    assert.match(say('en', 'home.daysLeft', { days: 1, last: 'x' }), /^1 day left/)
    assert.match(say('en', 'home.daysLeft', { days: 0, last: 'x' }), /^Today/)
    assert.equal(list('en', ['A', 'B', 'C']), 'A, B and C')
  })
})

/** A template literal with holes as a pattern for keys. */
function pattern(literal: string): RegExp {
  const parts = literal.split(/\$\{[^}]*\}/).map(part => part.replaceAll('.', '\\.'))
  return new RegExp(`^${parts.join('[^.]+')}$`)
}
