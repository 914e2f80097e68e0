/** A whole log in one message: "1. … 2. …", as it comes out of a document. */
import { questionSet } from '../domain/questions.ts'

const heading = /^\s*(?:第\s*)?(\d{1,2})\s*(?:[.)、:：．]|题[.：:、]?)\s*/u
const least = 3

/**
 * The answers by question number, in order; empty when the text is not such a list of at least three.
 *
 * @param set the id of the question set whose numbers they are.
 */
export function pastedAnswers(text: string, set: string): ReadonlyMap<number, string> {
  const { length } = questionSet(set).questions
  const found = new Map<number, string[]>()
  let last = 0
  for (const line of text.split(/\r\n?|\n/)) {
    const number = Number(heading.exec(line)?.[1])
    // Only a larger number begins the next answer: an answer may hold a numbered list of its own.
    if (number > last && number <= length && (last === 0 || number <= last + 3)) {
      found.set(number, [line.replace(heading, '')])
      last = number
    } else if (last === 0 && line.trim()) {
      return new Map()
    } else {
      found.get(last)?.push(line)
    }
  }
  const answers = [...found]
    .map(([number, lines]) => [number, lines.join('\n').trim()] as const)
    .filter(([, text]) => text)
  return new Map(answers.length >= least ? answers : [])
}
