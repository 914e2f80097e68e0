/**
 * What an HTTP request is answered with. An invoke's answer is always HTTP 200 with a complete body: any other status,
 * and an empty body, make Teams say "Unable to reach app" and ask again (Universal Action Model, "response format").
 */
import type { RenderedCard } from '../cards/render.ts'

export type HttpAnswer = { readonly status: number; readonly body?: object }

/** Taken: there is nothing more to say in the HTTP answer. */
export const taken: HttpAnswer = { status: 200 }

export const cardType = 'application/vnd.microsoft.card.adaptive'

/** The card takes the place of the one that was pressed. */
export function cardAnswer({ card }: RenderedCard): HttpAnswer {
  return { status: 200, body: { statusCode: 200, type: cardType, value: card } }
}

/** A sentence is shown at the card, which stays. */
export function messageAnswer(text: string): HttpAnswer {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text } }
}
