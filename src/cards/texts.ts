/** Every sentence the bot says, by key, in the reader's language. The sentences themselves are in `cards/locales`. */
import { IntlMessageFormat } from 'intl-messageformat'
import en from '../../cards/locales/en.json' with { type: 'json' }
import zhCN from '../../cards/locales/zh-CN.json' with { type: 'json' }
import type { Refusal, RefusalDetail } from '../domain/refusals.ts'
import type { Language } from '../domain/values.ts'

export type Locale = typeof en

type Keys<Tree, Before extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? `${Before}${Key}` : Keys<Tree[Key], `${Before}${Key}.`>
}[keyof Tree & string]

/** `section.key`, as the English locale nests them; the Chinese one must have the same or this file does not compile. */
export type TextKey = Keys<Locale>

export const locales: Record<Language, Locale> = { en, 'zh-CN': zhCN }

/** The regional form in which numbers, dates and lists are written. */
export const regions = { en: 'en-GB', 'zh-CN': 'zh-CN' } as const satisfies Record<Language, string>

type Values = Readonly<Record<string, string | number>>

const messages: Record<Language, ReadonlyMap<string, IntlMessageFormat>> = {
  en: compiled('en'),
  'zh-CN': compiled('zh-CN'),
}

/** One sentence. A missing value throws: a sentence with a hole in it never reaches a screen. */
export function say(language: Language, key: TextKey, values: Values = {}): string {
  const message = messages[language].get(key)
  if (!message) throw new Error(`No sentence "${key}" in ${language}; add it to cards/locales/${language}.json.`)
  return String(message.format(values))
}

/** Names or numbers in a row: "A, B and C". */
export function list(language: Language, items: readonly string[]): string {
  return new Intl.ListFormat(regions[language], { type: 'conjunction' }).format(items)
}

/** Why a rule said no, and what to do next. */
export function refusalText(language: Language, refusal: Refusal, detail: RefusalDetail = {}): string {
  const { questions = [], limit = 0, field } = detail
  return say(language, `refusal.${refusal}`, {
    questions: list(language, questions.map(String)),
    count: questions.length,
    limit,
    field: say(language, fieldKey(field)),
  })
}

function fieldKey(field: string | undefined): TextKey {
  return (Object.keys(en.field).includes(field ?? '') ? `field.${field}` : 'field.other') as TextKey
}

function compiled(language: Language): ReadonlyMap<string, IntlMessageFormat> {
  return new Map(
    flat(locales[language]).map(([key, text]) => [
      key,
      new IntlMessageFormat(text, regions[language], {}, { ignoreTag: true }),
    ]),
  )
}

/** A locale's sentences with their full keys. */
export function flat(tree: object, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? flat(value, `${before}${key}.`) : [[before + key, String(value)]],
  )
}
