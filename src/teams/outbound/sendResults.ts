/**
 * The connector's many answers in the few words of `Sent`. Codes: Microsoft Learn "Status codes from bot conversational
 * APIs" and "Send proactive messages"; what to do with each is the table of errors in the reliability notes.
 */
import { z } from 'zod'
import type { NotSent, Sent } from '../../outbox/sent.ts'
import { codeOf, word } from '../failure.ts'

/** An honest answer is some hundred bytes; more than this is not read. */
const bodyLimitBytes = 64 * 1024
/** Longer than this nobody is made to wait, whatever `Retry-After` says. */
const longestWaitSeconds = 15 * 60

/** Sorts out an answer. A 2xx is sent, whether or not the rest of the answer can be read. */
export async function sortOut(response: Response): Promise<Sent> {
  const { status } = response
  const body = await bodyOf(response)
  if (response.ok) return { sent: true, activity: z.object({ id: z.string().min(1) }).safeParse(body).data?.id }
  const told = toldCode(body)
  const code = told ?? `http${status}`
  if (status === 429) return { sent: false, why: 'throttled', code, ...waitOf(response) }
  return { sent: false, why: whyOf(status, told), code }
}

function whyOf(status: number, told: string | undefined): NotSent['why'] {
  switch (status) {
    case 401:
      return 'unauthorised'
    case 403:
      if (told === 'InvalidBotApiHost') return 'misdirected'
      // From the connector it always carries a code: the person blocked or removed us, or an administrator did. Without
      // one it is some proxy's, and says nothing about the person.
      return told ? 'unreachable' : 'refused'
    case 404:
      // Without one of these codes as well: what some proxy does not know is not gone.
      if (told?.startsWith('ActivityNotFound')) return 'noActivity'
      return told === 'ConversationNotFound' ? 'noConversation' : 'refused'
    case 412:
      // Precondition failed: a passing state of the service, in which nothing was accepted.
      return 'notDelivered'
    default:
      return status === 408 || status >= 500 ? 'ambiguous' : 'refused'
  }
}

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** A send that broke off. Only what failed before anything could leave is certain; timeouts and resets are not. */
export function brokenSend(error: unknown): NotSent {
  const code = codeOf(error instanceof Error ? error.cause : undefined) ?? nameOf(error)
  return { sent: false, why: neverConnected.has(code) ? 'notDelivered' : 'ambiguous', code }
}

function nameOf(error: unknown): string {
  return (error instanceof Error ? word(error.name) : undefined) ?? 'unknown'
}

/** The JSON in it, or undefined where there is none, or more than so much of it. */
export async function bodyOf(response: Response, limitBytes = bodyLimitBytes): Promise<unknown> {
  try {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > limitBytes) return undefined
      chunks.push(chunk)
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

const code = z.union([z.string(), z.number()]).optional()
const reason = z.object({ code, errorCode: code, message: z.string().optional() })
const errorBody = z.union([z.object({ error: reason }).transform(body => body.error), reason])
const nested = z.object({ subCode: z.string() })

/** The most telling code in an error's body; for a blocked person it is in JSON inside the message. */
function toldCode(body: unknown): string | undefined {
  const told = errorBody.safeParse(body).data
  return word(subCodeIn(told?.message)) ?? word(told?.code) ?? word(told?.errorCode)
}

function subCodeIn(message = ''): string | undefined {
  try {
    return nested.safeParse(JSON.parse(message)).data?.subCode
  } catch {
    return undefined
  }
}

/**
 * `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), at most a quarter of an hour; nothing when it is neither. A
 * date is by the clock of who says it, which every answer tells in `Date` (6.6.1).
 */
function waitOf({ headers }: Response): { retryAfterSeconds?: number } {
  const header = headers.get('retry-after')?.trim() ?? ''
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.parse(headers.get('date') ?? '')) / 1000)
  return Number.isNaN(seconds) ? {} : { retryAfterSeconds: Math.min(Math.max(seconds, 0), longestWaitSeconds) }
}
