/**
 * What a button may carry: one schema per verb. Views build buttons from it, the conversation parses presses with it,
 * so a card and its handler cannot drift apart. A card carries ids, question and revision; never a role or state, and
 * an id of another person only to name whom a coach asks about: the policy decides, not the card.
 */
import { z } from 'zod'
import type { CodeKind } from '../domain/membership/joining.ts'
import { languages } from '../domain/values.ts'
import { type CardInput, choice, choiceOf, day, inputOf, line, number, picked, text, toggle } from './inputs.ts'

/** Ids of ours and of Entra: nothing else reaches a document's key. */
const id = z.string().regex(/^[\w.:@-]{1,128}$/)
const programme = id
const notice = z.string().regex(/^n:[\w.:@-]{1,250}$/)
const no = z.number().int().min(1).max(100)
const snapshot = z.number().int().min(0).optional()

/** Whom a join code is for. */
const codeKind = z.enum(['participant', 'leader'] satisfies CodeKind[])

/** People as the people picker gives them, and as object ids typed where there is none (`conversation/membership/picked.ts`). */
const whom = { people: picked(), ids: text('picking.ids') }
const language = choiceOf(
  z
    .enum(languages)
    .nullish()
    .transform(chosen => chosen ?? undefined),
)
/** What stood behind a typed command that could mean several programmes. */
const rest = text('programmes.typed')
/** The fields of a programme's form as they were filled in. */
const programmeFields = {
  programmeName: line('programmeForm.name'),
  startDate: day('programmeForm.startDate'),
  weeks: number('programmeForm.weeks'),
  maxSessions: number('programmeForm.maxSessions'),
  language,
  zone: choice(),
  leadersMayNudge: toggle(),
}
/** A form as it was shown; of its name, which is somebody's words, a digest. */
const shownForm = z.object({
  name: id,
  startDate: z.string().max(10),
  weeks: z.number(),
  maxSessions: z.number(),
  language: z.enum(languages),
  zone: z.string().max(64),
  leadersMayNudge: z.boolean(),
})

/** How a team leader may sort: by name, by how far, by who did something last. */
export const progressOrders = ['name', 'stage', 'latest'] as const
export type ProgressOrder = (typeof progressOrders)[number]

/** The value of "Not yet". Not an empty text: some clients put the choice's index in its place, which is a session's number. */
export const notChosen = 'none'

/** Whether an import of a team leaves its guests out. */
export const guestChoices = ['out', 'in'] as const

