/** A person's own language and time zone: a stored choice, never guessed again from a message. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { say } from '../../cards/texts.ts'
import { settingsCard } from '../../cards/views/settings/settings.ts'
import type { Profile } from '../../domain/profile.ts'
import { type Language, zoneOf } from '../../domain/values.ts'
import { home } from '../home/home.ts'
import { denied, type Outcome, reader, refused, showCard, type TurnContext } from '../turn/turn-context.ts'
import { offeredZones } from '../turn/zones.ts'

export function settings(scope: TurnContext): Outcome {
  return showCard(draw(scope))
}

/** Every card from now on speaks this language and tells the time of this zone. */
export async function saveSettings(
  scope: TurnContext,
  { language, ...asked }: ActionData<'saveSettings'>,
): Promise<Outcome> {
  const to = reader(scope)
  const zone = zoneOf(asked.zone)
  if (zone === undefined) {
    return refused(
      { refused: 'fieldMissing' },
      draw(scope, { tone: 'attention', text: say(to.language, 'settings.unknownZone') }),
    )
  }
  return changed(scope, { language, zone }, say(language, 'settings.saved'))
}

export function speak(scope: TurnContext, language: Language): Promise<Outcome> {
  return changed(scope, { language }, say(language, 'general.languageChanged'))
}

async function changed(scope: TurnContext, wish: Pick<Profile, 'language' | 'zone'>, said: string): Promise<Outcome> {
  if (scope.profile.memberships.length === 0) return denied(scope)
  const profile = await scope.people.change(scope.person, scope.incoming.actor.name, before => ({
    ...before,
    ...wish,
  }))
  return home({ ...scope, profile }, undefined, { tone: 'good', text: said })
}

function draw(scope: TurnContext, alert?: Alert) {
  const to = reader(scope)
  return settingsCard(to, { language: to.language, zone: to.zone, zones: offeredZones, alert })
}
