/**
 * Links that open Teams. The chat with the bot, with a message typed: Microsoft Learn, "Deep link to Teams chat"
 * (`/l/chat/0/0?users=…&message=…`; a bot is named by its account in a chat, `28:` and its id). Adding the app:
 * "Deep link to an application" (`/l/app/{app id}`), with the id the app has in the organisation's catalogue.
 */
export type Links = {
  /** Where Teams is, by cloud. */
  readonly teams: string
  /** The app's id in the organisation's catalogue; without it there is no link to add it. */
  readonly app?: string
}

export const publicLinks: Links = { teams: 'https://teams.microsoft.com' }

/** @param bot its account in any chat. The message is typed, not sent: the person who follows the link sends it. */
export function chatLink({ teams }: Links, bot: string, message: string): string {
  const account = encodeURIComponent(bot).replaceAll('%3A', ':')
  return `${teams}/l/chat/0/0?users=${account}&message=${encodeURIComponent(message)}`
}

export function installLink({ teams, app }: Links): string | undefined {
  return app === undefined ? undefined : `${teams}/l/app/${app}`
}
