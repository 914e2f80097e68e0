/**
 * Who may post to the bot. The strict door (tokens of one tenant, allowed service URLs) comes with its own issue and
 * belongs in this file alone; until then there is only the open door, for the demo and the tests on this machine.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { BotFrameworkAuthentication } from 'botframework-connector'

export type DoorOptions =
  /** LOCAL ONLY: no token is asked for, so anybody who reaches the port can be anybody. `host`: where it listens. */
  { readonly unauthenticated: true; readonly host: string } | { readonly unauthenticated: false }

const loopback = new Set(['127.0.0.1', '[::1]', '::1', 'localhost'])

/** @throws when the door would stand open to others than this machine, and, for now, whenever it should be strict. */
export function frontDoor(options: DoorOptions): BotFrameworkAuthentication {
  if (!options.unauthenticated) throw new Error('The front door is not built yet: only the local demo can be run.')
  if (!loopback.has(options.host)) {
    throw new Error('Without authentication the bot listens on 127.0.0.1 alone: set HOST=127.0.0.1.')
  }
  // An empty app id switches the SDK's authentication off; spelt out here so that it can happen nowhere by accident.
  return new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '' })
}

/** Where the bot may send while its door is open: to this machine only, whatever service URL an activity names. */
export function isLocal(serviceUrl: URL): boolean {
  return loopback.has(serviceUrl.hostname)
}
