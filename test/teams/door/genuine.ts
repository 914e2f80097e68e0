/** What Teams really sends to a bot, and what a genuine token says. Loads nothing of the product's that needs anything. */
import { clouds } from '../../../src/teams/clouds.ts'
import { execute } from '../activities.ts'

export const app = 'cccccccc-1111-4111-8111-cccccccccccc'
export const tenant = 'abababab-1111-4111-8111-abababababab'
export const serviceUrl = 'https://smba.trafficmanager.net/emea/'

/** Seconds that the clock of the test is ahead. */
export type Ahead = { seconds: number }

/** By the connector of the public cloud. */
export function activity(changes: object = {}): object {
  const press = execute('home', {})
  const conversation = { ...press.conversation, tenantId: tenant }
  return { ...press, serviceUrl, conversation, channelData: { tenant: { id: tenant } }, ...changes }
}

export function claims({ seconds }: Ahead = { seconds: 0 }) {
  const now = Math.floor(Date.now() / 1000) + seconds
  return { aud: app, iss: clouds.public.issuer, nbf: now - 60, exp: now + 3600, serviceurl: serviceUrl }
}
