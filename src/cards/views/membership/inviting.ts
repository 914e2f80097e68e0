/** A coach invites people by name: the card in which they are picked, and what became of each. */
import type { Named, Programme } from '../../../domain/programme.ts'
import { inputId, notChosen } from '../../actions.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle, oneLine } from '../../words.ts'
import { alerts, maybe } from '../parts.ts'
import { installing, nameOf, namesOf, picking, type Typed } from '../picking.ts'

type InvitingInput = {
  readonly programme: Programme
  /** What was picked and typed, and the leader who was chosen. */
  readonly typed?: Typed & { readonly leader: string }
  readonly alert?: Alert
}

export function invitingCard(reader: Reader, { programme, typed, alert }: InvitingInput): RenderedCard {
  const { language } = reader
  const { leaders } = programme
  const id = programme.programme
  return render('inviting', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    whom: picking(reader, typed),
    leader: maybe(leaders.length > 0, {
      id: inputId('leader', reader.rendering),
      value: leaders.some(({ person }) => person === typed?.leader) ? typed?.leader : notChosen,
      choices: [
        { title: say(language, 'inviting.noLeader'), value: notChosen },
        ...leaders.map(({ person, name }) => ({ title: choiceTitle(nameOf(reader, name)), value: person })),
      ],
    }),
    invite: press('invite', { programme: id }),
    code: press('invitePeople', { programme: id }),
    home: press('home', { programme: id }),
  })
}

export type InvitedInput = {
  readonly programme: Programme
  readonly invited: readonly Named[]
  readonly already: readonly Named[]
  /** For one reason that is told nobody. */
  readonly notReached: readonly Named[]
  readonly install: string | undefined
}

/** Whom a message does not reach is known a moment later: it stands where everybody is. */
export function invitedCard(reader: Reader, input: InvitedInput): RenderedCard {
  const { programme, invited, already, notReached, install } = input
  const { language } = reader
  const id = programme.programme
  const count = invited.length
  const group = (people: readonly Named[], title: 'invited' | 'already' | 'notReached', ...notes: string[]) =>
    maybe(people.length > 0, {
      title: say(language, `invited.${title}`),
      names:
        title === 'notReached' && people.every(({ name }) => !name.trim())
          ? say(language, 'invited.ofThese', { count: people.length })
          : namesOf(reader, people),
      notes: notes.map(text => ({ text })),
    })
  return render('invited', reader, {
    programme: oneLine(programme.name),
    heading: say(language, 'invited.heading', { count }),
    groups: [
      ...group(invited, 'invited', say(language, 'invited.next')),
      ...group(already, 'already'),
      ...group(notReached, 'notReached', say(language, 'invited.notReachedHint')),
    ],
    install: installing(reader, install, count > 0),
    people: press('coachHome', { programme: id, page: 1 }),
    form: press('inviteForm', { programme: id }),
    code: maybe(notReached.length > 0, { data: press('invitePeople', { programme: id }) }),
  })
}
