/** A person's own language and time zone. */
import type { Language } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { languageChoices, zoneChoices } from '../choices.ts'
import { alerts } from '../parts.ts'

type SettingsInput = {
  readonly language: Language
  readonly zone: string
  /** IANA zones to choose from; the person's own is added when it is not among them. */
  readonly zones: readonly string[]
  readonly alert?: Alert
}

export function settingsCard(reader: Reader, { language, zone, zones, alert }: SettingsInput): RenderedCard {
  return render('settings', reader, {
    alerts: alerts(alert),
    language: {
      id: inputId('language', reader.rendering),
      value: language,
      choices: languageChoices,
    },
    zone: {
      id: inputId('zone', reader.rendering),
      value: zone,
      choices: zoneChoices(reader, zones, zone),
    },
    // Both of its fields are inputs of this card.
    save: {},
    home: press('home', {}),
  })
}
