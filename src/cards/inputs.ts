/**
 * The fields of cards: what a client sends for each, and how it comes back when a press could not be saved. An action's
 * schema declares every field a person fills in with one of these, so that none is forgotten when it comes back.
 */
import { z } from 'zod'
import type { TextKey } from './texts.ts'

/**
 * A `line`, a `text` of several lines and a `day` come back in a field with this label. What was `picked` or is a `choice`
 * travels on in the button; a press with choices alone leaves the card where they stand.
 */
export type CardInput =
  | { readonly kind: 'line' | 'text' | 'day'; readonly label: TextKey }
  | { readonly kind: 'picked' | 'choice' }

const inputs = z.registry<CardInput>()

/** Absent when the client sends nothing for an empty field. Its length is the rule's business. */
const typed = () =>
  z
    .string()
    .nullish()
    .transform(text => text ?? '')

/** A field for a number or a switch: some clients send a text, others the value itself. */
const filled = () =>
  z
    .union([z.string(), z.number(), z.boolean()])
    .nullish()
    .transform(value => String(value ?? ''))

/** One line of text. */
export const line = (label: TextKey) => typed().register(inputs, { kind: 'line', label })

/** Text of several lines. */
export const text = (label: TextKey) => typed().register(inputs, { kind: 'text', label })

/** A day, `YYYY-MM-DD` where the client has a calendar. */
export const day = (label: TextKey) => typed().register(inputs, { kind: 'day', label })

/** A number, as text. */
export const number = (label: TextKey) => filled().register(inputs, { kind: 'line', label })

/** People of the people picker. */
export const picked = () => typed().register(inputs, { kind: 'picked' })

/** One of the choices on the card, by its value. */
export const choice = () => typed().register(inputs, { kind: 'choice' })

/** Yes or no, as the text `true` or `false`. */
export const toggle = () => filled().register(inputs, { kind: 'choice' })

/** One of the choices on the card, which may be no other. */
export function choiceOf<Schema extends z.ZodType>(schema: Schema): Schema {
  inputs.add(schema, { kind: 'choice' })
  return schema
}

/** What a field of an action was declared as; undefined for what a card puts into its buttons. */
export function inputOf(schema: z.ZodType): CardInput | undefined {
  return inputs.get(schema)
}
