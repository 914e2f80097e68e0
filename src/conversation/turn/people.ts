/**
 * Profiles and programmes, remembered for 60 seconds. Nothing of authority is taken from what is remembered: membership
 * is in the journey, and the programme is read anew for a person who reads as a coach. Of coaches nothing is remembered:
 * another replica may have marked them as out of reach since, and their next word is what clears that.
 */
import { type ChatReference, newProfile, type Profile } from '../../domain/profile.ts'
import type { Programme } from '../../domain/programme.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import { type Document, type DocumentOf, document, type Key, keys } from '../../store/documents.ts'
import { StoreUnavailable } from '../../store/errors.ts'
import type { Store, Stored } from '../../store/store.ts'
import type { Incoming } from './incoming.ts'

const rememberedMs = 60_000
const rememberedAtMost = 5_000

export type People = ReturnType<typeof createPeople>

/** @param elapsed milliseconds of a monotonic clock, by which what is remembered ages. */
export function createPeople(store: Store, elapsed: () => number = () => performance.now()) {
  const profiles = remember(store, keys.profile, isNoCoach, elapsed)
  const programmes = remember(store, keys.programme, () => true, elapsed)

  /**
   * Changes a profile, whatever others write meanwhile. An unchanged profile is not written. `lastRead` may begin with what
   * was read last, less than a minute ago, for what matters little when another process has just changed it.
   */
  async function change(
    person: PersonId,
    name: string,
    edit: (before: Profile) => Profile,
    how: 'fresh' | 'lastRead' = 'fresh',
  ) {
    for (let attempt = 0; attempt < 8; attempt++) {
      const found = await profiles.get(person, attempt === 0 ? how : 'fresh')
      const before = found?.doc ?? document(keys.profile(person), newProfile(person, name))
      const after = edit(before)
      if (after === before && found) return before
      const doc = document(keys.profile(person), after)
      const write = found ? ({ op: 'put', doc, etag: found.etag } as const) : ({ op: 'create', doc } as const)
      const committed = await store.commit(doc.pk, [write])
      profiles.forget(person)
      if (committed.ok) return doc
    }
    throw new StoreUnavailable('A profile kept changing under our hands; try again.')
  }

  return {
    change,
    profile: async (person: PersonId): Promise<Profile | undefined> => (await profiles.get(person))?.doc,
    /** What is remembered of a person, without asking the store. */
    remembered: (person: PersonId): Profile | undefined => profiles.remembered(person)?.doc,
    programme: async (id: ProgrammeId): Promise<Programme | undefined> => (await programmes.get(id))?.doc,
    /** For reading as a coach: who is coach now, not a minute ago. */
    programmeNow: async (id: ProgrammeId): Promise<Programme | undefined> => (await programmes.get(id, 'fresh'))?.doc,
    /** The same with its version, for changing it. */
    programmeStored: (id: ProgrammeId): Promise<Stored<DocumentOf<'programme'>> | undefined> =>
      programmes.get(id, 'fresh'),
    /** What was just written is known from then on, instead of what was there before. */
    written(docs: readonly (Stored<Document> | undefined)[]): void {
      for (const stored of docs) {
        if (stored?.doc.type === 'programme') programmes.keep(stored.doc.programme, { ...stored, doc: stored.doc })
      }
    },
    /** Whether any of these people can be written to, as far as is known. */
    async reachesAny(of: readonly PersonId[]): Promise<boolean> {
      for (const person of of) if (isReachable((await profiles.get(person))?.doc)) return true
      return false
    },
  }
}

export function isReachable(profile: Profile | undefined): boolean {
  return chatOf(profile) !== undefined
}

/** Where this person can be written to, as far as is known. */
export function chatOf(profile: Profile | undefined): ChatReference | undefined {
  return profile?.unreachableSince ? undefined : profile?.chat
}

/** The profile after this contact: newest chat reference, reachable again. */
export function afterContact(before: Profile, { chat, actor }: Incoming): Profile {
  const same =
    before.chat && Object.entries(chat).every(([key, value]) => before.chat?.[key as keyof typeof chat] === value)
  // A participant's begin with consent (`withFirstChoice`); before it the bot knows id, name and where to write to.
  const known = before.memberships.some(({ role }) => role !== 'participant') ? withFirstChoice(before, actor) : before
  if (same && !before.unreachableSince && known === before) return before
  const { unreachableSince: _reachable, ...rest } = known
  return { ...rest, name: actor.name || before.name, chat }
}

/** What the client says about language and zone, as the first stored choice; what is stored already stays. */
export function withFirstChoice(before: Profile, { language, zone }: Incoming['actor']): Profile {
  const first = { ...(language && !before.language ? { language } : {}), ...(zone && !before.zone ? { zone } : {}) }
  return Object.keys(first).length > 0 ? { ...before, ...first } : before
}

function isNoCoach({ memberships }: Profile): boolean {
  return memberships.every(({ role }) => role !== 'coach')
}

/**
 * A document read less than a minute ago need not be read again. A read that was under way while the document was written
 * here is not remembered: what it brings is what lay there before.
 *
 * @param may whether this one may be remembered; of the others there is only what was read last.
 */
function remember<K extends 'profile' | 'programme'>(
  store: Store,
  keyOf: (id: string) => Key<K>,
  may: (doc: DocumentOf<K>) => boolean,
  elapsed: () => number,
) {
  type Held = { readonly readAt: number; readonly found: Stored<DocumentOf<K>> | undefined }
  const held = new Map<string, Held>()

  function hold(id: string, entry: Held): void {
    held.delete(id)
    const [oldest] = held.keys()
    if (held.size >= rememberedAtMost && oldest !== undefined) held.delete(oldest)
    held.set(id, entry)
  }

  return {
    async get(id: string, how: 'remembered' | 'lastRead' | 'fresh' = 'remembered') {
      const at = elapsed()
      const before = held.get(id)
      const last = before?.found
      const young = before !== undefined && at - before.readAt < rememberedMs
      if (last && young && (how === 'lastRead' || (how === 'remembered' && may(last.doc)))) return last
      const found = await store.get(keyOf(id))
      if (held.get(id) === before) hold(id, { readAt: at, found })
      return found
    },
    keep: (id: string, found: Stored<DocumentOf<K>>) => hold(id, { readAt: elapsed(), found }),
    remembered: (id: string) => held.get(id)?.found,
    /** As something new that holds nothing, so that a read under way sees that it came too late. */
    forget: (id: string) => hold(id, { readAt: elapsed(), found: undefined }),
  }
}
