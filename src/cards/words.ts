/**
 * People's own words on a card. They are shown in RichTextBlocks only (most clients read no Markdown there), one block a
 * line, so that line breaks show in every client. What is shown may be tidied; what goes back into a field never is.
 */
import type { Reader } from './reader.ts'
import { say } from './texts.ts'
import { isolated, isSeen, visible, visibleTitle } from './visible.ts'

/** More lines than this in one text are drawn in one block, so that a text of line breaks alone cannot burst a card. */
const mostLines = 60

/** A line of a text as a block of its own. An empty line before it is drawn as room. */
export type Line = { readonly text: string; readonly spacing: 'Small' | 'Medium' | 'None' }

/** The lines of a text; characters that no screen shows become a mark. */
export function lines(text: string): readonly Line[] {
  const found: Line[] = []
  let room: Line['spacing'] = 'Small'
  for (const line of visible(text).trim().split('\n')) {
    if (line.trim()) found.push({ text: isolated(line.trimEnd()), spacing: room })
    room = line.trim() ? 'None' : 'Medium'
  }
  const [last, ...more] = found.slice(mostLines - 1)
  if (!last || more.length === 0) return found
  const rest = [last, ...more].map(line => line.text).join('\n')
  return [...found.slice(0, mostLines - 1), { ...last, text: rest }]
}

/** A name, an alias or a topic where one line is wanted. One that nobody could see is shown as a dash. */
export function oneLine(text: string): string {
  const line = visible(text).replaceAll(/\s+/g, ' ').trim()
  return text.trim() && !isSeen(line) ? '–' : isolated(line)
}

/** Parts of a line that are there, with a dot between them. */
export function dotted(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part?.trim()).join(' · ')
}

/** What a choice says, made of pieces of people's words in one line each. */
export function choiceTitle(...parts: readonly (string | undefined)[]): string {
  return visibleTitle(dotted(...parts))
}

/** A character takes at most this on the wire, as an escape; a text has two quotation marks besides. */
const mostUnits = 6

/** A text cut so that it takes at most `units` on the wire; never in the middle of a character. */
export function fitting(text: string, units: number): string {
  if (text.length * mostUnits + 2 <= units || sizeOf(text) <= units) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (sizeOf(text.slice(0, middle)) <= units) low = middle
    else high = middle - 1
  }
  const whole = /[\ud800-\udbff]/.test(text.charAt(low - 1)) ? low - 1 : low
  return text.slice(0, whole)
}

/** What a value takes on the wire, in UTF-16 code units. */
export function sizeOf(value: unknown): number {
  return JSON.stringify(value).length
}

/** A short field sent back as it was typed; only what no rule would ever accept is cut to keep the card deliverable. */
export function shortField(text: string): string {
  return fitting(text, 4000)
}

/** The other language, for the button that switches to it. */
export function otherLanguage({ language }: Reader): Reader['language'] {
  return language === 'en' ? 'zh-CN' : 'en'
}

export function ratingText({ language }: Reader, rating: number): string {
  const keys = ['rating.1', 'rating.2', 'rating.3', 'rating.4', 'rating.5'] as const
  const key = keys[rating - 1]
  return key ? say(language, key) : String(rating)
}
