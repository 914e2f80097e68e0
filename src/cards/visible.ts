/**
 * People's words as a screen may show them: text, and nothing that text could become. Clients read more into a text than
 * its writer put there. Teams on an iPhone reads Markdown in a TextRun too (microsoft/Teams-AdaptiveCards-Mobile c6faeb4e,
 * `buildIntermediateResultForText`), all of them read `{{DATE(…)}}`, and signs that nobody sees turn a line round. What is
 * stored, and what goes back into a field, never comes by here.
 */

/** A word joiner: it has no width, allows no break, and no reader of markup reads across it. */
const joiner = '\u2060'
/** Where a word may be broken. */
const breakable = '\u200b'

/** A word longer than this is wider than a card; it may be broken after each so many characters. */
const longestWord = 80
const wordPart = 40
/** So many marks on one letter are enough for every script; more of them grow over the lines around. */
const mostMarks = 8

/** What is looked for, and what stands there instead. */
type Step = readonly [RegExp, string]

const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g

const characters: readonly Step[] = [
  [/(?![\n\t])\p{Cc}/gu, '\ufffd'],
  // What turns text round for everybody who reads on (embeddings, overrides, isolates), and letters that nobody sees.
  // Flags such as Wales's are written with such letters and stay.
  [
    /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,16}\u{e007f})|[\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
    '$1',
  ],
  [new RegExp(`([\\p{M}\\u200b-\\u200f\\u2060]{${mostMarks}})[\\p{M}\\u200b-\\u200f\\u2060]+`, 'gu'), '$1'],
]

const markup: readonly Step[] = [
  // Dates, where the client would write its own.
  [/\{(?=\{)/g, `{${joiner}`],
  // Links.
  [/\](?=\()/g, `]${joiner}`],
  // Lists, also where that reader begins anew: behind a bracket or a number.
  [/(?=[-+*](?:\s|$))(?<=(?:(?:^|\n)\s*|[\d[\])])[-+*]*)/g, joiner],
  // Emphasis. Nothing unseen stops it, so the sign's double is shown; a spaced "2 * 3" and a snake_case mark nothing.
  [/(?<!\s)\*|\*(?!\s)/g, '\u2217'],
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\u02cd'],
]

/** What is read in a choice's title besides, by clients that draw it with a whole Markdown reader. */
const moreMarkup: readonly Step[] = [
  [/^(?=[#>=|~:-]|\d{1,9}[.)])/g, joiner],
  [/`/g, '\u02cb'],
  [/~(?=~)|\\(?=[!-/:-@[-`{-~])|&(?=#?\w+;)|<(?=\S)|\](?=:)|@(?=\S)|(?<=\w):(?=\S)|\.(?=\p{L}{2})/gu, `$&${joiner}`],
]

/** What a step could find something in: all but most letters and signs of the languages we speak. A dash may begin a list. */
const unusual =
  /[^\n\t -)+-\\^`-z|-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u3001-\u3029\u3041-\u3096\u4e00-\u9fff\uff01-\uff5e]|[-+](?=\s|$)/

/** Where a word that is too long could be: it has neither spaces nor Chinese signs. A look that costs little. */
const longStretch = new RegExp(`(?:^|[ \\n\\u4e00-\\u9fff])[^ \\n\\u4e00-\\u9fff]{${longestWord + 1}}`)
const unbroken = new RegExp(
  `[^\\s/?\\-\\u00ad\\u200b\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{Extended_Pictographic}]{${longestWord + 1},}`,
  'gu',
)
const parts = new RegExp(`[^]{${wordPart}}\\p{M}*(?=[^])`, 'gu')

/** Harmless text of the same words; line breaks are line feeds. Done twice it is the same as done once. */
export function visible(text: string): string {
  const found = unusual.test(text) ? harmless(text) : text
  if (!longStretch.test(found)) return found
  return found.replaceAll(unbroken, word => word.replaceAll(parts, `$&${breakable}`))
}

function harmless(text: string): string {
  return [...characters, ...markup].reduce(apply, text.toWellFormed().replaceAll(lineBreaks, '\n'))
}

/** The same for the title of a choice, in one line. */
export function visibleTitle(text: string): string {
  return moreMarkup.reduce(apply, text)
}

function apply(text: string, [found, shown]: Step): string {
  return text.replaceAll(found, shown)
}

const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Right-to-left words keep their direction to themselves, whatever stands beside them in the line. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text
}

/** Whether there is a letter or a sign that can be seen at all. */
export function isSeen(text: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(text)
}
