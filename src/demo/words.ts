/** Buttons and fields by the words that stand on them, in either language. */
import { say, type TextKey } from '../cards/texts.ts'
import type { Language } from '../domain/values.ts'

/** What is typed or chosen, by the key of the field's label. */
export type Typed = Readonly<Partial<Record<TextKey, string>>>

/** The same by the labels a person sees. */
export function byLabel(language: Language, typed: Typed): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).map(([label, text]) => [say(language, label as TextKey), text]))
}
