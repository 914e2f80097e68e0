/** A person's own language and time zone. */
import { type Language, languages } from '../../domain/values.ts'
import { inputId } from '../actions.ts'
import { press } from '../press.ts'
import type { Alert, Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { locales, say, type TextKey } from '../texts.ts'
import { alerts } from './parts.ts'

type SettingsInput = {
  readonly language: Language
  readonly zone: string
  /** IANA zones to choose from; the person's own is added when it is not among them. */
  readonly zones: readonly string[]
  readonly alert?: Alert
}

const languageNames = { en: 'English', 'zh-CN': '中文' } as const satisfies Record<Language, string>

export function settingsCard(reader: Reader, { language, zone, zones, alert }: SettingsInput): RenderedCard {
  const offered = zones.includes(zone) ? zones : [zone, ...zones]
  return render('settings', reader, {
    alerts: alerts(alert),
    language: {
      id: inputId('language', reader.rendering),
      value: language,
      choices: languages.map(each => ({ title: languageNames[each], value: each })),
    },
    zone: {
      id: inputId('zone', reader.rendering),
      value: zone,
      choices: offered.map(each => ({ title: zoneName(reader, each), value: each })),
    },
    // Both of its fields are inputs of this card.
    save: {},
    home: press('home', {}),
  })
}

/** A zone's cities in the reader's language; for a zone we have no name for, its own: "America/Bogota" is Bogota. */
function zoneName({ language }: Reader, zone: string): string {
  if (Object.hasOwn(locales.en.zone, zone)) return say(language, `zone.${zone}` as TextKey)
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}
