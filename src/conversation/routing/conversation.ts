/** The way in: an incoming becomes a turn. Everything else in this room is called from here. */
import { randomBytes } from 'node:crypto'
import type { Reader } from '../../cards/reader.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { newProfile, type Profile } from '../../domain/profile.ts'
import { type Creators, onlyGraduates } from '../../domain/programme/creating.ts'
import { type Instant, isWithin, type PersonId, type ProgrammeId } from '../../domain/values.ts'
import type { Clock, Store } from '../../store/store.ts'
import { inTime } from '../../store/turn-time.ts'
import { home } from '../home/home.ts'
import { enrolTeam } from '../team-import/enrolling.ts'
import type { Incoming } from '../turn/incoming.ts'
import { type Links, publicLinks } from '../turn/links.ts'
import { afterContact, isReachable, type People } from '../turn/people.ts'
import type { Turn } from '../turn/reply.ts'
import type { TurnContext } from '../turn/turn-context.ts'
import { press } from './action-handlers.ts'
import { commandIn } from './commands.ts'
import { asStranger } from './strangers.ts'
import { type Ran, typed } from './typing.ts'
import { tooFast, unsavedReply } from './unsaved-reply.ts'
import { createUserRateLimit, type RateVerdict, type UserRateLimit } from './user-rate-limit.ts'

/** Installation is told by two events that come together; the second within this time is the same one. */
const sameInstallSeconds = 60
const strangersAtMost = 1_000

/** For all that one turn asks of the store, in milliseconds: a press is to be answered within three seconds. */
const storeMs = 2_000

export type Conversation = (incoming: Incoming) => Promise<Turn>

export type ConversationOptions = {
  readonly store: Store
  readonly people: People
  readonly clock: Clock
  readonly buttons: Reader['buttons']
  /** See `TurnContext.leaseSeconds`. */
  readonly leaseSeconds: number
  /** Whose people are served; absent: every tenant's that the front door lets in. */
  readonly tenants?: readonly string[]
  /** Absent: only graduates may start a programme. */
  readonly creators?: Creators
  /** For codes that nobody can guess; a test gives its own. */
  readonly random?: TurnContext['random']
  /** Where Teams is opened by a link; absent: the public cloud, and no link to add the app. */
  readonly links?: Links
  /** How fast one person may ask; absent: as fast as they like, for a demo or a test on this machine. */
  readonly rateLimit?: UserRateLimit
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
}

