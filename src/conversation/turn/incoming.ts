/** What comes in, in the product's own words. The edge (`teams/`) makes it from a verified activity. */
import type { ChatReference } from '../../domain/profile.ts'
import type { Language, PersonId } from '../../domain/values.ts'

export type Actor = {
  readonly person: PersonId
  readonly name: string
  /** From the client, when it says so: what language and IANA zone to begin with. */
  readonly language?: Language
  readonly zone?: string
}

type Common = {
  readonly actor: Actor
  readonly tenant: string
  /** The activity's own id: the same for the same delivery, new for some repeats. */
  readonly activity: string
  readonly place: 'personal' | 'group'
  readonly chat: ChatReference
  /** The team whose channel it was written in: for the import of its people, and nothing else. */
  readonly team?: string
}

export type Incoming = Common &
  (
    | { readonly kind: 'message'; readonly text: string }
    /** A pressed button: `data` is what the card carried together with what was typed into it. Not yet believed. */
    | { readonly kind: 'action'; readonly verb: string; readonly data: Readonly<Record<string, unknown>> }
    /** The bot was installed or the person was added to its chat. */
    | { readonly kind: 'installed' }
    | { readonly kind: 'removed' }
  )
