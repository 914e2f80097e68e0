/**
 * Who is invited may never have been here. Before anything is sent they are made findable (the index of their profile, so
 * that whatever they write first finds the invitation), and once, if the platform lets us, a chat with them is opened.
 * Microsoft Learn, "Proactive messages": a conversation is created with a person of the same tenant for whom the app is
 * installed, or who is in a team where it is; otherwise 403.
 */
import { chatOf, type People } from '../conversation/turn/people.ts'
import { type ChatReference, type Profile, type Role, withMembership } from '../domain/profile.ts'
import { type Instant, isAhead } from '../domain/values.ts'
import { keys, type Notice } from '../store/documents.ts'
import type { Clock, Store } from '../store/store.ts'
import type { Opened } from './sent.ts'

export type FirstContactOptions = {
  readonly store: Store
  readonly people: People
  readonly clock: Clock
  readonly open: (chat: ChatReference) => Promise<Opened>
}

export type FirstContact = ReturnType<typeof createFirstContact>

/** As what the invited person is in the programme. */
const invitedAs: { readonly [kind in Notice['kind']]?: Role } = {
  invitation: 'participant',
  leaderInvitation: 'leader',
  coachInvitation: 'coach',
}

export function createFirstContact({ store, people, clock, open }: FirstContactOptions) {
  const stored = async (person: string) => (await store.get(keys.profile(person)))?.doc

  return {
    /** The profile of whom a notice is for; of somebody invited it is there from now on. */
    async known({ kind, programme, to }: Notice): Promise<Profile | undefined> {
      const role = invitedAs[kind]
      const before = await stored(to)
      if (!role) return before
      const entry = { programme, role }
      if (before && withMembership(before, entry) === before) return before
      return people.change(to, await nameOf(store, { kind, programme, to }), now => withMembership(now, entry))
    },

    /** From where a chat with somebody invited may be opened who never came; undefined when there is nothing to try. */
    async near({ kind, programme: id, to, account }: Notice, profile?: Profile): Promise<ChatReference | undefined> {
      if (!invitedAs[kind] || profile?.chat || profile?.unreachableSince) return undefined
      const programme = await people.programme(id)
      for (const { person } of programme?.coaches ?? []) {
        const chat = chatOf(await stored(person))
        // It has no name yet; each is one of its own for all that.
        if (chat) return { ...chat, conversation: `to ${to}`, account: account ?? to }
      }
      return undefined
    },

    /** Tries it once: who cannot be written to is not tried again until they come. What passes is tried another time. */
    async opened({ to }: Notice, near: ChatReference): Promise<Profile> {
      const opened = await open(near)
      const now = clock()
      return people.change(to, '', before => (before.chat ? before : { ...before, ...learnt(opened, near, now) }))
    },

    /**
     * It was sent, and so shown, if it is an invitation to take part.
     * @param at when the card was drawn: coaches added after that were not on it. A later showing is kept.
     */
    async shown({ kind, programme, to }: Notice, at: Instant): Promise<void> {
      if (kind !== 'invitation') return
      await people.change(to, '', before => {
        const last = before.invitationShown?.at ?? ''
        return last > at && !isAhead(last, clock()) ? before : { ...before, invitationShown: { programme, at } }
      })
    },
  }
}

function learnt(opened: Opened, near: ChatReference, now: Instant): Partial<Profile> {
  if ('opened' in opened) return { chat: { ...near, conversation: opened.conversation } }
  return opened.why === 'unreachable' || opened.why === 'refused' ? { unreachableSince: now } : {}
}

/** The name by which the programme knows them. */
async function nameOf(store: Store, { kind, programme: id, to }: Pick<Notice, 'kind' | 'programme' | 'to'>) {
  if (kind === 'invitation') return (await store.get(keys.journey(id, to)))?.doc.name ?? ''
  const programme = (await store.get(keys.programme(id)))?.doc
  return [...(programme?.coaches ?? []), ...(programme?.leaders ?? [])].find(({ person }) => person === to)?.name ?? ''
}
