/** Coaches who joined after somebody: who would like to read, what a yes means, and that it is theirs to decide. */
import { coachesDeclined, coachesToAccept, readersOf } from '../../../domain/access.ts'
import type { Journey } from '../../../domain/journey.ts'
import { type Coach, leaderIsCoach, type Programme } from '../../../domain/programme.ts'
import { button, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { oneLine } from '../../words.ts'
import { maybe } from '../parts.ts'
import { nameOf, namesOf } from '../picking.ts'

type Whose = { readonly programme: Programme; readonly journey: Journey }

/** The letter: all coaches still to be decided on, each with a yes and a not now. */
export function newCoachCard(reader: Reader, of: Whose & { readonly mayBeRepeat: boolean }): RenderedCard {
  const { language } = reader
  const { programme, journey, mayBeRepeat } = of
  const coaches = coachesToAccept(programme, journey)
  return render('newCoach', reader, {
    programme: oneLine(programme.name),
    ...askedText(reader, of, coaches),
    rows: coaches.map(coach => askRow(reader, of, coach)),
    home: press('home', { programme: programme.programme }),
    notes: maybe(mayBeRepeat, say(language, 'ready.repeat')),
  })
}

/** The same on home until it is decided: none or one block. Nothing is asked where nothing can be changed. */
export function newCoachAsk(reader: Reader, of: Whose) {
  const coaches = of.journey.active ? coachesToAccept(of.programme, of.journey) : []
  return maybe(coaches.length > 0, {
    heading: say(reader.language, 'newCoach.heading'),
    ...askedText(reader, of, coaches),
    rows: coaches.map(coach => askRow(reader, of, coach)),
  })
}

/** Those who got a "not now": what they see, and a way to say yes after all. */
export function declinedRows(reader: Reader, of: Whose) {
  const { language } = reader
  const coaches = of.journey.active ? coachesDeclined(of.programme, of.journey) : []
  return coaches.map(coach => ({
    text: say(language, 'newCoach.declined', { name: nameOf(reader, coach.name) }),
    buttons: [acceptButton(reader, of, coach, 'newCoach.acceptAfterAll')],
  }))
}

/** While nobody may read: what that hangs on, instead of a sentence about a coach who can. */
export function noReaderText({ language }: Reader, { programme, journey }: Whose): string | undefined {
  return readersOf(programme, journey).length > 0 ? undefined : say(language, 'newCoach.noReader')
}

function askedText(reader: Reader, { programme }: Whose, coaches: readonly Coach[]) {
  const { language } = reader
  const who = { names: namesOf(reader, coaches), count: coaches.length }
  return {
    from: say(language, 'newCoach.from', { ...who, programme: oneLine(programme.name) }),
    yes: say(language, 'newCoach.withYes', who),
    no: say(language, 'newCoach.withoutYes', who),
  }
}

function askRow(reader: Reader, of: Whose, coach: Coach) {
  const { language } = reader
  const { programme, journey } = of
  const name = nameOf(reader, coach.name)
  const leads = journey.leader === coach.person && leaderIsCoach(programme, journey.leader)
  return {
    name,
    leader: maybe(leads, say(language, 'newCoach.leader', { name })),
    buttons: [
      acceptButton(reader, of, coach, 'newCoach.accept'),
      button('declineCoach', say(language, 'newCoach.decline'), {
        programme: programme.programme,
        coach: coach.person,
      }),
    ],
  }
}

function acceptButton(
  { language }: Reader,
  { programme: { programme } }: Whose,
  { person: coach }: Coach,
  title: 'newCoach.accept' | 'newCoach.acceptAfterAll',
) {
  return button('acceptCoach', say(language, title), { programme, coach })
}
