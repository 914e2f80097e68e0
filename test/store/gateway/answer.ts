/** What the gateway answers: a status, a body, headers; and the errors of Cosmos DB in the shape it gives them. */

export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [field: string]: Json }

export type Answer = {
  readonly status: number
  readonly body?: Json
  readonly headers?: Readonly<Record<string, string>>
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  424: 'FailedDependency',
  429: 'TooManyRequests',
  449: 'RetryWith',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
}

/** Thrown anywhere below a request; the server answers with it. `subStatus` 1003: the container is missing, not the item. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly answer: Answer

  constructor(status: number, message = codes[status] ?? '', headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${message}`)
    this.answer = { status, body: { code: codes[status] ?? String(status), message }, headers }
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
