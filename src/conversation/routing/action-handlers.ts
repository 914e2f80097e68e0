/** What can be pressed: one row per verb. Execute and Submit enter here alike; the data was never believed before. */
import { type ActionData, actions, isVerb, type Verb, withPlainFields } from '../../cards/actions.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { home } from '../home/home.ts'
import { whatTheyWrote } from '../home/participant-home.ts'
import { saveAnswer } from '../logs/answering.ts'
import { fillFromPaste } from '../logs/filling.ts'
import { showQuestion } from '../logs/reflecting.ts'
import { reviewMine, submitLog, withdrawLog } from '../logs/submitting.ts'
import { addCoaches, coachesForm, removeOneCoach } from '../membership/coaches.ts'
import { invitePeople, newCode, takeBack } from '../membership/codes.ts'
import { giveConsent } from '../membership/consenting.ts'
import { blockInviter, decline } from '../membership/declining.ts'
import { inviteForm, inviteThem } from '../membership/inviting.ts'
import { joinPressed } from '../membership/joining.ts'
import { addLeaders, leadersForm, removeOneLeader } from '../membership/leading.ts'
import { acceptReader, declineReader } from '../membership/readers.ts'
import { buddies } from '../programme/buddies.ts'
import { createProgramme, newProgramme } from '../programme/founding.ts'
import { programmes, usingLast } from '../programme/programmes.ts'
import {
  archiveProgramme,
  closeProgramme,
  editForm,
  editProgramme,
  extendForm,
  extendProgramme,
  manage,
  reopenProgramme,
  unarchiveProgramme,
} from '../programme/running.ts'
import { nudgeLate, nudgePerson } from '../progress/nudging.ts'
import { coachHome, progressOfMine, progressOne } from '../progress/overview.ts'
import { extendForOne, inviteBack, moveTheirLeader, removePerson, showPerson } from '../progress/person.ts'
import { dismissNotice, sendAgain, undelivered } from '../progress/undelivered.ts'
import { readBoth, readLog } from '../reading/reading.ts'
import { reviewRound } from '../reading/reviewing.ts'
import {
  cancelSession,
  chooseForm,
  chooseThem,
  planForm,
  planSession,
  recordForm,
  recordSession,
  sendOneLog,
} from '../sessions/planning.ts'
import { saveSettings, settings, speak } from '../settings/settings.ts'
import { cancelImport, confirmImport } from '../team-import/enrolling.ts'
import { denied, homeButton, type Outcome, ownerOf, reader, type TurnContext } from '../turn/turn-context.ts'
import { help, runNamed } from './commands.ts'

type Row<V extends Verb> = (context: TurnContext, data: ActionData<V>) => Promise<Outcome> | Outcome

export const actionHandlers: { readonly [V in Verb]: Row<V> } = {
  consent: giveConsent,
  decline,
  block: blockInviter,
  home: (context, { programme, written }) =>
    written && programme !== undefined ? whatTheyWrote(context, programme) : home(context, programme),
  help: context => help(context),
  language: (context, { to }) => speak(context, to),
  planForm: (context, { programme, session }) => planForm(context, programme, session),
  plan: planSession,
  cancelSession,
  recordForm: (context, { programme, session }) => recordForm(context, programme, session),
  record: recordSession,
  chooseForm: (context, { programme }) => chooseForm(context, programme),
  choose: chooseThem,
  oneLog: sendOneLog,
  question: (context, data) => showQuestion(context, data),
  answer: saveAnswer,
  fill: fillFromPaste,
  review: reviewMine,
  submit: submitLog,
  withdraw: withdrawLog,
  coachHome: async (context, { programme, page }) => (await coachHome(context, programme, page)) ?? denied(context),
  person: showPerson,
  nudge: nudgePerson,
  nudgeLate,
  undelivered,
  sendAgain,
  letGo: dismissNotice,
  moveLeader: moveTheirLeader,
  extendFor: extendForOne,
  removePerson,
  inviteBack,
  reviewRound,
  read: readLog,
  readBoth,
  progress: async (context, data) => (await progressOfMine(context, data)) ?? denied(context),
  progressOne: async (context, data) => (await progressOne(context, data)) ?? denied(context),
  programmes,
  use: useIt,
  invitePeople,
  inviteForm,
  invite: inviteThem,
  newCode,
  takeBackCode: takeBack,
  join: joinPressed,
  leadersForm,
  addLeader: addLeaders,
  removeLeader: removeOneLeader,
  coachesForm,
  addCoach: addCoaches,
  removeCoach: removeOneCoach,
  acceptCoach: acceptReader,
  declineCoach: declineReader,
  enrolIt: confirmImport,
  enrolOff: cancelImport,
  createForm: (context, { parent }) => newProgramme(context, parent),
  create: createProgramme,
  manage: (context, { programme }) => manage(context, programme),
  buddies,
  editForm: (context, { programme }) => editForm(context, programme),
  edit: editProgramme,
  extendForm: (context, { programme }) => extendForm(context, programme),
  extend: extendProgramme,
  closeProgramme: closeProgramme,
  reopenProgramme: (context, { programme }) => reopenProgramme(context, programme),
  archive: (context, { programme }) => archiveProgramme(context, programme),
  unarchive: (context, { programme }) => unarchiveProgramme(context, programme),
  settings: context => settings(context),
  saveSettings,
  command: (context, { name }) => runNamed(context, name),
}

/** Goes on with what was typed, or goes home, in the programme that was chosen. */
function useIt(context: TurnContext, { programme, name, rest }: ActionData<'use'>): Promise<Outcome> {
  return name === undefined ? home(context, programme) : runNamed(context, name, rest)
}

/** What somebody may press who takes part in nothing (`strangers.ts`). */
export const openToAnyone: readonly string[] = ['createForm', 'create', 'join'] satisfies readonly Verb[]

/** Runs the row of a press, or says kindly that this button cannot be understood any more. */
export async function press(
  context: TurnContext,
  verb: string,
  data: Readonly<Record<string, unknown>>,
): Promise<Outcome & { did: string }> {
  // A card copied from somebody else's chat: its buttons were made for another person's logs.
  if (typeof data.owner === 'string' && data.owner !== ownerOf(context.person)) {
    const text = say(reader(context).language, 'general.notYours')
    const shown = await home(context, undefined, { tone: 'attention', text })
    return { ...shown, outcome: 'refused', refusal: 'notYours', did: 'notYours' }
  }
  if (isVerb(verb)) {
    const parsed = actions[verb].safeParse(withPlainFields(data))
    if (parsed.success) {
      // A card's programme is the one used last. Before anything else: what fails later must not be said to be unsaved.
      const about = 'programme' in parsed.data ? parsed.data.programme : undefined
      const now = about === undefined ? context : await usingLast(context, about)
      return { ...(await row(verb)(now, parsed.data)), did: verb }
    }
  }
  const to = reader(context)
  const card = noteCard(to, { tone: 'attention', text: say(to.language, 'general.badPress'), buttons: homeButton(to) })
  return { reply: { card }, promised: [], outcome: 'refused', did: 'badPress' }
}

/** The row and its schema belong to the same verb, which the compiler cannot follow through the lookup. */
function row(verb: Verb): Row<Verb> {
  return actionHandlers[verb] as Row<Verb>
}
