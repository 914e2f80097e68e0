/**
 * A stand-in for the connector's list of a team, `GET /v3/conversations/{team}/pagedmembers`, with the documented sizes of a
 * page (below 50 is 50, above 500 is 500, 200 when nothing is asked) and of the rates those two that matter here (14 in a
 * second, 120 in half a minute for a team). It keeps when it was asked for what, and how many asked at once.
 *
 * It does not imitate: a list that changes or comes in another order while it is read, a token's own life time (a test lets
 * one expire), short pages, other apps' share of the rates, and the bearer token.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './connector.ts'

export type Listed = Readonly<Record<string, unknown>>

export type Asked = {
  readonly at: number
  readonly token: string | undefined
  readonly pageSize: number
  readonly status: number
}

export const teamId = '19:team-of-carla@thread.tacv2'

export type PagedMembers = ReturnType<typeof createPagedMembers>

export function createPagedMembers(members: readonly Listed[], { team = teamId, answerMs = 0 } = {}) {
  const asked: Asked[] = []
  const scripted = new Map<number, Answer>()
  const gone = new Set<string>()
  let running = 0
  let atOnce = 0
  let seen = 0
  let limited = true

  function page(url: URL): Answer {
    const told = Number(url.searchParams.get('pageSize') ?? 200)
    const pageSize = Math.min(500, Math.max(50, told))
    const token = url.searchParams.get('continuationToken') ?? undefined
    const from = token === undefined ? 0 : Number(/^page from (\d+)$/.exec(token)?.[1] ?? Number.NaN)
    if (Number.isNaN(from) || (token && gone.has(token))) {
      return { status: 400, body: { error: { code: 'BadArgument', message: 'CANARY continuation token' } } }
    }
    const next = from + pageSize
    const body = {
      members: members.slice(from, next),
      ...(next < members.length && { continuationToken: `page from ${next}` }),
    }
    return { status: 200, body }
  }

  async function answer(path: string): Promise<Answer> {
    const url = new URL(path, 'http://127.0.0.1')
    if (!url.pathname.endsWith(`/v3/conversations/${encodeURIComponent(team)}/pagedmembers`)) return { status: 404 }
    atOnce = Math.max(atOnce, ++running)
    const no = ++seen
    const at = performance.now()
    const recent = (ms: number) => asked.filter(each => each.at > at - ms).length
    const tooMany = limited && (recent(1_000) >= 14 || recent(30_000) >= 120)
    const found = tooMany ? { status: 429, headers: { 'retry-after': '30' } } : (scripted.get(no) ?? page(url))
    const status = typeof found === 'string' ? 0 : found.status
    const pageSize = Number(url.searchParams.get('pageSize'))
    asked.push({ at, token: url.searchParams.get('continuationToken') ?? undefined, pageSize, status })
    if (answerMs > 0) await sleep(answerMs)
    running--
    return found
  }

  return {
    answer,
    asked: asked as readonly Asked[],
    /** The most requests that were under way at one time. */
    atOnce: () => atOnce,
    /** What the n-th request from now on is answered with, the next being 1. */
    script: (no: number, what: Answer) => void scripted.set(seen + no, what),
    /** For a test that leaves out the pauses. */
    withoutLimits: () => {
      limited = false
    },
    /** From now on this token is too old. */
    expire: (token: string) => void gone.add(token),
    /** The most requests within any second. */
    perSecond: () =>
      Math.max(0, ...asked.map(({ at }) => asked.filter(each => each.at >= at && each.at < at + 1_000).length)),
  }
}

const digits = (no: number) => String(no).padStart(12, '0')
export const memberId = (no: number) => `e0000000-0000-4000-8000-${digits(no)}`
export const guestId = (no: number) => `f0000000-0000-4000-8000-${digits(no)}`

/** People, guests, and entries without anybody behind them, as the platform lists them; guests and bots in between. */
export function rosterOf(people: number, guests = 0, others = 0): readonly Listed[] {
  const all: Listed[] = Array.from({ length: people }, (_, no) => ({
    ...{ id: `29:member-${no}`, objectId: memberId(no), givenName: 'Mia', surname: `Member ${no}` },
    ...{ email: `m${no}@contoso.com`, userPrincipalName: `m${no}@contoso.com`, tenantId: 'tenant', userRole: 'user' },
  }))
  for (let no = 0; no < guests; no++) {
    all.splice((no * 97) % all.length, 0, {
      ...{ id: `29:guest-${no}`, aadObjectId: guestId(no).toUpperCase(), name: `Gus Guest ${no}`, userRole: 'user' },
      userPrincipalName: `g${no}_fabrikam.com#EXT#@contoso.onmicrosoft.com`,
    })
  }
  for (let no = 0; no < others; no++) {
    const bot = { id: `28:bot-${no}`, name: `Bot ${no}`, objectId: `d0000000-0000-4000-8000-${digits(no)}` }
    const anonymous = { id: `29:anonymous-${no}`, name: `Anon${no} (Guest)`, userRole: 'anonymous' }
    all.splice((no * 131) % all.length, 0, no % 2 === 0 ? bot : anonymous)
  }
  return all
}
