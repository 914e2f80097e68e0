/** A participant's first card and their home: the next step first, then logs, sessions, and what the coach can see. */
import { currentRound, heldSessions, isReady, type Journey, liveSessions, pointers } from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import { isCoach, namedCoaches, type Programme } from '../../../domain/programme.ts'
import { askedAt, saidNo } from '../../../domain/standing.ts'
import type { Instant } from '../../../domain/values.ts'
import { inputId, notChosen } from '../../actions.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render, withButton } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle, oneLine, otherLanguage } from '../../words.ts'
import { noteCard } from '../general.ts'
import { declinedRows, newCoachAsk, noReaderText } from '../membership/new-coach.ts'
import { alerts, inRows, maybe, programmeName, readers } from '../parts.ts'
import { nameOf } from '../picking.ts'
import { coachTexts, logRow, timeText } from './home-logs.ts'
import { sessionRow } from './home-sessions.ts'
import { otherButtons, primaryButton, stepTexts } from './home-step.ts'
import { nextStep } from './next-step.ts'

type InvitationInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly alert?: Alert | undefined
  /** As it stood in the field for their team leader when the card comes back. */
  readonly chosenLeader?: string
}

/** Whose programme this is, what it is about, and who will see what; if the leader is the coach, that first. */
export function invitationCard(reader: Reader, input: InvitationInput): RenderedCard {
  const { programme, journey, alert } = input
  const { language } = reader
  const leaders = leaderChoices(reader, input)
  // Who is asked back is asked about everybody who coaches now.
  const { consent, ...asked } = journey
  const who = readers(reader, programme, asked)
  const leader = programme.leaders.find(each => each.person === journey.leader)?.name
  const leaderIsCoach = journey.leader !== undefined && isCoach(programme, journey.leader)
  const coachAndLeader = programme.coaches.find(each => each.person === journey.leader)?.name ?? ''
  const id = programme.programme
  const card = render('invitation', reader, {
    alerts: alerts(alert),
    from: say(language, 'invitation.from', { ...who, programme: oneLine(programme.name) }),
    about: say(language, 'invitation.about', { weeks: programme.weeks, sessions: programme.maxSessions }),
    leaderIsCoach: maybe(leaderIsCoach, {
      text: say(language, 'invitation.leaderIsCoach', { leader: nameOf(reader, coachAndLeader) }),
    }),
    logsWho: say(language, 'invitation.logsWho', who),
    statusWho: leaderIsCoach
      ? say(language, 'invitation.statusLeaderIsCoach', who)
      : leaders.length > 0
        ? say(language, 'invitation.statusAsked', who)
        : leader === undefined
          ? say(language, 'invitation.statusNoLeader', who)
          : say(language, 'invitation.statusLeader', { ...who, leader: nameOf(reader, leader) }),
    leaders,
    consent: press('consent', { programme: id, coaches: namedCoaches(programme).map(coach => coach.person) }),
    decline: press('decline', { programme: id, asked: askedAt(journey) }),
    language: press('language', { to: otherLanguage(reader) }),
  })
  if (!consent) return card
  return withButton(card, reader, say(language, 'invitation.written'), 'home', { programme: id, written: true })
}

/** Who of the programme's team leaders is theirs: each participant says so. None where there is nobody to choose. */
function leaderChoices(reader: Reader, { programme, journey, chosenLeader = '' }: InvitationInput) {
  const { language } = reader
  const leaders = programme.leaders.filter(({ person }) => person !== journey.person)
  const known = [chosenLeader, journey.leader].find(each => leaders.some(({ person }) => person === each))
  return maybe(leaders.length > 0, {
    id: inputId('leader', reader.rendering),
    value: chosenLeader === notChosen ? notChosen : (known ?? notChosen),
    choices: [
      { title: say(language, 'invitation.noLeader'), value: notChosen },
      ...leaders.map(({ person, name }) => {
        const reads = isCoach(programme, person) ? say(language, 'invitation.alsoCoach') : undefined
        return { title: choiceTitle(nameOf(reader, name), reads), value: person }
      }),
    ],
  })
}

type DeclinedInput = { readonly programme: Programme; readonly journey: Journey; readonly blocked?: boolean }

/** After a no: what it means, and how to hear no more from whoever asked. After that, that they will not. */
export function declinedCard(reader: Reader, { programme, journey, blocked }: DeclinedInput): RenderedCard {
  const { language } = reader
  const at = { programme: programme.programme }
  const inviter = programme.coaches.find(({ person }) => person === journey.invitedBy)
  const who = { known: inviter ? 'yes' : 'no', coach: nameOf(reader, inviter?.name ?? '') }
  const once = journey.consent ? 'declined.back' : 'declined.once'
  const text = blocked ? 'declined.blocked' : saidNo(journey) ? 'declined.meant' : once
  return noteCard(reader, {
    tone: 'good',
    text: say(language, text, who),
    buttons: [
      { title: say(language, 'declined.seeInvitation'), verb: 'home', data: at },
      ...maybe(!blocked && journey.invitedBy !== undefined, {
        title: say(language, 'declined.block'),
        verb: 'block' as const,
        data: at,
      }),
    ],
  })
}

type HomeInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly now: Instant
  readonly alert?: Alert
  readonly coachReached?: boolean
  /** This graduate may run a Buddy programme. */
  readonly mayRunBuddy?: boolean
}

export function homeCard(reader: Reader, input: HomeInput): RenderedCard {
  const { programme, journey, now, alert, coachReached } = input
  const { language } = reader
  const round = currentRound(journey)
  const step = nextStep(journey, programme)
  const questions = questionSet(programme.questionSet).questions.length
  const live = liveSessions(round)
  const held = heldSessions(round)
  const open = journey.active && !round.reviewedAt
  const counted = { held: held.length, planned: live.length, max: programme.maxSessions }
  const nobody = noReaderText(reader, { programme, journey })
  const others = [
    ...otherButtons(reader, programme, journey, step, open),
    ...maybe(
      !!input.mayRunBuddy,
      button('createForm', say(language, 'home.runBuddy'), { parent: programme.programme }),
    ),
  ]
  return render('home', reader, {
    alerts: alerts(alert),
    programme: programmeName(reader, programme, round.no),
    ...stepTexts(reader, round, step, questions),
    ...(nobody && step.kind === 'wait' && { heading: say(language, 'newCoach.waiting'), why: nobody }),
    time: timeText(reader, { programme, journey, now }, round),
    logs: maybe(round.best !== undefined || round.mostChallenging !== undefined, {
      rows: pointers.map(pointer => logRow(reader, journey, round, pointer, questions, open)),
      coach: coachTexts(reader, { programme, journey, now, coachReached }, round),
    }),
    sessions: maybe(live.length > 0, {
      count: say(language, 'home.sessionsCount', counted),
      rows: live.map(session => sessionRow(reader, journey, round, session, open && !isReady(round))),
    }),
    primary: primaryButton(reader, journey, step),
    newCoach: newCoachAsk(reader, { programme, journey }),
    declined: declinedRows(reader, { programme, journey }),
    others: inRows(others),
    help: press('help', {}),
    settings: press('settings', {}),
  })
}