export const actions = {
  /** `coaches`: the readers this card has shown. `leader`: whom they named; empty on a card that did not ask. */
  consent: z.object({ programme, coaches: z.array(id).max(50), leader: choice() }),
  /** `asked`: the moment of the invitation that stood on the card, so that the same press twice is one no. */
  decline: z.object({ programme, asked: id.optional() }),
  /** No more invitations from whoever invited me here: the card does not say who that is. */
  block: z.object({ programme }),
  /** `written`: what somebody wrote who was taken out, also when they are asked back. */
  home: z.object({ programme: programme.optional(), written: z.boolean().default(false) }),
  help: z.object({}),
  language: z.object({ to: z.enum(languages) }),
  planForm: z.object({ programme, session: no.optional() }),
  /** `form` names the form, so that the same press twice is one session; `session` is there when one is edited. */
  plan: z.object({
    programme,
    form: id,
    session: no.optional(),
    coachee: line('plan.coachee'),
    topic: line('plan.topic'),
    goal: text('plan.goal'),
    plannedFor: day('plan.plannedFor'),
  }),
  cancelSession: z.object({ programme, session: no }),
  recordForm: z.object({ programme, session: no }),
  record: z.object({
    programme,
    session: no,
    heldOn: day('record.heldOn'),
    line: line('record.line'),
    rating: choice(),
  }),
  chooseForm: z.object({ programme }),
  /** Session numbers as the choice inputs give them: text; empty or `notChosen` where nothing is chosen. */
  choose: z.object({ programme, best: choice(), mostChallenging: choice(), begin: z.boolean().default(false) }),
  oneLog: z.object({ programme }),
  /** Opens a question; without a number the first one not answered. */
  question: z.object({ programme, round: no, session: no, question: no.optional() }),
  answer: z.object({
    programme,
    round: no,
    session: no,
    question: no,
    rev: z.number().int().min(0),
    /** Where to after saving. */
    go: z.enum(['next', 'back', 'later', 'review', 'list']),
    /** `add` puts the text below what is saved. */
    how: z.enum(['replace', 'add']).default('replace'),
    answer: text('question.label'),
  }),
  review: z.object({ programme, round: no, session: no, page: no }),
  /** Fills several questions from one pasted text ("1. … 2. …"). */
  fill: z.object({ programme, round: no, session: no, pasted: text('pasted.label') }),
  /** `snapshot`: the last one when the card was drawn; a press that comes after another one is a late repeat. */
  submit: z.object({ programme, round: no, session: no, snapshot }),
  withdraw: z.object({ programme, round: no, session: no, snapshot }),
  coachHome: z.object({ programme, page: no.default(1) }),
  /** One person, for a coach; `change`: with the fields for what a coach may arrange. */
  person: z.object({ programme, person: id, change: z.boolean().default(false) }),
  nudge: z.object({ programme, person: id }),
  /** All who are late or stuck, some at a press. */
  nudgeLate: z.object({ programme }),
  /** What could not be delivered: tasks for a coach. `notice`: one of them, by its document's id. */
  undelivered: z.object({ programme, page: no.default(1) }),
  sendAgain: z.object({ programme, notice }),
  letGo: z.object({ programme, notice }),
  moveLeader: z.object({ programme, person: id, leader: choice() }),
  extendFor: z.object({ programme, person: id, lastDay: day('person.lastDay') }),
  /** `yes`: it was asked whether they are sure. */
  removePerson: z.object({ programme, person: id, yes: z.boolean().default(false) }),
  inviteBack: z.object({ programme, person: id }),
  reviewRound: z.object({ programme, person: id, round: no, yes: z.boolean().default(false) }),
  read: z.object({ programme, person: id, round: no, session: no, page: no }),
  /** Both logs of a round side by side, a question at a time. */
  readBoth: z.object({ programme, person: id, round: no, page: no }),
  /** The team leader's people. */
  progress: z.object({ programme, page: no.default(1), sort: z.enum(progressOrders).default('stage') }),
  progressOne: z.object({ programme, person: id }),
  /** All of one's programmes; `name` and `rest`: the command that could mean several; `away`: those that were put away. */
  programmes: z.object({ page: no.default(1), name: id.optional(), rest, away: z.boolean().default(false) }),
  /** From now on this programme is meant; and does what was typed. */
  use: z.object({ programme, name: id.optional(), rest }),
  /** The coach's card of a join code, made when there is none. */
  invitePeople: z.object({ programme, code: codeKind.default('participant') }),
  /** The coach's card for inviting people by name, and doing it. `leader`: of all of them, where one is chosen. */
  inviteForm: z.object({ programme }),
  invite: z.object({ programme, ...whom, leader: choice() }),
  /** `of`: since when the code on the card has been there; `same`: only its number of places. */
  newCode: z.object({
    programme,
    code: codeKind,
    of: id.optional(),
    places: line('codes.places'),
    same: z.boolean().default(false),
  }),
  takeBackCode: z.object({ programme, code: codeKind, of: id.optional() }),
  /** What was typed as a join code. */
  join: z.object({ code: line('code.label') }),
  /** The coach's card of the team leaders. `counts`: with how many people each leads. What is typed already stays. */
  leadersForm: z.object({ programme, counts: z.boolean().default(false), ...whom }),
  addLeader: z.object({ programme, ...whom }),
  /** `sure`: whom it was asked about and answered yes. */
  removeLeader: z.object({ programme, leader: choice(), sure: id.optional() }),
  /** The coach's card of the programme's coaches. `counts`: with how many have said yes to each. What is typed already stays. */
  coachesForm: z.object({ programme, counts: z.boolean().default(false), ...whom }),
  addCoach: z.object({ programme, ...whom }),
  /** `sure`: whom it was asked about and answered yes. */
  removeCoach: z.object({ programme, coach: choice(), sure: id.optional() }),
  /** A participant about a coach who joined later. */
  acceptCoach: z.object({ programme, coach: id }),
  declineCoach: z.object({ programme, coach: id }),
  /** `team` stands for the coach's pending import of one; `programme` is where it lies, `into` where it is to go. */
  enrolIt: z.object({
    programme,
    team: id,
    into: choiceOf(id.nullish()),
    guests: choiceOf(z.enum(guestChoices).nullish()),
  }),
  enrolOff: z.object({ programme, team: id }),
  /** `parent`: a Buddy programme of somebody who has been through that one. */
  createForm: z.object({ parent: programme.optional() }),
  /** `form` names the form, so that the same press twice founds one programme. */
  create: z.object({ form: id, parent: programme.optional(), ...programmeFields, alsoLeads: toggle() }),
  /** The coach's place to run a programme. */
  manage: z.object({ programme }),
  /** How many are where in the programmes that came from this one. */
  buddies: z.object({ programme, page: no.default(1) }),
  editForm: z.object({ programme }),
  /** `shown`: what this coach had before their eyes, so that only what they touched changes. */
  edit: z.object({ programme, shown: shownForm, ...programmeFields }),
  extendForm: z.object({ programme }),
  extend: z.object({ programme, lastDay: day('lastDay.label') }),
  /** `sure`: what it was asked about and answered yes. */
  closeProgramme: z.object({ programme, sure: id.optional() }),
  reopenProgramme: z.object({ programme }),
  archive: z.object({ programme }),
  unarchive: z.object({ programme }),
  settings: z.object({}),
  saveSettings: z.object({ language: choiceOf(z.enum(languages)), zone: choice() }),
  /** Runs a typed command by its name, for "did you mean". */
  command: z.object({ name: id }),
} satisfies Record<string, z.ZodObject>

export type Verb = keyof typeof actions
export type ActionData<V extends Verb> = z.infer<(typeof actions)[V]>

/** The fields of a press that a person fills in, in the order of its schema. */
export function inputsIn(verb: Verb): readonly ({ readonly name: string } & CardInput)[] {
  return Object.entries<z.ZodType>(actions[verb].shape).flatMap(([name, schema]) => {
    const input = inputOf(schema)
    return input ? [{ name, ...input }] : []
  })
}

/** Between a field's name and the mark of the rendering: every rendering has new input ids (a re-used id kept old text). */
const renderMark = '__'

/** The id of an input in one rendering of a card; `alsoAs` is what another button of the same card calls that field. */
export function inputId(field: string, rendering: string, alsoAs?: string): string {
  return [field, ...(alsoAs ? [alsoAs] : []), rendering].join(renderMark)
}

/** A press's data with the inputs under their fields' names again. */
export function withPlainFields(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      const parts = name.split(renderMark)
      const fields = parts.length > 1 ? parts.slice(0, -1) : parts
      return fields.map(field => [field, value])
    }),
  )
}

export function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(actions, verb)
}
