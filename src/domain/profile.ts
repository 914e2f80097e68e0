/** What the bot keeps about a person outside any programme: how to reach them and how they like to be spoken to. */
import { type Instant, isAhead, type Language, type PersonId, type ProgrammeId } from './values.ts'

/** Where a person's own chat with the bot is. The newest one wins; it carries no secret and no authority. */
export type ChatReference = {
  readonly serviceUrl: string
  readonly conversation: string
  readonly tenant: string
  /** The bot's and the person's own channel account ids in that chat. */
  readonly bot: string
  readonly account: string
}

export const roles = ['participant', 'coach', 'leader'] as const
export type Role = (typeof roles)[number]

export type Profile = {
  readonly person: PersonId
  readonly name: string
  readonly chat?: ChatReference
  /** Set when the platform said that this person cannot be written to; cleared when they write or install. */
  readonly unreachableSince?: Instant
  readonly language?: Language
  readonly zone?: string
  /** The last greeting after an installation. */
  readonly welcomedAt?: Instant
  /** The invitation last shown: it is what somebody says yes to by typing, and it is not sent to them once more. */
  readonly invitationShown?: { readonly programme: ProgrammeId; readonly at: Instant }
  readonly lastProgramme?: ProgrammeId
  /** An index for finding one's programmes. Repairable, and no authority. */
  readonly memberships: readonly { readonly programme: ProgrammeId; readonly role: Role }[]
}

/** The profile with this entry in its index; the same profile where it is there already. */
export function withMembership(profile: Profile, entry: Profile['memberships'][number]): Profile {
  const { programme, role } = entry
  const known = profile.memberships.some(each => each.programme === programme && each.role === role)
  return known ? profile : { ...profile, memberships: [...profile.memberships, { programme, role }] }
}

/**
 * When this person was last shown the invitation to this programme; empty text when another came after it, or none. A
 * moment in the future counts as none, or coaches added before that moment would pass as shown to this person.
 */
export function invitationShownAt(profile: Profile | undefined, programme: ProgrammeId, now: Instant): Instant {
  const shown = profile?.invitationShown
  return shown?.programme === programme && !isAhead(shown.at, now) ? shown.at : ''
}

export function newProfile(person: PersonId, name: string): Profile {
  return { person, name, memberships: [] }
}
