/** The steps of a walk in a browser page, by the words that stand on buttons and fields. */
import { say, type TextKey } from '../../src/cards/texts.ts'
import type { Typed } from '../../src/demo/words.ts'
import type { Language } from '../../src/domain/values.ts'
import type { Step } from '../scenarios/walk.ts'
import type { Card } from './card.ts'
import type { Chat } from './chat.ts'

/** Fields whose value is chosen among the sessions held so far, by number. */
const sessionFields: readonly string[] = ['choose.best', 'choose.mostChallenging']

/** Fills in the newest card and presses its button; `before` comes in between. */
export function stepsIn(chat: Chat, language: Language, before?: (key: TextKey) => Promise<void>): Step {
  return async (key, typed = {}) => {
    const card = await chat.lastCard()
    await fill(card, language, typed)
    await before?.(key)
    await card.press(say(language, key))
  }
}

/** Types or chooses what is given by the key of the field's label; values are those a card carries. */
export async function fill(card: Card, language: Language, typed: Typed): Promise<void> {
  for (const [key, value] of Object.entries(typed)) {
    const label = say(language, key as TextKey)
    if (key === 'record.rating') await card.choose(label, say(language, `rating.${value}` as TextKey))
    else if (sessionFields.includes(key)) await card.choose(label, await optionOf(card, label, Number(value)))
    else await card.fill(label, value)
  }
}

/** The words of the nth option, counted from 1, as the card shows them below the label. */
async function optionOf(card: Card, label: string, no: number): Promise<string> {
  const lines = (await card.text()).split('\n').flatMap(line => line.trim() || [])
  return lines[lines.indexOf(label) + no] ?? `option ${no}`
}
