/**
 * Limits against misuse, on small states of one person: how often a code is guessed, how many people are invited, and
 * what an invited person has to put up with. A day is 24 hours from the first of its kind.
 */
import { type Creation, type Creators, isNamed } from '../programme/creating.ts'
import { isCoach, isLeader, type Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import { type Instant, isWithin, type PersonId, plusSeconds } from '../values.ts'

const daySeconds = 86_400

/** How many of a kind since the first one; over after 24 hours, or when a wrong clock wrote when it began. */
export type Counted = { readonly count: number; readonly since: Instant }

/** What one person has done today that is limited: guessing codes, inviting people, and founding programmes. */
export type DailyLimits = {
  readonly tries?: Counted
  readonly sent?: Counted
  readonly imported?: Counted
  readonly founded?: Counted
}

export const mostWrongTries = 10
/** How many people may be invited a day: in 24 hours. */
export const mostInvitations: Readonly<Record<Creation, number>> = { named: 200, anyone: 30, graduate: 30 }
/** How many the imports of somebody whom the organisation named may invite a day. Everybody else's count as any invitation. */
export const mostImported = 2_000
export const mostFromStrangers = 3
/** Programmes one person may found a day. */
export const mostFounded = 10

/** What is to be kept whatever the answer is, and the answer when it is no. */
export type Tried = { readonly tries?: Counted; readonly no?: Refused }

/**
 * A try with a code; `right`: it was one. After ten wrong ones in a day no code is looked at until that day is over, the
 * right one neither, or guessing could go on. A right one clears nothing, or one known code would allow any number of tries.
 */
export function tried(before: Counted | undefined, right: boolean, now: Instant): Tried {
  const tries = running(before, now)
  if (tries && tries.count >= mostWrongTries) return { tries, no: comeBack(tries, now) }
  if (right) return tries ? { tries } : {}
  const next = plus(tries, 1, now)
  return { tries: next, no: next.count < mostWrongTries ? refuse('codeUnknown') : comeBack(next, now) }
}

/** How many more this person may invite now. */
export function invitationsLeft(sent: Counted | undefined, atMost: number, now: Instant): number {
  return Math.max(0, atMost - (running(sent, now)?.count ?? 0))
}

/** Counts invitations before they are promised: all of them or none. */
export function withInvitations(
  sent: Counted | undefined,
  people: number,
  atMost: number,
  now: Instant,
): Decided<{ sent: Counted }> {
  const next = plus(running(sent, now), people, now)
  return next.count > atMost ? refuse('invitedEnough', { limit: atMost, until: over(next) }) : { sent: next }
}

/** The count without what was counted and came to nothing. */
export function uncounted(counted: Counted, unused: number): Counted {
  return { ...counted, count: Math.max(0, counted.count - unused) }
}

/** Counts a programme before it is founded. */
export function withFounding(before: DailyLimits, now: Instant): Decided<{ limits: DailyLimits }> {
  const founded = plus(running(before.founded, now), 1, now)
  if (founded.count > mostFounded) return refuse('foundedEnough', { limit: mostFounded, until: over(founded) })
  return { limits: { ...before, founded } }
}

/** Counts what a coach confirms of a team before it is promised. `named`: by the organisation, as one who starts programmes. */
export function withImport(
  before: DailyLimits,
  people: number,
  named: boolean,
  now: Instant,
): Decided<{ limits: DailyLimits }> {
  const counted = named
    ? withInvitations(before.imported, people, mostImported, now)
    : withInvitations(before.sent, people, mostInvitations.anyone, now)
  if (counted.refused) return counted
  return { limits: { ...before, [named ? 'imported' : 'sent']: counted.sent } }
}

/** What a person has said about who may invite them, and how many strangers have today. */
export type InviterBlocks = { readonly blocked: readonly PersonId[]; readonly strangers?: Counted }

/** Whether an invitation by this person may reach them: one answer for every reason, so that it tells nobody which. */
export function mayBeInvited(
  shield: InviterBlocks | undefined,
  by: PersonId,
  stranger: boolean,
  now: Instant,
): Decided<{ shield: InviterBlocks }> {
  const { blocked = [], strangers } = shield ?? {}
  if (blocked.includes(by)) return refuse('notInvitable')
  if (!stranger) return { shield: shield ?? { blocked } }
  const next = plus(running(strangers, now), 1, now)
  return next.count > mostFromStrangers ? refuse('notInvitable') : { shield: { blocked, strangers: next } }
}

/** As before an invitation by a stranger that came to nothing. */
export function withoutStranger(shield: InviterBlocks): InviterBlocks {
  return shield.strangers ? { ...shield, strangers: uncounted(shield.strangers, 1) } : shield
}

/** Who is blocked stays so. */
export function block(shield: InviterBlocks | undefined, inviter: PersonId): InviterBlocks {
  const { blocked = [], ...rest } = shield ?? {}
  return { ...rest, blocked: blocked.includes(inviter) ? blocked : [...blocked, inviter] }
}

/** Neither named by the organisation, nor coach or leader of a programme this person has said yes to. */
export function isStranger(
  by: PersonId,
  { creators }: Pick<Creators, 'creators'>,
  joined: readonly Programme[],
): boolean {
  return !isNamed(by, creators) && !joined.some(programme => isCoach(programme, by) || isLeader(programme, by))
}

function running(counted: Counted | undefined, now: Instant): Counted | undefined {
  return counted && isWithin(daySeconds, counted.since, now) ? counted : undefined
}

function plus(counted: Counted | undefined, more: number, now: Instant): Counted {
  return { count: (counted?.count ?? 0) + more, since: counted?.since ?? now }
}

function over(counted: Counted): Instant {
  return plusSeconds(counted.since, daySeconds)
}

function comeBack(tries: Counted, now: Instant): Refused {
  const until = over(tries)
  const hours = Math.ceil((Date.parse(until) - Date.parse(now)) / 3_600_000)
  return refuse('tooManyTries', { limit: hours, until })
}
