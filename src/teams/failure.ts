/**
 * What may be logged of a thing that broke: names, codes and our own file and line. Never its message, which may quote
 * what a person wrote or what another system sent.
 */
export type Failure = { readonly error: string; readonly code?: string; readonly cause?: string; readonly at?: string }

const plain = /^[\w.-]{1,64}$/

export function failure(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = codeOf(error)
  const cause = error.cause instanceof Error ? (codeOf(error.cause) ?? word(error.cause.name)) : undefined
  const at = placeOf(error)
  return { error: word(error.name) ?? 'Error', ...(code && { code }), ...(cause && { cause }), ...(at && { at }) }
}

/** A machine's error code (`ECONNRESET`, `SQLITE_BUSY`), when there is one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? word(error.code) : undefined
}

/** Text that is one word of a program, not a sentence of a person. */
export function word(text: unknown): string | undefined {
  return (typeof text === 'string' || typeof text === 'number') && plain.test(String(text)) ? String(text) : undefined
}

/** The first of our own lines in the stack. The stack begins with the message, which is cut off first. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const end = stack.indexOf(message) + message.length
  return /\/((?:src|test)\/[\w/.-]+:\d+):\d+/.exec(stack.slice(end))?.[1]
}