export function createConversation(options: ConversationOptions): Conversation {
  const {
    store,
    people,
    clock,
    buttons,
    leaseSeconds,
    creators = onlyGraduates,
    rateLimit,
    random = randomBytes,
    links = publicLinks,
    elapsed = () => performance.now(),
  } = options
  const tenants = options.tenants?.map(tenant => tenant.toLowerCase())
  const asking = rateLimit && createUserRateLimit(rateLimit, elapsed)
  const strangersGreeted = new Map<PersonId, number>()

  return async incoming => {
    try {
      return await inTime(storeMs, () => answered(incoming))
    } catch (error) {
      // A press with a text in it gets the text back, to press again; anything else is the edge's to apologise for.
      const card = incoming.place === 'personal' ? unsavedReply(withoutStore(incoming)) : undefined
      if (!card) throw error
      const trouble = error instanceof Error ? error.name : 'unknown'
      return { reply: { card }, promised: [], outcome: 'failed', did: incoming.kind, trouble, nowReachable: false }
    }
  }

  async function answered(incoming: Incoming): Promise<Turn> {
    // The front door has asked already; this is the second lock.
    if (tenants?.includes(incoming.tenant.toLowerCase()) === false) {
      return { ...ignored, did: 'otherTenant', nowReachable: false }
    }
    const now = clock()
    const { person, name } = incoming.actor
    const asked = askedBy(incoming)
    if (incoming.place === 'group') return { ...(await inGroup(incoming, asked, now)), nowReachable: false }
    if (rateLimit && asked !== 'go')
      return { ...tooFast(withoutStore(incoming), asked, rateLimit), nowReachable: false }
    const before = await people.profile(person)
    // Of somebody who takes part in nothing, nothing is kept; what is still known of how to reach them goes when they leave.
    const leaves = incoming.kind === 'removed' && before?.chat !== undefined
    if (!before || (before.memberships.length === 0 && !leaves)) {
      return { ...(await toStranger(incoming, now)), nowReachable: false }
    }
    if (incoming.kind === 'removed') {
      await people.change(person, name, ({ chat: _gone, welcomedAt: _again, ...rest }) => rest)
      return { ...ignored, did: 'removed', nowReachable: false }
    }
    const profile = await people.change(person, name, known => afterContact(known, incoming), 'lastRead')
    const ran = await run(scopeOf(incoming, profile, now))
    return { ...ran, nowReachable: !isReachable(before) }
  }

  /** Coming and going are the platform's events, not a person's asking. */
  function askedBy({ kind, actor }: Incoming): RateVerdict {
    return asking && (kind === 'message' || kind === 'action') ? asking(actor.person) : 'go'
  }

  /** The context of somebody of whom only what is remembered is known. */
  function withoutStore(incoming: Incoming): TurnContext {
    const { person, name } = incoming.actor
    return scopeOf(incoming, people.remembered(person) ?? newProfile(person, name), clock())
  }

  function scopeOf(incoming: Incoming, profile: Profile, now: Instant): TurnContext {
    const { person } = incoming.actor
    const standing = (id: ProgrammeId) => home(context, id)
    const given = { store, people, buttons, leaseSeconds, creators, random, links }
    const context: TurnContext = { incoming, person, profile, now, homeReply: standing, ...given }
    return context
  }

  /**
   * One fixed sentence, whatever was typed, by whomever, and nothing is read or kept; a flood gets it once. The one thing
   * done here is a coach's import of their team.
   */
  async function inGroup(incoming: Incoming, asked: RateVerdict, now: Instant): Promise<Ran> {
    const events = incoming.kind === 'installed' || incoming.kind === 'removed'
    if (events || (incoming.kind === 'message' && asked === 'told')) return { ...ignored, did: 'group' }
    const { person, language = 'en' } = incoming.actor
    const to: Reader = { language, zone: 'Etc/UTC', buttons, rendering: 'group', owner: '' }
    if (asked === 'go' && incoming.team !== undefined && asksToEnrol(incoming)) {
      const profile = await people.profile(person)
      const found =
        profile &&
        (await enrolTeam(scopeOf(incoming, profile, now), incoming.team, {
          ...to,
          language: profile.language ?? language,
        }))
      if (found) return { ...found, did: 'enrol' }
    }
    return {
      reply: { card: noteCard(to, { tone: 'warning', text: say(language, 'general.groupChat') }) },
      promised: [],
      outcome: 'refused',
      did: 'group',
    }
  }

  async function toStranger(incoming: Incoming, now: Instant): Promise<Ran> {
    const { person, name } = incoming.actor
    const last = strangersGreeted.get(person) ?? Number.NEGATIVE_INFINITY
    const again = incoming.kind === 'installed' && elapsed() - last < sameInstallSeconds * 1000
    if (again || incoming.kind === 'removed') return { ...ignored, did: incoming.kind }
    if (strangersGreeted.size >= strangersAtMost) strangersGreeted.clear()
    if (incoming.kind === 'installed') strangersGreeted.set(person, elapsed())
    return asStranger(scopeOf(incoming, newProfile(person, name), now))
  }
}

const ignored = { reply: {}, promised: [], outcome: 'ignored' } as const

async function run(context: TurnContext): Promise<Ran> {
  const { incoming } = context
  switch (incoming.kind) {
    case 'action':
      return press(context, incoming.verb, incoming.data)
    case 'message':
      return typed(context, incoming.text)
    case 'installed':
      return welcome(context)
    case 'removed':
      return { ...ignored, did: 'removed' }
  }
}

/** Both events of one installation arrive; the first greets. */
async function welcome(context: TurnContext): Promise<Ran> {
  let first = false
  await context.people.change(context.person, context.incoming.actor.name, before => {
    first = !isWithin(sameInstallSeconds, before.welcomedAt, context.now)
    return first ? { ...before, welcomedAt: context.now } : before
  })
  return first ? { ...(await home(context)), did: 'installed' } : { ...ignored, did: 'installed' }
}

function asksToEnrol(incoming: Incoming): boolean {
  return incoming.kind === 'message' && commandIn(incoming.text, true, [])?.command.name === 'enrol'
}
