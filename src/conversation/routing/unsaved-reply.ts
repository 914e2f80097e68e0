/**
 * Answers for when nothing can be done now: the store did not do its work, or somebody is faster than we follow. They are
 * drawn from the press alone, since the store cannot be asked, and no text that was typed into a card is ever lost.
 */
import { actions, isVerb, withPlainFields } from '../../cards/actions.ts'
import type { Button } from '../../cards/press.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { unsavedCard } from '../../cards/views/unsaved.ts'
import { homeButton, ownerOf, reader, type TurnContext } from '../turn/turn-context.ts'
import type { Ran } from './typing.ts'
import type { RateVerdict, UserRateLimit } from './user-rate-limit.ts'

/** The text of a press in its fields again, with the same button; undefined where nothing was written. */
export function unsavedReply(context: TurnContext): RenderedCard | undefined {
  const { incoming } = context
  if (incoming.kind !== 'action' || isCopied(context)) return undefined
  const { verb, data } = incoming
  return isVerb(verb) ? unsavedCard(reader(context), verb, data) : undefined
}

/** Somebody is too fast. Each press is answered, and typed messages once in a pause, which says what becomes of the next. */
export function tooFast(context: TurnContext, asked: Exclude<RateVerdict, 'go'>, { pauseSeconds }: UserRateLimit): Ran {
  const answer = { promised: [], outcome: 'refused', did: 'tooFast' } as const
  if (context.incoming.kind === 'action')
    return { ...answer, reply: { card: unsavedReply(context) ?? pressAgain(context) } }
  if (asked === 'told') return { ...answer, reply: {} }
  const to = reader(context)
  const text = say(to.language, 'general.tooFastTyped', { seconds: pauseSeconds })
  return { ...answer, reply: { card: noteCard(to, { tone: 'warning', text }) } }
}

/** The card that was pressed may be replaced by this one, so it has the same button, or home where that cannot be read. */
function pressAgain(context: TurnContext): RenderedCard {
  const to = reader(context)
  const text = say(to.language, 'general.tooFastPressed')
  return noteCard(to, { tone: 'warning', text, buttons: againButton(context) ?? homeButton(to) })
}

function againButton(context: TurnContext): readonly Button[] | undefined {
  const { incoming } = context
  if (incoming.kind !== 'action' || isCopied(context) || !isVerb(incoming.verb)) return undefined
  const { verb } = incoming
  const { data } = actions[verb].safeParse(withPlainFields(incoming.data))
  return data && [{ title: say(reader(context).language, 'general.pressAgain'), verb, data }]
}

/** Its buttons were made for somebody else: drawn again they would carry this person's mark and pass for their own. */
function isCopied({ incoming, person }: TurnContext): boolean {
  if (incoming.kind !== 'action') return false
  const { owner } = incoming.data
  return typeof owner === 'string' && owner !== ownerOf(person)
}
