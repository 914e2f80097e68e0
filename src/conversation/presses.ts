/** What can be pressed: one row per verb. Execute and Submit enter here alike; the data was never believed before. */
import { type ActionData, actions, isVerb, type Verb, withPlainFields } from '../cards/actions.ts'
import { say } from '../cards/texts.ts'
import { noteCard } from '../cards/views/general.ts'
import { help } from './commands.ts'
import { coachHome, decline, giveConsent, home, speak } from './membership.ts'
import {
  cancelSession,
  chooseForm,
  chooseThem,
  planForm,
  planIt,
  recordForm,
  recordIt,
  sendOneLog,
} from './planning.ts'
import { readLog } from './reading.ts'
import { answerIt, showQuestion } from './reflecting.ts'
import { homeButton, type Outcome, reader, type Scope } from './scope.ts'
import { reviewMine, submitIt, withdrawIt } from './submitting.ts'

type Row<V extends Verb> = (scope: Scope, data: ActionData<V>) => Promise<Outcome> | Outcome

export const presses: { readonly [V in Verb]: Row<V> } = {
  consent: (scope, { programme }) => giveConsent(scope, programme),
  decline: (scope, { programme }) => decline(scope, programme),
  home: (scope, { programme }) => home(scope, programme),
  help: scope => help(scope),
  language: (scope, { to }) => speak(scope, to),
  planForm: (scope, { programme, session }) => planForm(scope, programme, session),
  plan: planIt,
  cancelSession,
  recordForm: (scope, { programme, session }) => recordForm(scope, programme, session),
  record: recordIt,
  chooseForm: (scope, { programme }) => chooseForm(scope, programme),
  choose: chooseThem,
  oneLog: sendOneLog,
  question: (scope, data) => showQuestion(scope, data),
  answer: answerIt,
  review: reviewMine,
  submit: submitIt,
  withdraw: withdrawIt,
  coachHome: (scope, { programme }) => coachHome(scope, programme),
  read: readLog,
}

/** Runs the row of a press, or says kindly that this button cannot be understood any more. */
export async function press(
  scope: Scope,
  verb: string,
  data: Readonly<Record<string, unknown>>,
): Promise<Outcome & { did: string }> {
  if (isVerb(verb)) {
    const parsed = actions[verb].safeParse(withPlainFields(data))
    if (parsed.success) return { ...(await row(verb)(scope, parsed.data)), did: verb }
  }
  const to = reader(scope)
  const card = noteCard(to, { tone: 'attention', text: say(to.language, 'general.badPress'), buttons: homeButton(to) })
  return { reply: { card }, promised: [], outcome: 'refused', did: 'badPress' }
}

/** The row and its schema belong to the same verb, which the compiler cannot follow through the lookup. */
function row(verb: Verb): Row<Verb> {
  return presses[verb] as Row<Verb>
}
