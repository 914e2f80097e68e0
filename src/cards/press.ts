/** Buttons: what they carry is checked against the table of actions when a view is compiled. */
import type { z } from 'zod'
import type { actions, Verb } from './actions.ts'

type Given<V extends Verb> = z.input<(typeof actions)[V]>

/** What a card puts into a button: the action's fields without those that are typed into inputs (they may be null). */
export type ActionInput<V extends Verb> = {
  [Field in keyof Given<V> as null extends Given<V>[Field] ? never : Field]: Given<V>[Field]
}

export type Button = { readonly title: string; readonly verb: Verb; readonly data: object }

/** The `data` of a button with this verb. */
export function press<V extends Verb>(_verb: V, data: ActionInput<V>): ActionInput<V> {
  return data
}

/** A button that is made in a view because its verb or its title depends on the data. */
export function button<V extends Verb>(verb: V, title: string, data: ActionInput<V>): Button {
  return { title, verb, data }
}
