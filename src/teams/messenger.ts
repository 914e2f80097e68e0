/**
 * Sends to Teams. One try each and 4 seconds in all: the connector knows no idempotency key, so a second try can be a
 * second message, and only the caller knows whether that is harmless. (The SDK's own client sends up to four copies.)
 * Node's `fetch` keeps connections alive. API: Bot Framework REST, "Send and update activities".
 */
import type { RenderedCard } from '../cards/render.ts'
import type { ChatReference } from '../domain/person.ts'
import type { Sent } from '../notices/sent.ts'
import { cardType } from './answers.ts'
import { brokenSend, sortOut } from './sendResults.ts'

export type Messenger = {
  /** A new message: a card, or plain text of ours. Never throws. */
  readonly send: (chat: ChatReference, what: RenderedCard | string) => Promise<Sent>
  /** Puts a card in the place of an earlier message's. Never throws; harmless to repeat. */
  readonly update: (chat: ChatReference, activity: string, card: RenderedCard) => Promise<Sent>
}

export type MessengerOptions = {
  /** The bearer token for a service URL, bounded in time by itself; undefined where none is needed (local only). */
  readonly token: (serviceUrl: string) => Promise<string | undefined>
  /** Whether this address may be called, and so be given our token: service URLs come from outside. */
  readonly mayCall: (url: URL) => boolean
  /** For the whole exchange, in milliseconds. */
  readonly limitMs?: number
}

export function createMessenger({ token, mayCall, limitMs = 4000 }: MessengerOptions): Messenger {
  async function exchange(method: 'POST' | 'PUT', chat: ChatReference, path: string, message: object): Promise<Sent> {
    const url = addressOf(chat, path)
    if (!url || !mayCall(url)) return { sent: false, why: 'refused', code: 'ServiceUrlNotAllowed' }
    let bearer: string | undefined
    try {
      bearer = await token(chat.serviceUrl)
    } catch {
      return { sent: false, why: 'notDelivered', code: 'NoToken' }
    }
    try {
      const response = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
        body: JSON.stringify(message),
        // A redirect would carry the token and somebody's card to an address nobody has checked.
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
      })
      return await sortOut(response)
    } catch (error) {
      return brokenSend(error)
    }
  }

  return {
    send: (chat, what) => exchange('POST', chat, 'activities', { ...addressed(chat), ...contentOf(what) }),
    update: (chat, activity, card) =>
      exchange('PUT', chat, `activities/${encodeURIComponent(activity)}`, {
        ...addressed(chat),
        ...contentOf(card),
        id: activity,
      }),
  }
}

function addressOf({ serviceUrl, conversation }: ChatReference, path: string): URL | undefined {
  const base = serviceUrl.replace(/\/+$/, '')
  return URL.parse(`${base}/v3/conversations/${encodeURIComponent(conversation)}/${path}`) ?? undefined
}

function addressed({ bot, account, conversation, tenant }: ChatReference) {
  return {
    type: 'message',
    from: { id: bot },
    recipient: { id: account },
    conversation: { id: conversation, tenantId: tenant },
  }
}

function contentOf(what: RenderedCard | string) {
  if (typeof what === 'string') return { text: what, textFormat: 'plain' }
  return { summary: what.summary, attachments: [{ contentType: cardType, content: what.card }] }
}
