/** Choices that several forms offer: languages and time zones. */
import { type Language, languages } from '../../domain/values.ts'
import type { Reader } from '../reader.ts'
import { locales, say, type TextKey } from '../texts.ts'

type Choice = { readonly title: string; readonly value: string }

export const languageNames = { en: 'English', 'zh-CN': '中文' } as const satisfies Record<Language, string>

export const languageChoices: readonly Choice[] = languages.map(each => ({ title: languageNames[each], value: each }))

/** The zones offered, with the one chosen when it is not among them. */
export function zoneChoices(reader: Reader, zones: readonly string[], chosen: string): readonly Choice[] {
  const offered = zones.includes(chosen) ? zones : [chosen, ...zones]
  return offered.map(each => ({ title: zoneName(reader, each), value: each }))
}

/** A zone's cities in the reader's language; for a zone we have no name for, its own: "America/Bogota" is Bogota. */
export function zoneName({ language }: Reader, zone: string): string {
  if (Object.hasOwn(locales.en.zone, zone)) return say(language, `zone.${zone}` as TextKey)
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}
