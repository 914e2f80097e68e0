/** A whole log in one message: "1. … 2. …", as it comes out of a document. */
import { questionSet } from '../../domain/logs/questions.ts'

const heading = /^\s*(?:第\s*)?(\d{1,2})\s*(?:[.)、:：．]|题[.：:、]?)\s*/u
const least = 3
/** Headings have at most two digits. */
const highestNumber = 99

/** A line, and the number it begins with: 0 where there is none. */
type Line = { readonly number: number; readonly rest: string; readonly whole: string }

/** A text that may be a log: parsed once, whatever the questions of the log turn out to be that it is meant for. */
export type PastedLines = readonly Line[]

/** Undefined where a text is no list of at least three answers in any log, so that no log has to be read for it. */
export function pastedLines(text: string): PastedLines | undefined {
  const lines = text.split(/\r\n?|\n/).map((whole): Line => {
    const [begins = '', number = 0] = heading.exec(whole) ?? []
    return { number: Number(number), rest: whole.slice(begins.length), whole }
  })
  return answersIn(lines, highestNumber).size > 0 ? lines : undefined
}

/**
 * The answers by question number, in order; empty when the text is not such a list of at least three.
 *
 * @param set the id of the question set whose numbers they are.
 */
export function pastedAnswers(lines: PastedLines, set: string): ReadonlyMap<number, string> {
  return answersIn(lines, questionSet(set).questions.length)
}

function answersIn(lines: PastedLines, highest: number): ReadonlyMap<number, string> {
  const found = new Map<number, string[]>()
  let last = 0
  for (const { number, rest, whole } of lines) {
    // Only a larger number begins the next answer: an answer may hold a numbered list of its own.
    if (number > last && number <= highest && (last === 0 || number <= last + 3)) {
      found.set(number, [rest])
      last = number
    } else if (last === 0 && whole.trim()) {
      return new Map()
    } else {
      found.get(last)?.push(whole)
    }
  }
  const answers = [...found]
    .map(([number, lines]) => [number, lines.join('\n').trim()] as const)
    .filter(([, text]) => text)
  return new Map(answers.length >= least ? answers : [])
}
