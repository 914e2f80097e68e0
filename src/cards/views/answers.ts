/** Questions and answers as read-only pages: the writer's review and the coach's reading share them. */
import type { Answer } from '../../domain/logs/log.ts'
import { questionSet } from '../../domain/logs/questions.ts'
import { type Page, pageOf, pageUnits } from '../paging.ts'
import type { Button } from '../press.ts'
import type { Reader } from '../reader.ts'
import { say } from '../texts.ts'
import { type Line, lines, sizeOf } from '../words.ts'
import { maybe, numbered } from './parts.ts'

export type AnswerItem = {
  readonly no: number
  readonly question: string
  readonly lines: readonly Line[]
  readonly answered: boolean
}

type Answered = { readonly questionSet: string; readonly answers: { readonly [question: string]: Answer } }

/** What the template puts around one item with its button, and around each of its lines. */
const itemUnits = 1100
const lineUnits = 110

/** One page of questions with their answers, in order, open ones in their places; `taken` is what else the card holds. */
export function answerPage(reader: Reader, log: Answered, page: number, taken = 0): Page<AnswerItem> {
  const items = questionSet(log.questionSet).questions.map((question, index): AnswerItem => {
    const text = log.answers[index + 1]?.text
    const heading = numbered(index + 1, question[reader.language])
    return { no: index + 1, question: heading, lines: lines(text ?? ''), answered: text !== undefined }
  })
  return pageOf(items, item => sizeOf(item) + itemUnits + item.lines.length * lineUnits, page, pageUnits - taken)
}

/** Back and on through the pages, for the template: none or one row; `turn` makes the button for a page. */
export function pageTurns(
  { language }: Reader,
  page: number,
  pages: number,
  turn: (page: number) => Button,
): readonly { readonly buttons: readonly Button[] }[] {
  const buttons = [
    ...maybe(page > 1, { ...turn(page - 1), title: say(language, 'common.previousPage') }),
    ...maybe(page < pages, { ...turn(page + 1), title: say(language, 'common.nextPage') }),
  ]
  return maybe(pages > 1, { buttons })
}
