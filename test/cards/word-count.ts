/**
 * How much there is to read on each card: `node test/cards/word-count.ts` prints a Markdown table of English words and
 * Chinese characters on a typical sample, first with what people wrote, then only what is ours.
 */
import { registry } from '../../src/cards/samples/registry.ts'
import { allTheSame, chineseWords, plainWords, type SampleWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import type { Language } from '../../src/domain/values.ts'
import { isNode, readerOf } from './walk.ts'

/** The sample that is met most often, where it is not the first. */
const typical: Readonly<Record<string, string>> = {
  home: 'writing',
  choose: 'several',
  question: 'middle',
  questions: 'some',
  submitted: 'told',
  coachHome: 'some',
  progress: 'some',
}

/** No letter and no digit, so that it is not counted. */
const nothing = '⁂'
const nobody = () => nothing
const noWords: SampleWords = {
  ...allTheSame(nothing),
  person: nobody,
  coachee: nobody,
  topic: nobody,
  answer: nobody,
}

const seen = ['text', 'title', 'label', 'placeholder']

/** What is on the screen: not the fallback of a button, what stands for a whole row, or a list that is folded up. */
function visible(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(visible)
  if (!isNode(value)) return []
  const { fallback: _older, selectAction: _row, data: _carried, choices, ...shown } = value
  const chosen = Array.isArray(choices)
    ? choices.filter(each => value.style === 'expanded' || each.value === value.value)
    : []
  const own = value.type === 'Input.Text' || value.type === undefined ? [...seen, 'value'] : seen
  return [
    ...Object.entries(shown).flatMap(([key, held]) =>
      typeof held === 'string' ? (own.includes(key) ? [held] : []) : visible(held),
    ),
    ...chosen.flatMap(each => (isNode(each) ? [String(each.title)] : [])),
  ]
}

const units = { en: /[\p{L}\p{N}][\p{L}\p{N}’'.@/–-]*/gu, 'zh-CN': /[\p{L}\p{N}]/gu } as const

function count(language: Language, card: object): number {
  return visible(card).join(' \n').match(units[language])?.length ?? 0
}

console.log('| card | sample | words (en) | ours | characters (zh) | ours |\n|---|---|--:|--:|--:|--:|')
for (const { name, samples } of registry) {
  const sample = typical[name] ?? Object.keys(samples)[0] ?? ''
  const counted = (language: Language, words: SampleWords) => {
    const drawn = samples[sample]?.(readerOf({ language }), sampleWorld(words))
    return drawn ? count(language, drawn.card) : 0
  }
  const row = [
    counted('en', plainWords),
    counted('en', noWords),
    counted('zh-CN', chineseWords),
    counted('zh-CN', noWords),
  ]
  console.log(`| ${[name, sample, ...row].join(' | ')} |`)
}
