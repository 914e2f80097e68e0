/** Where any text may stand, from the tables themselves, so that it grows with them; and where canaries did. */
import type { z } from 'zod'
import { actions, withPlainFields } from '../../src/cards/actions.ts'
import { commands } from '../../src/conversation/routing/commands.ts'
import { find } from './find.ts'
import type { Town } from './town.ts'

type Sent = {
  readonly text?: unknown
  readonly value?: { readonly verb?: unknown; readonly action?: { readonly verb?: unknown; readonly data?: unknown } }
}

/** "verb.field" for every field that takes any text, and every command that more may follow. */
export function everyPlaceForText(): readonly string[] {
  const fields = Object.entries(actions).flatMap(([verb, schema]) =>
    Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>)
      .filter(([, field]) => field.safeParse('Whatever, it may be: 1 text!').success)
      .map(([name]) => `${verb}.${name}`),
  )
  return [...fields, ...commands.filter(({ rest }) => rest === 'free').map(({ name }) => `typed ${name}`)]
}

/** The same of all that was sent with a canary in it. */
export function placesWithCanaries({ gates, words }: Town): ReadonlySet<string> {
  const places = new Set<string>()
  const has = (value: unknown) => typeof value === 'string' && find(value, words).length > 0
  for (const { text, value } of Object.values(gates).flatMap(gate => gate.sent.flatMap(bodyOf))) {
    const { verb, ...data } = value?.action ? { verb: value.action.verb, ...Object(value.action.data) } : Object(value)
    for (const [name, typed] of Object.entries(withPlainFields(data))) if (has(typed)) places.add(`${verb}.${name}`)
    if (typeof text !== 'string' || !has(text)) continue
    for (const { name, words } of commands) {
      if (Object.values(words).some(each => each.some(word => text.startsWith(`${word} `)))) places.add(`typed ${name}`)
    }
  }
  return places
}

/** Whatever of the requests is an activity: it stands on the last line. */
function bodyOf(request: string): readonly Sent[] {
  try {
    return [JSON.parse(request.slice(request.lastIndexOf('\n') + 1)) as Sent]
  } catch {
    return []
  }
}
