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

export function settings(context: TurnContext): Outcome {
  return showCard(draw(context))
}

/** Every card from now on speaks this language and tells the time of this zone. */
export async function saveSettings(
  context: TurnContext,
  { language, ...asked }: ActionData<'saveSettings'>,
): Promise<Outcome> {
  const to = reader(context)
  const zone = zoneOf(asked.zone)
  if (zone === undefined) {
    return refused(
      { refused: 'fieldMissing' },
      draw(context, { tone: 'attention', text: say(to.language, 'settings.unknownZone') }),
    )
  }
  return changed(context, { language, zone }, say(language, 'settings.saved'))
}

export function speak(context: TurnContext, language: Language): Promise<Outcome> {
  return changed(context, { language }, say(language, 'general.languageChanged'))
}

async function changed(context: TurnContext, wish: Pick<Profile, 'language' | 'zone'>, said: string): Promise<Outcome> {
  if (context.profile.memberships.length === 0) return denied(context)
  const profile = await context.people.change(context.person, context.incoming.actor.name, before => ({
    ...before,
    ...wish,
  }))
  return home({ ...context, profile }, undefined, { tone: 'good', text: said })
}

function draw(context: TurnContext, alert?: Alert) {
  const to = reader(context)
  return settingsCard(to, { language: to.language, zone: to.zone, zones: offeredZones, alert })
}
