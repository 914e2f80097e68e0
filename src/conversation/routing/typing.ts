/** A typed message: a command, the answer to the open question, a pasted log, or something to ask back about. */
import { withButton } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { oneLine } from '../../cards/words.ts'
import type { OpenQuestion } from '../../domain/journey.ts'
import { answerTo, writable } from '../../domain/logs/log.ts'
import { home } from '../home/home.ts'
import { answerByTyping } from '../logs/answering.ts'
import { offerToFill } from '../logs/filling.ts'
import { myLog, openQuestion, underWay } from '../logs/reflecting.ts'
import { loadOwnJourney, type OwnJourney, programmeAs } from '../turn/own-journey.ts'
import { homeButton, type Outcome, reader, type TurnContext } from '../turn/turn-context.ts'
import { commandIn, meant, runCommand } from './commands.ts'

/** What ran, for the log, and how it ended. */
export type Ran = Outcome & { readonly did: string }

/** While a question is open only what is exactly a command is one; everything else is the answer, without guessing. */
export async function typed(context: TurnContext, text: string): Promise<Ran> {
  const owner = await whoWrites(context)
  const open = owner && openQuestion(owner.journey.doc, context.now)
  const roles = context.profile.memberships.map(membership => membership.role)
  const found = commandIn(text, open !== undefined, roles)
  if (found) {
    const outcome = { ...(await runCommand(context, found)), did: found.command.name }
    return owner && open ? offeringToSave(context, owner, open, text, outcome) : outcome
  }
  const place = owner && underWay(owner.journey.doc, context.now)
  const offered = owner && place && (await offerToFill(context, owner, place, text, open?.question))
  if (offered) return { ...offered, did: 'pasted' }
  if (owner && open) return { ...(await answerByTyping(context, owner, open, text)), did: 'typedAnswer' }
  if (context.profile.memberships.length === 0) return { ...(await home(context)), did: 'typed' }
  return notUnderstood(context, text)
}

/** Who takes part in several programmes writes in the one used last, unless a question is open in another alone. */
async function whoWrites(context: TurnContext): Promise<OwnJourney | undefined> {
  const id = programmeAs(context, 'participant')
  const owner = id === undefined ? undefined : await loadOwnJourney(context, id)
  if (owner && openQuestion(owner.journey.doc, context.now)) return owner
  const others = context.profile.memberships.filter(({ programme, role }) => role === 'participant' && programme !== id)
  for (const { programme } of others) {
    const other = await loadOwnJourney(context, programme)
    if (other && openQuestion(other.journey.doc, context.now)) return other
  }
  return owner
}

/** Somebody may have meant "home" as their answer: the command ran, and its card offers to save the word instead. */
async function offeringToSave(
  context: TurnContext,
  owner: OwnJourney,
  open: OpenQuestion,
  text: string,
  outcome: Ran,
): Promise<Ran> {
  const place = { programme: owner.programme.programme, round: open.round, session: open.session }
  if (!outcome.reply.card || writable(owner.journey.doc, place.round, place.session)) return outcome
  const found = await myLog(context, place)
  if (!found) return outcome
  // The command may just have changed the language.
  const profile = (await context.people.profile(context.person)) ?? context.profile
  const to = reader({ ...context, profile }, owner.programme)
  const rev = answerTo(found.log, open.question)?.rev ?? 0
  const data = { ...place, question: open.question, rev, go: 'next', how: 'replace', answer: text }
  const card = withButton(
    outcome.reply.card,
    to,
    say(to.language, 'typing.saveInstead', { word: oneLine(text) }),
    'answer',
    data,
  )
  return { ...outcome, reply: { card } }
}

function notUnderstood(context: TurnContext, text: string): Ran {
  const to = reader(context)
  const guess = meant(text, to.language)
  const note = guess
    ? {
        text: say(to.language, 'typing.didYouMean', { word: guess.word }),
        buttons: [{ title: guess.word, verb: 'command' as const, data: { name: guess.name } }],
      }
    : { text: say(to.language, 'general.unknownWord'), buttons: homeButton(to) }
  return {
    reply: { card: noteCard(to, { tone: 'warning', ...note }) },
    promised: [],
    outcome: 'refused',
    did: 'unknownWord',
  }
}
