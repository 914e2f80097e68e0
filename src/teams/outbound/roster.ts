/**
 * The list of a team's people, as the platform gives it: `GET /v3/conversations/{team}/pagedmembers`, 50 to 500 a page, 200
 * where nothing is asked for (Microsoft Learn, "Get Teams specific context for your bot"; the list in one piece,
 * `getMembers`, is throttled and cut off). What is used is parsed strictly; whoever cannot be read is `other`, which is
 * counted and never invited.
 */
import { z } from 'zod'
import type { Member } from '../../domain/team-import/enrolling.ts'
import type { RosterPage } from '../../outbox/jobs/roster-page.ts'

/** The platform's own; a smaller page is less to do again. */
export const pageSize = 200

/** 500 entries of the longest names and addresses are below this. */
export const pageLimitBytes = 2 * 1024 * 1024

/** The platform's ids travel in URLs and in bodies, and lie in the store. */
const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,512}$/u)
const text = z.string().max(512).nullish().catch(undefined)
const person = z.guid().toLowerCase()

/**
 * `objectId` in the documented answer; `aadObjectId` is what the connector's own type calls it. `userRole` is documented as
 * `user` or `anonymous`, and there is none for guests: those are told by their sign-in name, as Microsoft Entra forms it
 * ("Properties of a Microsoft Entra B2B collaboration user": `#EXT#`), or by a home in another tenant.
 */
const entry = z.object({
  id,
  objectId: person.nullish(),
  aadObjectId: person.nullish(),
  name: text,
  givenName: text,
  surname: text,
  userPrincipalName: text,
  tenantId: text,
  userRole: text,
})

const page = z.object({
  members: z.array(z.unknown()).max(10_000),
  continuationToken: z.string().max(16_384).nullish(),
})

/** @param tenant the team's own. Undefined for what is no page at all. */
export function rosterPageOf(body: unknown, tenant: string): RosterPage | undefined {
  const parsed = page.safeParse(body)
  if (!parsed.success) return undefined
  const { members, continuationToken } = parsed.data
  return {
    members: members.map(each => memberOf(each, tenant)),
    ...(continuationToken && { next: continuationToken }),
  }
}

const other: Member = { who: 'other' }
/** Bots are accounts of kind 28; people, whether members or guests, of kind 29. */
const bot = /^28:/

function memberOf(member: unknown, tenant: string): Member {
  const parsed = entry.safeParse(member)
  if (!parsed.success) return other
  const { id: account, objectId, aadObjectId, userRole, ...rest } = parsed.data
  const found = objectId ?? aadObjectId
  if (!found || bot.test(account) || userRole === 'anonymous') return other
  return { who: isGuest(rest, userRole, tenant) ? 'guest' : 'person', person: found, name: nameOf(rest), account }
}

type Told = Omit<z.infer<typeof entry>, 'id' | 'objectId' | 'aadObjectId' | 'userRole'>

function isGuest({ userPrincipalName, tenantId }: Told, userRole: string | null | undefined, tenant: string): boolean {
  if (userRole === 'guest' || userPrincipalName?.toLowerCase().includes('#ext#')) return true
  // Only where it is a tenant's id: the documented example has something else there.
  return person.safeParse(tenantId).success && tenantId?.toLowerCase() !== tenant.toLowerCase()
}

function nameOf({ name, givenName, surname }: Told): string {
  const told = name?.trim() || [givenName, surname].filter(Boolean).join(' ').trim()
  return told.slice(0, 256).toWellFormed().replaceAll('\0', '\ufffd')
}
