/**
 * Sends to Teams. One try each and 4 seconds in all: the connector knows no idempotency key, so a second try can be a
 * second message, and only the caller knows whether that is harmless. (The SDK's own client sends up to four copies.)
 * Node's `fetch` keeps connections alive. API: Bot Framework REST, "Send and update activities", "Create conversation".
 */
import type { RenderedCard } from '../../cards/render.ts'
import type { TeamReference } from '../../domain/import-counts.ts'
import type { ChatReference } from '../../domain/profile.ts'
import type { RosterPage } from '../../outbox/jobs/roster-page.ts'
import type { NotSent, Opened, Sent } from '../../outbox/sent.ts'
import { cardType } from '../answers.ts'
import { pageLimitBytes, pageSize, rosterPageOf } from './roster.ts'
import { bodyOf, brokenSend, sortOut } from './sendResults.ts'

export type Messenger = {
  /** A new message: a card, or plain text of ours. Never throws. */
  readonly send: (chat: ChatReference, what: RenderedCard | string) => Promise<Sent>
  /** Puts a card in the place of an earlier message's, in half the time. Never throws; harmless to repeat. */
  readonly update: (chat: ChatReference, activity: string, card: RenderedCard) => Promise<Sent>
  /** Opens the chat with this person anew. Nobody is shown anything, so it is harmless to repeat. Never throws. */
  readonly open: (chat: ChatReference) => Promise<Opened>
  /** A page of a team's list (`roster.ts`), in twice the time; without a token the first. Never throws; harmless to repeat. */
  readonly roster: (team: TeamReference, token: string | undefined) => Promise<RosterPage | NotSent>
}

export type MessengerOptions = {
  /** The bearer token for a service URL; `fresh` when the last one was refused. Undefined where none is needed (local only). */
  readonly token: (serviceUrl: string, fresh?: boolean) => Promise<string | undefined>
  /** Whether this address may be called, and so be given our token: service URLs come from outside. */
  readonly mayCall: (url: URL) => boolean
  /** For the whole exchange, token and all, in milliseconds. */
  readonly limitMs?: number
}

type Request = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: object
  readonly limitMs: number
}

export function createMessenger({ token, mayCall, limitMs = 4000 }: MessengerOptions): Messenger {
  async function exchange<T extends object>(
    { serviceUrl }: Pick<ChatReference, 'serviceUrl'>,
    request: Request,
    read: Read<T>,
  ): Promise<T | NotSent> {
    const url = URL.parse(`${serviceUrl.replace(/\/+$/, '')}/v3/conversations${request.path}`)
    if (!url || !mayCall(url)) return { sent: false, why: 'refused', code: 'ServiceUrlNotAllowed' }
    const signal = AbortSignal.timeout(request.limitMs)
    const first = await once(url, request, () => token(serviceUrl), signal, read)
    // Nobody has read what came with a token that was refused, so a second try cannot be a second message.
    const again = 'why' in first && first.why === 'unauthorised' && first.code !== noToken && !signal.aborted
    return again ? once(url, request, () => token(serviceUrl, true), signal, read) : first
  }

  return {
    send: (chat, what) =>
      exchange(chat, { method: 'POST', path: `${at(chat)}/activities`, body: message(chat, what), limitMs }, sortOut),
    update: (chat, activity, card) => {
      const path = `${at(chat)}/activities/${encodeURIComponent(activity)}`
      const body = { ...message(chat, card), id: activity }
      return exchange(chat, { method: 'PUT', path, body, limitMs: limitMs / 2 }, sortOut)
    },
    open: async chat => {
      const sent: Sent = await exchange(chat, { method: 'POST', path: '', body: opening(chat), limitMs }, sortOut)
      if (!sent.sent) return sent.why === 'ambiguous' ? { ...sent, why: 'notDelivered' } : sent
      if (!sent.activity) return { sent: false, why: 'refused', code: 'NoConversationId' }
      return { opened: true, conversation: sent.activity }
    },
    roster: (team, next) => {
      const asked = new URLSearchParams({ pageSize: String(pageSize), ...(next && { continuationToken: next }) })
      const path = `/${encodeURIComponent(team.team)}/pagedmembers?${asked}`
      return exchange(team, { method: 'GET', path, limitMs: limitMs * 2 }, response => pageIn(response, team.tenant))
    },
  }
}

/** What is no page, though it is called one, is as good as no answer: it may be one the next time. */
async function pageIn(response: Response, tenant: string): Promise<RosterPage | NotSent> {
  const sent: Sent = response.ok ? { sent: true, activity: undefined } : await sortOut(response)
  if (!sent.sent) return sent
  return (
    rosterPageOf(await bodyOf(response, pageLimitBytes), tenant) ?? { sent: false, why: 'ambiguous', code: 'NoPage' }
  )
}

const noToken = 'NoToken'

/** Makes something of an answer, whatever its status. */
type Read<T> = (response: Response) => Promise<T | NotSent>

async function once<T extends object>(
  url: URL,
  { method, body }: Request,
  token: () => Promise<string | undefined>,
  signal: AbortSignal,
  read: Read<T>,
): Promise<T | NotSent> {
  let bearer: string | undefined
  try {
    bearer = await unlessOver(signal, token())
  } catch {
    return { sent: false, why: 'unauthorised', code: noToken }
  }
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
      ...(body && { body: JSON.stringify(body) }),
      // A redirect would carry the token and somebody's card to an address nobody has checked.
      redirect: 'manual',
      signal,
    })
    return await read(response)
  } catch (error) {
    return brokenSend(error)
  }
}

/** @throws when it is over before the work is done; what comes of that then is nobody's business any more. */
async function unlessOver<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>()
  const stop = () => over.reject(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([work, over.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const at = ({ conversation }: ChatReference) => `/${encodeURIComponent(conversation)}`

function opening({ bot, account, tenant }: ChatReference) {
  const channelData = { tenant: { id: tenant } }
  return { bot: { id: bot }, members: [{ id: account }], isGroup: false, tenantId: tenant, channelData }
}

function message({ bot, account, conversation, tenant }: ChatReference, what: RenderedCard | string) {
  return {
    type: 'message',
    from: { id: bot },
    recipient: { id: account },
    conversation: { id: conversation, tenantId: tenant },
    ...contentOf(what),
  }
}

function contentOf(what: RenderedCard | string) {
  if (typeof what === 'string') return { text: what, textFormat: 'plain' }
  return { summary: what.summary, attachments: [{ contentType: cardType, content: what.card }] }
}
